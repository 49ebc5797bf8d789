//! Chooses files of results.

use leptos::{html, prelude::*};

use crate::app::context::use_imported_results;
use crate::app::services::chosen_files;
use crate::language::text;

/// A button that asks for files.
#[component]
pub fn ImportButton() -> impl IntoView {
    let imported = use_imported_results();
    let input = NodeRef::<html::Input>::new();
    let ask = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(files) = input.files() {
            imported.import(chosen_files::of_list(&files));
        }
        // The same file may be chosen again once it has grown.
        input.set_value("");
    };
    view! {
        <div class="runs-buttons">
            <button
                type="button"
                class="quiet"
                title=text!("Results that `resnet-playground sweep` trained elsewhere: one file, or all shards of a sweep")
                on:click=ask
            >
                {text!("Import results")}
            </button>
            <input
                type="file"
                multiple
                hidden
                accept=".jsonl,.ndjson,.json"
                aria-label=text!("Results of a sweep")
                node_ref=input
                on:change=chosen
            />
        </div>
    }
}
