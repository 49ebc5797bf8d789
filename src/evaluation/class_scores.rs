//! Precision, recall and F1, as scikit-learn's `classification_report` computes them.

use super::{ConfusionMatrix, Outcomes};

/// Scores of one class, or their average. What would be a division by zero is 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Scores {
    /// Of the images taken for the class, the share that is of it.
    pub precision: f64,
    /// Of the images of the class, the share that is taken for it.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// Images of the class.
    pub support: usize,
}

/// Scores of all classes.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassReport {
    /// One a class, in their order.
    pub classes: Vec<Scores>,
    /// Share of all images that the network is right about.
    pub accuracy: f64,
    /// Mean over the classes, each counting the same.
    pub macro_average: Scores,
    /// Mean over the classes, each counting as much as it has images.
    pub weighted_average: Scores,
}

impl ClassReport {
    /// Scores of each class and their averages.
    pub fn new(outcomes: &Outcomes) -> Self {
        let matrix = ConfusionMatrix::new(outcomes);
        let classes: Vec<Scores> = (0..outcomes.classes()).map(|class| scores(&matrix, class)).collect();
        let images = outcomes.all().len();
        let average = |weight: &dyn Fn(&Scores) -> f64| {
            let whole: f64 = classes.iter().map(weight).sum();
            let mean = |of: fn(&Scores) -> f64| ratio(classes.iter().map(|scores| of(scores) * weight(scores)).sum(), whole);
            Scores {
                precision: mean(|scores| scores.precision),
                recall: mean(|scores| scores.recall),
                f1: mean(|scores| scores.f1),
                support: images,
            }
        };
        let macro_average = average(&|_| 1.0);
        let weighted_average = average(&|scores| scores.support as f64);
        Self { accuracy: outcomes.accuracy(), macro_average, weighted_average, classes }
    }
}

fn scores(matrix: &ConfusionMatrix, class: usize) -> Scores {
    let right = matrix.count(class, class) as f64;
    let (support, taken) = (matrix.images_of(class), matrix.taken_for(class));
    Scores {
        precision: ratio(right, taken as f64),
        recall: ratio(right, support as f64),
        f1: ratio(2.0 * right, (support + taken) as f64),
        support,
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
