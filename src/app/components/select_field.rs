//! A choice from a list.

use leptos::prelude::*;

use super::field_help::help_class;
use super::unique_id;

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectOption {
    /// What the entry stands for.
    pub value: String,
    /// Its words.
    pub label: String,
    /// Whether it is only shown while it is selected, and cannot be chosen.
    pub only_shown: bool,
}

impl SelectOption {
    /// An entry that can be chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), only_shown: false }
    }

    /// An entry that says what is selected, such as “Custom”, and cannot be chosen.
    pub fn only_shown(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { only_shown: true, ..Self::new(value, label) }
    }
}

/// A `<select>` with its label.
///
/// The list always shows `value`: where a choice is refused, the element is put back.
#[component]
pub fn SelectField(
    /// Name of the choice.
    label: &'static str,
    /// One sentence that explains it.
    help: &'static str,
    /// The entries.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// The value of the selected entry.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the value of the chosen entry.
    on_change: Callback<String>,
    /// Whether the help always stands under the label, rather than while the control has the focus.
    #[prop(optional)]
    help_shown: bool,
) -> impl IntoView {
    let id = unique_id("select");
    let help_id = format!("{id}-help");
    // A browser changes the element by itself; raised after each choice, this writes the value again even if it is the same.
    let written = RwSignal::new(0_u32);
    let entry = move |option: SelectOption| {
        let SelectOption { value: own, label, only_shown } = option;
        let selected = {
            let own = own.clone();
            move || {
                written.track();
                value.with(|value| *value == own)
            }
        };
        view! {
            <option value=own disabled=only_shown hidden=only_shown prop:selected=selected>
                {label}
            </option>
        }
    };
    let tooltip = (!help_shown).then_some(help);
    let chosen = move |event| {
        on_change.run(event_target_value(&event));
        written.update(|count| *count += 1);
    };
    view! {
        <div class="field">
            <label for=id.clone() title=tooltip>{label}</label>
            <p class=help_class(help_shown) role=(!help_shown).then_some("tooltip") id=help_id.clone()>
                {help}
            </p>
            <select id=id title=tooltip aria-describedby=help_id on:change=chosen>
                {move || options.get().into_iter().map(entry).collect_view()}
            </select>
        </div>
    }
}
