//! Held-out images with what the network takes them for.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::shown::{Shown, percent};
use crate::evaluation::{Mistake, most_wrong};
use crate::format::grouped;
use crate::insight::feature_maps::image_picture;

/// Mistakes shown.
const MOST_MISTAKES: usize = 12;
/// Images shown of one cell: more would be slow to show and nobody looks at them all.
const MOST_IMAGES: usize = 240;

pub(super) fn most_wrong_html(shown: Shown) -> String {
    let mistakes = most_wrong(shown.outcomes, MOST_MISTAKES);
    if mistakes.is_empty() {
        return "<p class=caption>It is right about every image.</p>".into();
    }
    let told = |mistake: &Mistake| {
        let [label, predicted] = [mistake.outcome.label, mistake.outcome.predicted].map(|class| shown.name(class));
        format!("{label}, taken for <strong>{predicted}</strong>, {}", percent(f64::from(mistake.outcome.confidence)))
    };
    let images: String = mistakes.iter().map(|mistake| image(shown, mistake.image, &told(mistake))).collect();
    format!(
        "<h3 class=label>Its surest mistakes</h3><ul class=report-images data-testid=report-mistakes>{images}</ul>\
         <p class=caption>Images it is wrong about with the highest probability: what each shows, what it is taken for, and how sure the network is.</p>"
    )
}

pub(super) fn cell_html(shown: Shown, (label, predicted): (usize, usize)) -> String {
    let there = shown.outcomes.all().iter().enumerate();
    let found: Vec<_> = there.filter(|(_, outcome)| (outcome.label, outcome.predicted) == (label, predicted)).collect();
    let images: String = found
        .iter()
        .take(MOST_IMAGES)
        .map(|(place, outcome)| image(shown, *place, &format!("{} sure", percent(f64::from(outcome.confidence)))))
        .collect();
    let verdict = if label == predicted { "rightly taken for" } else { "taken for" };
    let first = if found.len() > MOST_IMAGES { format!("; the first {MOST_IMAGES} of them") } else { String::new() };
    let (count, [label, predicted]) = (grouped(found.len()), [label, predicted].map(|class| shown.name(class)));
    format!(
        "<p class=finding><strong>{label}</strong> {verdict} <strong>{predicted}</strong>: {count}{first}</p><ul class=report-images aria-live=off>{images}</ul>"
    )
}

fn image(shown: Shown, place: usize, caption: &str) -> String {
    let picture = STANDARD.encode(image_picture(shown.predictions.image(place), None));
    // What stands below says it all.
    format!("<li><img alt=\"\" src=\"data:image/bmp;base64,{picture}\"><span class=caption>{caption}</span></li>")
}
