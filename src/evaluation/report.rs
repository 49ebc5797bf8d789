//! An evaluation of a network: everything that is said about its predictions of the test images.

use serde::{Deserialize, Serialize};

use super::{Calibration, ClassReport, ConfusionMatrix, Outcome, Outcomes, Predictions, ReportError, View, most_wrong};

/// Mistakes that a report holds.
const MOST_MISTAKES: usize = 12;
/// Images given of one cell of the confusion matrix: more are slow to draw and nobody looks at them all.
pub const MOST_CELL_IMAGES: usize = 240;

/// A report for each way of asking the network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Training steps done before.
    pub steps_done: usize,
    /// Each image as it is.
    pub plain: Report,
    /// The mean over each image and its mirror image.
    pub with_mirror_images: Report,
}

/// How good the predictions of one view are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Images that it is about.
    pub images: usize,
    /// Images that the network is right about.
    pub right: usize,
    /// Mean cross-entropy in nats.
    pub loss: f64,
    /// Accuracy, and precision, recall and F1 of each class.
    pub scores: ClassReport,
    /// True classes against predicted ones.
    pub confusion: ConfusionMatrix,
    /// Whether confidence and accuracy agree.
    pub calibration: Calibration,
    /// The most confident mistakes, the most confident first.
    pub mistakes: Vec<SeenImage>,
}

/// A test image and what the network said of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeenImage {
    /// What came of it.
    pub outcome: Outcome,
    /// `[32, 32, 3]`, one byte a channel; empty where it was not sent.
    pub pixels: Vec<u8>,
}

/// A cell of the confusion matrix. Classes count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The true class.
    pub label: usize,
    /// The predicted class.
    pub predicted: usize,
}

impl Evaluation {
    /// Evaluates what a network said.
    ///
    /// # Errors
    /// When probabilities and labels do not belong together: they came over a wire.
    pub fn new(predictions: &Predictions) -> Result<Self, ReportError> {
        Ok(Self {
            steps_done: predictions.steps_done,
            plain: Report::new(predictions, View::Plain)?,
            with_mirror_images: Report::new(predictions, View::WithMirrorImages)?,
        })
    }

    /// The report of a view.
    pub fn of(&self, view: View) -> &Report {
        match view {
            View::Plain => &self.plain,
            View::WithMirrorImages => &self.with_mirror_images,
        }
    }
}

impl Report {
    /// # Errors
    /// As [`Evaluation::new`].
    pub fn new(predictions: &Predictions, view: View) -> Result<Self, ReportError> {
        let outcomes = predictions.outcomes(view)?;
        let seen = |image: usize, outcome: Outcome| SeenImage { outcome, pixels: predictions.image(image).to_vec() };
        let mistakes = most_wrong(&outcomes, MOST_MISTAKES).into_iter().map(|mistake| seen(mistake.image, mistake.outcome)).collect();
        Ok(Self { mistakes, ..Self::of_outcomes(&outcomes) })
    }

    /// The report without images.
    pub fn of_outcomes(outcomes: &Outcomes) -> Self {
        Self {
            images: outcomes.all().len(),
            right: outcomes.all().iter().filter(|outcome| outcome.predicted == outcome.label).count(),
            loss: outcomes.loss(),
            scores: ClassReport::new(outcomes),
            confusion: ConfusionMatrix::new(outcomes),
            calibration: Calibration::new(outcomes),
            mistakes: Vec::new(),
        }
    }

    /// Share of the images that the network is right about.
    pub fn accuracy(&self) -> f64 {
        self.scores.accuracy
    }
}

/// The images of a cell in their order, at most [`MOST_CELL_IMAGES`].
///
/// # Errors
/// As [`Evaluation::new`].
pub fn images_of_cell(predictions: &Predictions, view: View, cell: Cell) -> Result<Vec<SeenImage>, ReportError> {
    let outcomes = predictions.outcomes(view)?;
    let there = outcomes.all().iter().copied().enumerate();
    let found = there.filter(|(_, outcome)| (outcome.label, outcome.predicted) == (cell.label, cell.predicted));
    let seen = |(image, outcome): (usize, Outcome)| SeenImage { outcome, pixels: predictions.image(image).to_vec() };
    Ok(found.take(MOST_CELL_IMAGES).map(seen).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::IMAGE_BYTES;

    fn predictions() -> Predictions {
        Predictions {
            steps_done: 7,
            classes: 2,
            plain: vec![0.9, 0.1, 0.6, 0.4],
            with_mirror_images: vec![0.9, 0.1, 0.4, 0.6],
            labels: vec![0, 1],
            pixels: [vec![10; IMAGE_BYTES], vec![20; IMAGE_BYTES]].concat(),
        }
    }

    #[test]
    fn each_view_has_a_report_of_its_own() {
        let evaluation = Evaluation::new(&predictions()).unwrap();
        assert_eq!((evaluation.plain.right, evaluation.with_mirror_images.right), (1, 2));
        assert_eq!(evaluation.of(View::Plain).accuracy(), 0.5);
        let mistakes = &evaluation.plain.mistakes;
        assert_eq!(mistakes.len(), 1, "one of two is wrong");
        assert_eq!(mistakes[0].pixels, vec![20; IMAGE_BYTES], "with its picture");
        assert!(evaluation.with_mirror_images.mistakes.is_empty(), "with mirror images both are right");
    }

    #[test]
    fn a_cell_gives_its_images() {
        let cell = Cell { label: 1, predicted: 0 };
        let images = images_of_cell(&predictions(), View::Plain, cell).unwrap();
        assert_eq!(images.len(), 1);
        assert_eq!((images[0].outcome.confidence, images[0].pixels[0]), (0.6, 20));
        assert!(images_of_cell(&predictions(), View::WithMirrorImages, cell).unwrap().is_empty(), "nothing is mistaken there");
    }

    #[test]
    fn what_does_not_belong_together_is_refused() {
        assert!(Evaluation::new(&Predictions { labels: vec![0], ..predictions() }).is_err());
        assert!(Evaluation::new(&Predictions::default()).is_err(), "no images");
    }
}
