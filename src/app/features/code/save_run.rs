//! Weights and checkpoints of the run there is, as files.

use leptos::prelude::*;

use crate::app::context::use_run;
use crate::experiment::weight_init::WeightLayout;
use crate::language::{marked, text, translated};
use crate::protocol::TrainCommand;
use crate::run::{Activity, Run};

const NO_RUN: &str = marked!("There is no run to save yet: press Play or Step first.");
const RUN: &str = marked!("Saves the run as it is after the step under way.");

/// A file that the trainer writes.
struct SavedFile {
    label: &'static str,
    help: &'static str,
    command: TrainCommand,
}

fn files() -> [SavedFile; 3] {
    [
        SavedFile {
            label: text!("Weights for Keras"),
            help: text!("All weights as safetensors, axes as Keras has them"),
            command: TrainCommand::WriteWeights(WeightLayout::Keras),
        },
        SavedFile {
            label: text!("Weights for PyTorch"),
            help: text!("All weights as safetensors, axes and names as PyTorch has them"),
            command: TrainCommand::WriteWeights(WeightLayout::PyTorch),
        },
        SavedFile {
            label: text!("Checkpoint"),
            help: text!("The whole run, to go on with later: weights, optimizer, place in the epochs"),
            command: TrainCommand::WriteCheckpoint,
        },
    ]
}

/// Whether the run has a trainer that can write its weights.
fn can_be_saved(run: &Run) -> bool {
    run.device.is_some() && !matches!(run.activity, Activity::Failed(_))
}

/// Buttons for the files of the run.
#[component]
pub fn SaveRun() -> impl IntoView {
    let run = use_run();
    let can_save = Memo::new(move |_| run.of_run(can_be_saved).unwrap_or(false));
    let button = move |SavedFile { label, help, command }: SavedFile| {
        // The sentence below says why nothing happens without a run.
        let save = move |_| {
            if can_save.get_untracked() {
                run.ask(command.clone());
            }
        };
        view! {
            <button type="button" class="quiet" title=help aria-disabled=move || (!can_save.get()).to_string() on:click=save>
                {label}
            </button>
        }
    };
    view! {
        <h3 class="code-title">{text!("Save the run")}</h3>
        <div class="code-files">{files().map(button).collect_view()}</div>
        <p class="code-note" role="status">
            {move || if can_save.get() { translated(RUN) } else { translated(NO_RUN) }}
        </p>
    }
}
