//! How long the run will take, from three measured steps or from the last run.

use leptos::prelude::*;

use crate::app::components::unique_id;
use crate::app::context::{use_measurement, use_run};
use crate::language::format::{bytes, rough_duration};
use crate::language::{text, tr};
use crate::run::Measured;

/// A button that trains three steps and throws them away, and the expected training time.
#[component]
pub(super) fn Time() -> impl IntoView {
    let (measurement, run) = (use_measurement(), use_run());
    let hint = unique_id("how-long");
    let run_exists = Memo::new(move |_| run.exists());
    let can_begin = Memo::new(move |_| measurement.can_begin());
    let is_running = Memo::new(move |_| measurement.is_running());
    let outcome = Memo::new(move |_| measurement.outcome());
    let expected = Memo::new(move |_| measurement.expected_ms().filter(|_| !run_exists.get()));
    let explanation = move || {
        if run_exists.get() {
            text!("There is a run: “This run” says how much time is left.")
        } else {
            text!("Trains three steps of this network here and throws them away.")
        }
    };
    let note = move || {
        if is_running.get() { text!("Training three steps…").to_owned() } else { outcome.with(|outcome| outcome_words(outcome.as_ref())) }
    };
    view! {
        <div class="costs-time">
            <div class="costs-row">
                <button
                    type="button"
                    class="quiet"
                    aria-disabled=move || (!can_begin.get()).to_string()
                    aria-describedby=hint.clone()
                    on:click=move |_| measurement.begin()
                >
                    {text!("How long will it take?")}
                </button>
                <span class="costs-note" id=hint>
                    {explanation}
                </span>
            </div>
            <p class="costs-expected" hidden=move || expected.get().is_none()>
                {move || expected.get().map(expected_words)}
            </p>
            <p class="costs-note" hidden=move || expected.get().is_none()>
                {text!(
                    "The whole run, from the speed that was last measured on this device. Networks of other sizes may be faster or \
                     slower than that."
                )}
            </p>
            <p class="costs-note" role="status" aria-label=text!("Measurement")>
                {note}
            </p>
        </div>
    }
}

fn expected_words(expected_ms: f64) -> String {
    tr!("about {time} of training", time = rough_duration(expected_ms).replace(' ', "\u{a0}"))
}

fn outcome_words(outcome: Option<&Result<Measured, String>>) -> String {
    match outcome {
        Some(Ok(measured)) if measured.memory_bytes > 0 => {
            tr!("The three steps held {memory} of memory.", memory = bytes(measured.memory_bytes))
        }
        Some(Ok(_)) | None => String::new(),
        Some(Err(sentence)) => sentence.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_measured_is_said_in_words() {
        assert_eq!(expected_words(41_000.0), "about 40\u{a0}s of training");
        let measured = |memory_bytes| Ok(Measured { multiply_adds_per_second: 1e9, memory_bytes });
        assert_eq!(outcome_words(Some(&measured(60 << 20))), "The three steps held 60.0 MiB of memory.");
        assert_eq!(outcome_words(Some(&measured(0))), "", "where the trainer does not know");
        assert_eq!(
            outcome_words(Some(&Err("It could not be measured: the GPU was lost.".into()))),
            "It could not be measured: the GPU was lost."
        );
    }
}
