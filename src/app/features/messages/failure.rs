//! Why training stopped, and the ways out.

use leptos::prelude::*;

use crate::app::components::NoticeBox;
use crate::app::context::{use_experiment, use_run, use_view};
use crate::app::services::location;
use crate::experiment::permalink;
use crate::experiment::{DeviceChoice, Experiment, TrainError};
use crate::language::format;
use crate::language::{text, tr};
use crate::run::{Activity, Remedy, Run};

/// The trainer's sentence with what can help beside it; nothing while all is well.
#[component]
pub fn Failure() -> impl IntoView {
    let (run, experiment) = (use_run(), use_experiment());
    let failure = Memo::new(move |_| run.of_run(failure_of).flatten());
    let again = move |change: fn(&mut Experiment)| {
        experiment.update(change);
        run.restart();
    };
    let notice = move |failure: FailureView| {
        let FailureView { sentence, diverged, without_skips, without_batch_norm, remedies } = failure;
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
                {way_out(diverged, text!("Halve the learning rate"), |experiment| experiment.hyperparameters.learning_rate /= 2.0)}
                {way_out(
                    diverged && without_skips,
                    text!("Switch skip connections on"),
                    |experiment| experiment.network.skip_connections = true,
                )}
                {way_out(diverged && without_batch_norm, text!("Switch batch norm on"), |experiment| experiment.network.batch_norm = true)}
                {remedies.into_iter().map(|remedy| view! { <WayOut remedy /> }).collect_view()}
            </NoticeBox>
        }
    };
    move || failure.get().map(notice)
}

/// A button, or a link, for what can help.
#[component]
fn WayOut(
    /// What can.
    remedy: Remedy,
) -> impl IntoView {
    let (run, experiment, view) = (use_run(), use_experiment(), use_view());
    let restart = move || {
        view! {
            <button
                type="button"
                class="quiet"
                title=text!("A new trainer with the settings above")
                disabled=move || !run.can_begin()
                on:click=move |_| run.restart()
            >
                {text!("Restart")}
            </button>
        }
    };
    let halve_batch = move |batch_size| {
        experiment.update(|experiment| experiment.hyperparameters.batch_size = batch_size);
        run.restart();
    };
    let on_cpu = move |_| {
        experiment.update(|experiment| experiment.device = DeviceChoice::Cpu);
        run.restart();
    };
    // Not within the frame, so not as a frame is shown.
    let link = move || {
        let options = view.options().of_whole_page();
        location::link(&view.from_author.with(|from_author| permalink::write_with(&experiment.get(), &options, from_author)))
    };
    match remedy {
        Remedy::GoOn { step } => view! {
            <button
                type="button"
                class="quiet"
                title=text!("A new trainer with the run as this browser has saved it")
                on:click=move |_| run.go_on_from_saved()
            >
                {tr!("Go on from step {step}", step)}
            </button>
        }
        .into_any(),
        Remedy::Restart => restart().into_any(),
        Remedy::RestartChanged => (move || run.needs_restart().then(restart)).into_any(),
        Remedy::HalveBatch { batch_size } => view! {
            <button type="button" class="quiet" on:click=move |_| halve_batch(batch_size)>
                {tr!("Restart with batches of {batch_size}", batch_size)}
            </button>
        }
        .into_any(),
        Remedy::UseCpu => view! {
            <button type="button" class="quiet" disabled=move || !run.can_begin() on:click=on_cpu>
                {text!("Train on the CPU")}
            </button>
        }
        .into_any(),
        Remedy::GoOnHere { step } => view! {
            <button
                type="button"
                class="quiet"
                title=text!("A trainer of this page with the run as this browser has saved it")
                on:click=move |_| run.go_on_here()
            >
                {tr!("Go on in this tab from step {step}", step)}
            </button>
        }
        .into_any(),
        Remedy::RestartHere => view! {
            <button type="button" class="quiet" disabled=move || !run.can_begin() on:click=move |_| run.restart_here()>
                {text!("Train in this tab")}
            </button>
        }
        .into_any(),
        Remedy::Reload => view! {
            <button type="button" class="quiet" on:click=move |_| location::reload()>
                {text!("Reload")}
            </button>
        }
        .into_any(),
        Remedy::OpenInTab => view! {
            <a class="quiet" href=link target="_blank" rel="noopener">
                {text!("Open in a tab of its own")}
            </a>
        }
        .into_any(),
    }
}

/// What is shown of a failure.
#[derive(Debug, Clone, PartialEq)]
struct FailureView {
    sentence: String,
    diverged: bool,
    without_skips: bool,
    without_batch_norm: bool,
    remedies: Vec<Remedy>,
}

fn failure_of(run: &Run) -> Option<FailureView> {
    let Activity::Failed(error) = &run.activity else { return None };
    let diverged = matches!(error, TrainError::Diverged { .. });
    let where_it_broke = run.blow_up().filter(|_| diverged).map_or_else(String::new, |sentence| format!(" {sentence}"));
    let network = &run.plan.experiment.network;
    Some(FailureView {
        sentence: format::sentence(&error.to_string()) + &where_it_broke,
        diverged,
        without_skips: !network.skip_connections,
        without_batch_norm: !network.batch_norm,
        remedies: run.remedies(),
    })
}
