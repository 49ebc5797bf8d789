//! What the parts of a report are written from.

use crate::drawing::escape::escape;
use crate::evaluation::{Outcomes, Predictions};

/// Starts of ids, before the true and the predicted class of a cell.
pub(super) const CELL: &str = "report-cell-";

/// What the parts are written from.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub predictions: &'a Predictions,
    pub outcomes: &'a Outcomes<'a>,
    pub names: &'a [String],
}

impl Shown<'_> {
    /// Name of a class, safe inside an element or an attribute.
    pub fn name(&self, class: usize) -> String {
        let numbered = || format!("class {}", class + 1);
        escape(&self.names.get(class).cloned().unwrap_or_else(numbered))
    }
}

/// A share with one decimal: `38.3 %`.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
