//! The switch the page is about.

use leptos::prelude::*;

use crate::ui::session::Session;
use crate::ui::shown::{text, whether};

/// Skip connections on or off.
#[component]
pub fn SkipSwitch() -> impl IntoView {
    let session = Session::of_page();
    let on = whether(move || session.experiment.with(|experiment| experiment.network.skip_connections));
    let toggle = move |_| session.experiment.update(|experiment| experiment.network.skip_connections ^= true);
    let blocks = move || session.spec.with(|spec| spec.blocks().len());
    let caption = move || if on.get() { format!("in {} blocks", blocks()) } else { format!("{} plain blocks", blocks()) };
    view! {
        <div class="field" title="With skip connections a block adds its input to its output, x + F(x); without them it is a plain stack, F(x)">
            <span class="label" id="skips-label">"Skip connections"</span>
            <div class="field-row">
                <button type="button" class="switch" role="switch" aria-checked=text(move || on.get().to_string()) aria-labelledby="skips-label" on:click=toggle>
                    <span class="switch-knob" aria-hidden="true"></span>
                </button>
                <span class="value">{text(move || if on.get() { "on" } else { "off" })}</span>
                <span class="caption">{text(caption)}</span>
            </div>
        </div>
    }
}
