//! One curve and its points.

use serde::{Deserialize, Serialize};

use super::{PlotPoint, smooth, smoothing_for};

/// What a curve stands for, hence its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CurveRole {
    /// Images the network learns from.
    Training,
    /// The same earlier, told apart by dashes.
    TrainingDashed,
    /// Images it never learns from.
    HeldOut,
    /// An earlier run, to compare with.
    Compared,
    /// The same, told apart by dashes.
    ComparedDashed,
    /// A network with skip connections, beside one without.
    Skips,
    /// The same, told apart by dashes.
    SkipsDashed,
}

impl CurveRole {
    /// Class of its elements in `chart.css`.
    pub fn css_class(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::TrainingDashed => "training dashed",
            Self::HeldOut => "held-out",
            Self::Compared => "compared",
            Self::ComparedDashed => "compared dashed",
            Self::Skips => "skips",
            Self::SkipsDashed => "skips dashed",
        }
    }
}

/// One curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CurveSeries {
    /// Name in the legend.
    pub name: String,
    /// Colour.
    pub role: CurveRole,
    /// In rising x; what is not finite becomes a gap.
    pub points: Vec<PlotPoint>,
    /// Whether a smoothed line is drawn over the faint raw one.
    pub smoothed: bool,
    /// Whether each point has a dot.
    pub markers: bool,
}

/// A value read off a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// Where.
    pub x: f64,
    /// What, as the main line shows it.
    pub y: f64,
}

impl CurveSeries {
    /// The main line: smoothed as suits a run of `steps` steps, or as it is.
    pub fn main_line(&self, steps: f64) -> Vec<PlotPoint> {
        if self.smoothed { smooth(&self.points, smoothing_for(steps)) } else { self.points.clone() }
    }
}
