//! What the page shows of an experiment: sentences and curves, ready to be drawn.
//!
//! The trainer makes them: it is a larger download anyway, and the page stays small.

use serde::{Deserialize, Serialize};

use crate::drawing::plot::{CurveSeries, ValueFormat};

/// An experiment as far as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ExperimentReport {
    /// What it is busy with; empty once it is over.
    pub progress: String,
    /// What was found; empty until it is over.
    pub finding: String,
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
    /// Held-out accuracy without each block, and with it and the next one swapped.
    Lesions,
}

impl ChartKind {
    /// All of them, in the order in which they stand on the page.
    pub const ALL: [Self; 5] = [Self::Loss, Self::FirstGradients, Self::LastGradients, Self::LossByDepth, Self::Lesions];

    /// Its name, unique on the page.
    pub fn title(self) -> &'static str {
        match self {
            Self::Loss => "Loss of each network",
            Self::FirstGradients => "Gradients at the first step",
            Self::LastGradients => "Gradients at the last step",
            Self::LossByDepth => "Loss by depth",
            Self::Lesions => "Without one block",
        }
    }

    /// What is shown, in half a sentence.
    pub fn subtitle(self) -> &'static str {
        match self {
            Self::Loss => "training, in nats",
            Self::FirstGradients | Self::LastGradients => "norm in each layer, image left, scores right",
            Self::LossByDepth => "training, mean of the last ten steps",
            Self::Lesions => "held-out accuracy; block 0 stands for the whole network",
        }
    }

    /// What the x axis counts.
    pub fn x_label(self) -> &'static str {
        match self {
            Self::Loss => "steps",
            Self::FirstGradients | Self::LastGradients => "layers",
            Self::LossByDepth => "layers deep",
            Self::Lesions => "blocks",
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
