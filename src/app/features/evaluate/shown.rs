//! What the tab “Evaluate” shows.

use std::sync::Arc;

use crate::evaluation::{Evaluation, Report, View, class_name};

/// An evaluation, the view of it that counts, and the names of its classes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub evaluation: Arc<Evaluation>,
    pub view: View,
    pub names: Arc<Vec<String>>,
}

impl Shown {
    /// The report of that view.
    pub fn report(&self) -> &Report {
        self.evaluation.of(self.view)
    }

    /// Name of a class.
    pub fn name(&self, class: usize) -> String {
        class_name(&self.names, class)
    }
}
