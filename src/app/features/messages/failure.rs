//! Why training stopped, and the ways out.

use leptos::prelude::*;

use crate::app::components::NoticeBox;
use crate::app::context::{use_experiment, use_run};
use crate::experiment::Experiment;
use crate::experiment::TrainError;
use crate::run::{Activity, Run};

/// The trainer's sentence with Restart beside it; nothing while all is well.
#[component]
pub fn Failure() -> impl IntoView {
    let (run, experiment) = (use_run(), use_experiment());
    let failure = Memo::new(move |_| run.of_run(failure_of).flatten());
    let again = move |change: fn(&mut Experiment)| {
        experiment.update(change);
        run.restart();
    };
    let notice = move |failure: FailureView| {
        let FailureView { sentence, diverged, without_skips, without_batch_norm } = failure;
        let way_out = move |offered: bool, words: &'static str, change: fn(&mut Experiment)| {
            offered.then(|| {
                view! {
                    <button type="button" class="quiet" on:click=move |_| again(change)>
                        {words}
                    </button>
                }
            })
        };
        view! {
            <NoticeBox is_problem=true text=sentence>
                {way_out(diverged, "Halve the learning rate", |experiment| experiment.hyperparameters.learning_rate /= 2.0)}
                {way_out(diverged && without_skips, "Switch skip connections on", |experiment| experiment.network.skip_connections = true)}
                {way_out(diverged && without_batch_norm, "Switch batch norm on", |experiment| experiment.network.batch_norm = true)}
                <button
                    type="button"
                    class="quiet"
                    title="A new trainer with the settings above"
                    disabled=move || !run.can_begin()
                    on:click=move |_| run.restart()
                >
                    "Restart"
                </button>
            </NoticeBox>
        }
    };
    move || failure.get().map(notice)
}

/// What is shown of a failure.
#[derive(Debug, Clone, PartialEq)]
struct FailureView {
    sentence: String,
    diverged: bool,
    without_skips: bool,
    without_batch_norm: bool,
}

fn failure_of(run: &Run) -> Option<FailureView> {
    let Activity::Failed(error) = &run.activity else { return None };
    let diverged = matches!(error, TrainError::Diverged { .. });
    let where_it_broke = run.blow_up().filter(|_| diverged).map_or_else(String::new, |sentence| format!(" {sentence}"));
    let network = &run.plan.experiment.network;
    Some(FailureView {
        sentence: capitalised(&error.to_string()) + &where_it_broke,
        diverged,
        without_skips: !network.skip_connections,
        without_batch_norm: !network.batch_norm,
    })
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).chain(['.']).collect())
}

#[cfg(test)]
mod tests {
    use super::capitalised;

    #[test]
    fn a_reason_becomes_a_sentence() {
        assert_eq!(capitalised("the GPU was lost"), "The GPU was lost.");
        assert_eq!(capitalised(""), "", "nothing stays nothing");
    }
}
