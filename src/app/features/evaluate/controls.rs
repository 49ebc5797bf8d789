//! The button that evaluates, what counts, what came of it in words, and files of it.

use leptos::prelude::*;

use crate::app::context::use_evaluation;
use crate::app::services::download::save_file;
use crate::evaluation::{View, classes_as_csv, report_as_text, result_sentences};
use crate::language::text;

use super::shown::Shown;

/// Buttons and the result.
#[component]
pub fn Controls(
    /// The newest report.
    shown: Memo<Option<Shown>>,
) -> impl IntoView {
    let controller = use_evaluation();
    let can_ask = Memo::new(move |_| controller.can_ask());
    let is_waiting = controller.is_waiting();
    let view = controller.view();
    let has_report = Memo::new(move |_| shown.with(Option::is_some));
    let result = move || {
        if is_waiting.get() {
            return text!("Evaluating on all test images…").to_owned();
        }
        let problem = controller.problem().get();
        if !problem.is_empty() {
            return problem;
        }
        shown.with(|shown| shown.as_ref().map(|shown| result_sentences(&shown.evaluation, shown.view, &shown.names))).unwrap_or_default()
    };
    let save = move |extension: &str, text: fn(&Shown) -> String| {
        shown.with_untracked(|shown| {
            let Some(shown) = shown else { return };
            let name = format!("resnet-playground-report-step-{}.{extension}", shown.evaluation.steps_done);
            save_file(&name, text(shown).as_bytes());
        });
    };
    view! {
        <div class="evaluate-buttons">
            <button
                type="button"
                class="quiet"
                aria-disabled=move || (!can_ask.get() || is_waiting.get()).to_string()
                title=move || {
                    if can_ask.get() {
                        text!("Predicts every held-out image with the network as it is now")
                    } else {
                        text!("Press Play or Step first: there is no network to evaluate")
                    }
                }
                on:click=move |_| controller.ask()
            >
                {text!("Evaluate on all test images")}
            </button>
            <button
                type="button"
                class="quiet"
                aria-pressed=move || (view.get() == View::WithMirrorImages).to_string()
                title=text!("Averages the prediction of each image with that of its mirror image (test-time augmentation)")
                on:click=move |_| view.update(|view| *view = view.other())
            >
                {text!("With mirror images")}
            </button>
            <span class="evaluate-files">
                <button
                    type="button"
                    class="quiet"
                    title=text!("Saves the scores of the classes")
                    aria-disabled=move || (!has_report.get()).to_string()
                    on:click=move |_| save("csv", |shown| classes_as_csv(&shown.report().scores, &shown.names))
                >
                    "CSV"
                </button>
                <button
                    type="button"
                    class="quiet"
                    title=text!("Saves the whole report")
                    aria-disabled=move || (!has_report.get()).to_string()
                    on:click=move |_| save("txt", |shown| report_as_text(shown.report(), &shown.names))
                >
                    {text!("Text")}
                </button>
            </span>
        </div>
        <p class="evaluate-result" role="status" aria-label=text!("Result")>
            {result}
        </p>
    }
}
