//! How good the network is on all test images: accuracy, scores of each class, confusion matrix, mistakes, calibration.

mod calibration;
mod confusion;
mod controls;
mod image_list;
mod scores;
mod shown;

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::context::use_evaluation;
use crate::app::features::this_run::TestsOfKeptWeights;
use crate::evaluation::percent;
use crate::language::{text, tr};

use calibration::CalibrationOfReport;
use confusion::Confusion;
use controls::Controls;
use image_list::{ImageList, ListedImage};
use scores::Scores;
use shown::Shown;

/// The tab “Evaluate”.
#[component]
pub fn Evaluate() -> impl IntoView {
    let controller = use_evaluation();
    let names = Memo::new(move |_| Arc::new(controller.class_names()));
    let shown = Memo::new(move |_| {
        let evaluation = controller.evaluation().get()?;
        Some(Shown { evaluation, view: controller.view().get(), names: names.get() })
    });
    let is_empty = Memo::new(move |_| shown.with(Option::is_none));
    view! {
        <div class="evaluate">
            <Controls shown />
            <p class="empty" hidden=move || !is_empty.get()>
                {text!(
                    "Press Play or Step, then evaluate: accuracy, precision and recall of each class, which classes are confused, the \
                     most confident mistakes, and whether the network's confidence is justified."
                )}
            </p>
            {move || shown.get().map(|shown| view! { <Findings shown /> })}
            <section class="evaluate-section">
                <h3>{text!("Kept weights")}</h3>
                <TestsOfKeptWeights />
            </section>
        </div>
    }
}

/// Everything about one report.
#[component]
fn Findings(
    /// The report.
    shown: Shown,
) -> impl IntoView {
    let mistakes: Vec<ListedImage> = shown.report().mistakes.iter().map(|seen| mistake(seen, &shown)).collect();
    let mistakes = if mistakes.is_empty() {
        view! { <p class="evaluate-text">{text!("There are none: every image is right.")}</p> }.into_any()
    } else {
        view! { <ImageList label=text!("Most confident mistakes") images=mistakes /> }.into_any()
    };
    view! {
        <Confusion shown=shown.clone() />
        <div class="evaluate-parts">
            <Scores shown=shown.clone() />
            <CalibrationOfReport shown />
        </div>
        <section class="evaluate-section">
            <h3>{text!("Most confident mistakes")}</h3>
            {mistakes}
        </section>
    }
}

fn mistake(seen: &crate::evaluation::SeenImage, shown: &Shown) -> ListedImage {
    let outcome = seen.outcome;
    let (label, predicted, confidence) = (shown.name(outcome.label), shown.name(outcome.predicted), percent(f64::from(outcome.confidence)));
    let caption = tr!("{label}, predicted {predicted} ({confidence})", label, predicted, confidence);
    ListedImage { pixels: seen.pixels.clone(), caption }
}
