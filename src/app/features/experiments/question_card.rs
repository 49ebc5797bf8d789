//! A card that asks a question.

use std::time::Duration;

use leptos::{html, prelude::*};

use crate::app::components::unique_id;
use crate::app::context::{use_dataset, use_device, use_experiment, use_studies};
use crate::experiment::RunRequest;
use crate::experiment::weight_init::StartingPoint;
use crate::language::format::rough_duration;
use crate::language::{text, tr};
use crate::run::RunPlan;
use crate::spec::Named;
use crate::studies::{Question, expected_ms};

use super::card_picture::CardPicture;

/// A button named by its question, with what is compared and how long that takes here.
///
/// It is never `disabled`, so that it keeps the focus while its experiment runs.
#[component]
pub(super) fn QuestionCard(
    /// What it asks.
    question: Question,
    /// The button, for the focus.
    button: NodeRef<html::Button>,
    /// Whether it was the last to be asked.
    is_asked: Signal<bool>,
    /// Expected time on this device in milliseconds; `None` before a speed was measured.
    expected_ms: RwSignal<Option<f64>>,
) -> impl IntoView {
    let studies = use_studies();
    let (title, note) = (unique_id("question"), unique_id("question-note"));
    let can_ask = Memo::new(move |_| studies.can_ask());
    let is_running = Memo::new(move |_| studies.is_running());
    let hint = move || match (can_ask.get(), is_running.get()) {
        (true, _) => question.background(),
        (false, true) => text!("One experiment runs at a time."),
        (false, false) => text!("Not possible yet: images are loading, or a setting needs attention."),
    };
    view! {
        <button
            type="button"
            class="experiments-card"
            node_ref=button
            title=hint
            aria-labelledby=title
            aria-describedby=note
            aria-disabled=move || (!can_ask.get()).to_string()
            aria-current=move || is_asked.get().then_some("true")
            on:click=move |_| studies.ask(question)
        >
            <CardPicture question />
            <span class="experiments-card-words">
                <span class="experiments-card-title" id=title.clone()>
                    {question.label()}
                </span>
                <span class="experiments-card-note" id=note.clone()>
                    {move || note_words(question, expected_ms.get())}
                </span>
            </span>
        </button>
    }
}

/// `one network with and without them, same seed · about 50 s`
fn note_words(question: Question, expected_ms: Option<f64>) -> String {
    let time = expected_ms
        .map(|ms| rough_duration(ms).replace(' ', "\u{a0}"))
        .map_or_else(|| text!("time not measured yet").to_owned(), |time| tr!("about {time}", time));
    format!("{} · {time}", question.comparison())
}

/// Expected time of each question in milliseconds, in their order, for the experiment of the controls and the speed that was last measured.
///
/// Plans build networks of hundreds of layers: one question at a time, so that a changed setting holds nothing up.
pub(super) fn expected_times() -> Vec<RwSignal<Option<f64>>> {
    let (experiment, dataset, device) = (use_experiment(), use_dataset(), use_device());
    let basis: Memo<Option<(RunRequest, f64)>> = Memo::new(move |_| {
        let source = dataset.source()?;
        let asked = experiment.get();
        let (trainer, _) = device.trainer(asked.device)?;
        let speed = device.speed(trainer)?;
        experiment.problems().with(Vec::is_empty).then(|| (RunPlan::new(asked, &source, StartingPoint::Fresh).request, speed))
    });
    let times: Vec<_> = Question::ALL.iter().map(|_| RwSignal::new(None::<f64>)).collect();
    let each: Vec<_> = Question::ALL.iter().copied().zip(times.clone()).collect();
    Effect::new(move |_| {
        basis.with(|_| ());
        for (place, (question, time)) in each.clone().into_iter().enumerate() {
            let count = move || {
                // The panel may be gone by then.
                let counted =
                    basis.try_with_untracked(|basis| basis.as_ref().and_then(|(request, speed)| expected_ms(question, request, *speed)));
                if let Some(counted) = counted {
                    let _ = time.try_set(counted);
                }
            };
            set_timeout(count, Duration::from_millis(10 * place as u64));
        }
    });
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_says_how_long_it_takes_only_when_that_was_measured() {
        assert_eq!(note_words(Question::Depth, None), "four depths, with and without skip connections · time not measured yet");
        assert!(note_words(Question::Depth, Some(43_000.0)).ends_with("· about 40\u{a0}s"), "roughly");
    }
}
