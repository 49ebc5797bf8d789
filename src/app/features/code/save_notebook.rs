//! The run there is as a Jupyter notebook.

use leptos::prelude::*;

use crate::app::context::{use_run, use_saved_files};
use crate::export::Framework;
use crate::language::{marked, text, translated};

const NO_RUN: &str = marked!("There is no run yet: press Play or Step first.");
const NOTEBOOK: &str = marked!("Settings, this code, the measured curve and an evaluation. Put the saved weights beside it.");

/// A button for each library that is Python.
#[component]
pub fn SaveNotebook() -> impl IntoView {
    let (run, files) = (use_run(), use_saved_files());
    let can_save = Memo::new(move |_| run.of_run(|run| !run.steps.is_empty()).unwrap_or(false));
    let button = move |(framework, label): (Framework, &'static str)| {
        let save = move |_| {
            if can_save.get_untracked() {
                files.save_notebook(run.state().with_untracked(|state| state.history.next_id()), framework);
            }
        };
        view! {
            <button type="button" class="quiet" aria-disabled=move || (!can_save.get()).to_string() on:click=save>
                {label}
            </button>
        }
    };
    let note = move || {
        let said = files.said().get();
        match (can_save.get(), said.is_empty()) {
            (false, _) => translated(NO_RUN).to_owned(),
            (true, true) => translated(NOTEBOOK).to_owned(),
            (true, false) => said,
        }
    };
    view! {
        <h3 class="code-title">{text!("Save as notebook")}</h3>
        <div class="code-files">
            {[(Framework::Keras, text!("Notebook for Keras")), (Framework::PyTorch, text!("Notebook for PyTorch"))]
                .map(button)
                .collect_view()}
        </div>
        <p class="code-note" role="status" aria-label=text!("Notebook")>
            {note}
        </p>
    }
}
