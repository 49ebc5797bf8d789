//! Something that is on or off.

use leptos::prelude::*;

use super::field_help::help_class;
use super::unique_id;
use crate::language::text;

/// A switch with its label, and words after it.
#[component]
pub fn Switch(
    /// Name of what is switched.
    label: &'static str,
    /// One sentence that explains it.
    help: &'static str,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Takes the new state.
    on_change: Callback<bool>,
    /// Whether the help always stands under the label, rather than while the control has the focus.
    #[prop(optional)]
    help_shown: bool,
    /// Muted words after “on” or “off”.
    #[prop(optional, into)]
    caption: Option<Signal<String>>,
) -> impl IntoView {
    let id = unique_id("switch");
    let (label_id, help_id) = (format!("{id}-label"), format!("{id}-help"));
    let tooltip = (!help_shown).then_some(help);
    view! {
        <div class="field">
            <span class="label" id=label_id.clone() title=tooltip>
                {label}
            </span>
            <p class=help_class(help_shown) role=(!help_shown).then_some("tooltip") id=help_id.clone()>
                {help}
            </p>
            <div class="field-row switch-row">
                <button
                    type="button"
                    class="switch"
                    role="switch"
                    title=tooltip
                    aria-labelledby=label_id
                    aria-describedby=help_id
                    aria-checked=move || checked.get().to_string()
                    on:click=move |_| on_change.run(!checked.get_untracked())
                >
                    <span class="switch-knob" aria-hidden="true"></span>
                </button>
                <span class="switch-word" aria-hidden="true">
                    {move || if checked.get() { text!("on") } else { text!("off") }}
                </span>
                {caption.map(|caption| view! { <span class="caption">{caption}</span> })}
            </div>
        </div>
    }
}
