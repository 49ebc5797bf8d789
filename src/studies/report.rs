//! What the page shows of an experiment: sentences and curves, ready to be drawn.
//!
//! The trainer makes them: it has what was measured.

use serde::{Deserialize, Serialize};

use crate::drawing::plot::{CurveSeries, ValueFormat};
use crate::language::marked;

/// An experiment as far as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ExperimentReport {
    /// What it is busy with; empty once it is over.
    pub progress: String,
    /// Share of the training that is done, from 0 to 1.
    pub share_done: f64,
    /// What was found, in one sentence of at most 25 words; empty until it is over.
    pub finding: String,
    /// The numbers that the finding rests on, settings and caveats.
    pub details: String,
    /// What was measured so far.
    pub charts: Vec<ExperimentChart>,
}

/// One of its charts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExperimentChart {
    /// What its axes are.
    pub kind: ChartKind,
    /// Where its x axis ends.
    pub x_end: f64,
    /// Its curves.
    pub curves: Vec<CurveSeries>,
}

/// What a chart of an experiment shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChartKind {
    /// Training loss, step by step.
    Loss,
    /// Gradient in each layer at the first step.
    FirstGradients,
    /// Gradient in each layer at the last step.
    LastGradients,
    /// Training loss at the end, for each depth.
    LossByDepth,
    /// Held-out accuracy without each block, and with it and the next one swapped; none removed at 0.
    Lesions,
}

impl ChartKind {
    /// All of them, in the order in which they stand on the page.
    pub const ALL: [Self; 5] = [Self::Loss, Self::FirstGradients, Self::LastGradients, Self::LossByDepth, Self::Lesions];

    /// Its name, unique on the page, in English: tables of its points are called so.
    pub fn title(self) -> &'static str {
        match self {
            Self::Loss => marked!("Loss of each network"),
            Self::FirstGradients => marked!("Gradients at the first step"),
            Self::LastGradients => marked!("Gradients at the last step"),
            Self::LossByDepth => marked!("Loss by depth"),
            Self::Lesions => marked!("Without one block"),
        }
    }

    /// What is shown, in half a sentence of English.
    pub fn subtitle(self) -> &'static str {
        match self {
            Self::Loss => marked!("training, in nats"),
            Self::FirstGradients | Self::LastGradients => marked!("norm in each layer, image left, scores right"),
            Self::LossByDepth => marked!("training, mean of the last ten steps"),
            Self::Lesions => marked!("held-out accuracy; at 0 none is removed"),
        }
    }

    /// What the x axis counts, in English: it is a column of a table.
    pub fn x_label(self) -> &'static str {
        match self {
            Self::Loss => marked!("steps"),
            Self::FirstGradients | Self::LastGradients => marked!("layers"),
            Self::LossByDepth => marked!("layers deep"),
            Self::Lesions => marked!("blocks"),
        }
    }

    /// Numbers of the y axis.
    pub fn y_format(self) -> ValueFormat {
        match self {
            Self::Loss | Self::LossByDepth => ValueFormat::Plain,
            Self::FirstGradients | Self::LastGradients => ValueFormat::PowerOfTen,
            Self::Lesions => ValueFormat::Percent,
        }
    }

    /// Ends of the y axis, where they are known.
    pub fn y_limits(self) -> Option<[f64; 2]> {
        (self == Self::Lesions).then_some([0.0, 1.0])
    }
}
