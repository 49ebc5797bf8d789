//! Which classes are taken for which.

use super::Outcomes;

/// How many images of each class are taken for which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfusionMatrix {
    classes: usize,
    /// `[true class, predicted class]`.
    counts: Vec<usize>,
}

impl ConfusionMatrix {
    /// Counts what came of the images.
    pub fn new(outcomes: &Outcomes) -> Self {
        let classes = outcomes.classes();
        let mut counts = vec![0; classes * classes];
        for outcome in outcomes.all() {
            if let Some(count) = counts.get_mut(outcome.label * classes + outcome.predicted) {
                *count += 1;
            }
        }
        Self { classes, counts }
    }

    /// Images of the class `label` that are taken for `predicted`.
    pub fn count(&self, label: usize, predicted: usize) -> usize {
        self.row(label).get(predicted).copied().unwrap_or_default()
    }

    /// What the images of a class are taken for, one count a class.
    pub fn row(&self, label: usize) -> &[usize] {
        self.counts.chunks_exact(self.classes).nth(label).unwrap_or_default()
    }

    /// Images of a class.
    pub fn images_of(&self, label: usize) -> usize {
        self.row(label).iter().sum()
    }

    /// Images taken for a class.
    pub fn taken_for(&self, predicted: usize) -> usize {
        (0..self.classes).map(|label| self.count(label, predicted)).sum()
    }

    /// The share of the images of a class that are taken for `predicted`; 0 where it has none.
    pub fn share(&self, label: usize, predicted: usize) -> f64 {
        self.count(label, predicted) as f64 / self.images_of(label).max(1) as f64
    }
}
