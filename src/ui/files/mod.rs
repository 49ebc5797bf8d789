//! Weights and checkpoints out and in, and the network as code.

mod code;
mod download;
mod saving;
mod start;

use leptos::prelude::*;

pub use download::save_file;

/// Three groups of buttons under the folded settings.
#[component]
pub fn FilesAndCode() -> impl IntoView {
    view! {
        <h3 class="label">"Files and code"</h3>
        <div class="more-fields">
            {saving::saving()}
            {start::start()}
        </div>
        {code::code()}
    }
}

/// A quiet button that does one thing.
fn button(name: &'static str, help: &'static str, act: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" class="quiet" title=help on:click=move |_| act()>
            {name}
        </button>
    }
    .into_any()
}
