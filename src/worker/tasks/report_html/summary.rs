//! The answer in a few sentences, and what can be done with it.

use super::shown::{Shown, percent};
use crate::evaluation::{Calibration, ClassReport, ConfusionMatrix, ReportError, View};
use crate::format::grouped;

/// A difference of mean confidence and accuracy that is worth a word.
const NOTEWORTHY: f64 = 0.03;

pub(super) fn html(shown: Shown, view: View) -> Result<String, ReportError> {
    let outcomes = shown.outcomes;
    let accuracy = outcomes.accuracy();
    let images = outcomes.all().len();
    let right = outcomes.all().iter().filter(|outcome| outcome.predicted == outcome.label).count();
    let otherwise = percent(shown.predictions.outcomes(view.other())?.accuracy());
    let (how, otherwise) = match view {
        View::Plain => ("", format!("With mirror images too it is right about {otherwise}.")),
        View::WithMirrorImages => (", each seen also as its mirror image", format!("Without mirror images it is right about {otherwise}.")),
    };
    Ok(format!(
        "<p class=finding data-testid=report-finding data-accuracy={accuracy}>After {} training steps the network is right about \
         <strong>{} of {}</strong> held-out images, {}{how}. Mean loss {:.3}. {}{} {otherwise}</p>\
         <div class=experiment-buttons><button class=quiet id=report-mirror aria-pressed={}>With mirror images</button>\
         <button class=quiet id=report-csv>Save scores as CSV</button><button class=quiet id=report-text>Save report as text</button></div>",
        grouped(shown.predictions.steps_done),
        grouped(right),
        grouped(images),
        percent(accuracy),
        outcomes.loss(),
        extremes(shown),
        confidence(shown, accuracy),
        view == View::WithMirrorImages
    ))
}

/// The best and the worst class, and what is confused most often.
fn extremes(shown: Shown) -> String {
    let report = ClassReport::new(shown.outcomes);
    let there = report.classes.iter().enumerate().filter(|(_, scores)| scores.support > 0);
    let by_recall = |(_, one): &(usize, _), (_, other): &(usize, _)| f64::total_cmp(one, other);
    let recalls = there.map(|(class, scores)| (class, scores.recall));
    let best = recalls.clone().max_by(by_recall);
    let worst = recalls.min_by(by_recall);
    let (Some(best), Some(worst)) = (best, worst) else { return String::new() };
    let told = |(class, recall): (usize, f64)| format!("{} ({})", shown.name(class), percent(recall));
    let matrix = ConfusionMatrix::new(shown.outcomes);
    let classes = 0..shown.outcomes.classes();
    let pairs = classes.clone().flat_map(|label| classes.clone().map(move |predicted| (label, predicted)));
    let confused = pairs.filter(|(label, predicted)| label != predicted).max_by_key(|(label, predicted)| matrix.count(*label, *predicted));
    let confusion = match confused.map(|(label, predicted)| (label, predicted, matrix.count(label, predicted))) {
        Some((label, predicted, count)) if count > 0 => {
            format!(" Most often {} is taken for {}: {} of {}.", shown.name(label), shown.name(predicted), count, matrix.images_of(label))
        }
        _ => String::new(),
    };
    if best.1 > worst.1 { format!("It knows {} best and {} least.{confusion}", told(best), told(worst)) } else { confusion }
}

fn confidence(shown: Shown, accuracy: f64) -> String {
    let sure = Calibration::new(shown.outcomes).confidence;
    let judged = match sure - accuracy {
        more if more > NOTEWORTHY => "surer than it may be",
        less if less < -NOTEWORTHY => "less sure than it could be",
        _ => "as sure as it may be",
    };
    format!(" On average it is {} sure: {judged}.", percent(sure))
}
