//! What the runs of a report came to, as the page's table says it.

use super::ReportedRun;
use crate::drawing::plot::ValueFormat;
use crate::evaluation::metrics::last_loss;
use crate::language::{marked, tr};

pub(super) const COLUMNS: [&str; 5] =
    [marked!("Run"), marked!("Steps"), marked!("Training loss"), marked!("Held-out loss"), marked!("Held-out accuracy")];

/// A cell for each column.
pub(super) fn row(run: &ReportedRun) -> [String; 5] {
    let none = || "–".to_owned();
    let pass = run.held_out.last();
    [
        run.label.clone(),
        run.extent.clone(),
        last_loss(&run.steps).map_or_else(none, |loss| ValueFormat::Plain.value(loss)),
        pass.map_or_else(none, |pass| ValueFormat::Plain.value(f64::from(pass.loss))),
        pass.map_or_else(none, |pass| {
            tr!("{share} of {count} images", share = ValueFormat::Percent.value(f64::from(pass.accuracy)), count = pass.images)
        }),
    ]
}
