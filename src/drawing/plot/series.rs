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
    /// The same of another run, told apart by dashes.
    HeldOutDashed,
    /// Something to compare with.
    Compared,
    /// The same, told apart by dashes.
    ComparedDashed,
    /// An earlier run, in one of five styles that stand apart by hue and dashes.
    EarlierRun(usize),
    /// A network with skip connections, beside one without.
    Skips,
    /// The same, told apart by dashes.
    SkipsDashed,
}

const EARLIER_RUNS: [&str; 5] = ["curve-compared", "curve-second", "curve-compared dashed", "curve-second dashed", "curve-compared dotted"];

impl CurveRole {
    /// Class of its elements in `curves.css`.
    pub fn css_class(self) -> &'static str {
        match self {
            Self::Training => "curve-training",
            Self::TrainingDashed => "curve-training dashed",
            Self::HeldOut => "curve-held-out",
            Self::HeldOutDashed => "curve-held-out dashed",
            Self::Compared => "curve-compared",
            Self::ComparedDashed => "curve-compared dashed",
            Self::EarlierRun(style) => EARLIER_RUNS[style % EARLIER_RUNS.len()],
            Self::Skips => "curve-skips",
            Self::SkipsDashed => "curve-skips dashed",
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
    /// Whether the line is smoothed.
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
    /// Whether the values as they came lie behind the smoothed line; of earlier runs they would be too much to read.
    pub fn shows_raw(&self) -> bool {
        self.smoothed && !matches!(self.role, CurveRole::EarlierRun(_))
    }

    /// The main line: smoothed as suits a run of `steps` steps, or as it is.
    pub fn main_line(&self, steps: f64) -> Vec<PlotPoint> {
        if self.smoothed { smooth(&self.points, smoothing_for(steps)) } else { self.points.clone() }
    }
}
