//! Any run as a Jupyter notebook.

use leptos::prelude::*;

use crate::app::components::{SelectField, SelectOption, Sheet};
use crate::app::context::{use_run, use_saved_files};
use crate::export::Framework;
use crate::language::text;
use crate::spec::Named;

use super::choices::choices;

/// A sheet with two lists and a button.
#[component]
pub fn NotebookSheet(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Sheet title=text!("Save as notebook") open>
            <NotebookForm />
        </Sheet>
    }
}

#[component]
fn NotebookForm() -> impl IntoView {
    let (run, files) = (use_run(), use_saved_files());
    let runs = Memo::new(move |_| run.state().with(choices));
    let chosen = RwSignal::new(None::<u64>);
    let shown = Memo::new(move |_| {
        runs.with(|runs| {
            let is_there = |id: &u64| runs.iter().any(|(other, _)| other == id);
            chosen.get().filter(is_there).or_else(|| runs.last().map(|(id, _)| *id))
        })
    });
    let framework = RwSignal::new(Framework::Keras);
    let run_options = Memo::new(move |_| {
        runs.with(|runs| runs.iter().rev().map(|(id, words)| SelectOption::new(id.to_string(), words.clone())).collect::<Vec<_>>())
    });
    let libraries = vec![SelectOption::new(Framework::Keras.name(), "Keras"), SelectOption::new(Framework::PyTorch.name(), "PyTorch")];
    let save = move |_| {
        if let Some(id) = shown.get_untracked() {
            files.save_notebook(id, framework.get_untracked());
        }
    };
    view! {
        <div class="runs-form">
            <p>
                {text!(
                    "A Jupyter notebook with the run's settings, the code of its network, the measured curve and an evaluation. It loads \
                     the weights that “Code & weights” saves."
                )}
            </p>
            <SelectField
                label=text!("Run")
                help=text!("The run that the notebook is about")
                options=run_options
                value=Signal::derive(move || shown.get().map(|id| id.to_string()).unwrap_or_default())
                on_change=Callback::new(move |value: String| chosen.set(value.parse().ok()))
            />
            <SelectField
                label=text!("Library")
                help=text!("What the code is written for")
                options=Signal::stored(libraries)
                value=Signal::derive(move || framework.get().name().to_owned())
                on_change=Callback::new(move |value: String| {
                    if let Some(chosen) = Framework::from_name(&value) {
                        framework.set(chosen);
                    }
                })
            />
            <div class="runs-form-end">
                <button type="button" class="quiet" aria-disabled=move || shown.get().is_none().to_string() on:click=save>
                    {text!("Save the notebook")}
                </button>
                <p role="status" aria-label=text!("Notebook")>
                    {move || {
                        if shown.get().is_none() { text!("There is no run yet: press Play first.").into() } else { files.said().get() }
                    }}
                </p>
            </div>
        </div>
    }
}
