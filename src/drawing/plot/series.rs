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
    /// The run of whoever made the link.
    Author,
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
            Self::Author => "curve-author",
        }
    }
}

/// Dashes of earlier runs on paper, in the order of their styles.
const EARLIER_RUNS_ON_PAPER: [&str; 5] = ["14 4", "8 3 1 3 1 3", "14 4 2 4 2 4", "1 3 6 3", "0.1 5"];

impl CurveRole {
    /// Dashes of its line on paper, where colours may be missing; none for a whole line. `print.css` has the same.
    pub fn dashes(self) -> &'static str {
        match self {
            Self::Training | Self::Skips => "none",
            Self::TrainingDashed | Self::SkipsDashed => "6 5",
            Self::HeldOut => "10 3 2 3",
            Self::HeldOutDashed => "3 3",
            Self::Compared => "14 4",
            Self::ComparedDashed => "14 4 2 4 2 4",
            Self::Author => "22 3",
            Self::EarlierRun(style) => EARLIER_RUNS_ON_PAPER[style % EARLIER_RUNS_ON_PAPER.len()],
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_paper_lines_that_meet_are_told_apart_without_colour() {
        let of_a_run = [CurveRole::Training, CurveRole::TrainingDashed, CurveRole::HeldOut, CurveRole::HeldOutDashed, CurveRole::Author];
        let all = of_a_run.into_iter().chain((0..5).map(CurveRole::EarlierRun)).map(CurveRole::dashes);
        assert_eq!(all.collect::<std::collections::BTreeSet<_>>().len(), 10);
        let of_a_study = [CurveRole::Skips, CurveRole::SkipsDashed, CurveRole::Compared, CurveRole::ComparedDashed];
        assert_eq!(of_a_study.map(CurveRole::dashes).into_iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    }

    #[test]
    fn the_style_for_print_has_the_same_dashes() {
        let style = include_str!("../../../www/print.css");
        let earlier = (0..5).map(CurveRole::EarlierRun);
        let roles = [
            CurveRole::TrainingDashed,
            CurveRole::HeldOut,
            CurveRole::HeldOutDashed,
            CurveRole::Compared,
            CurveRole::SkipsDashed,
            CurveRole::Author,
        ];
        for role in roles.into_iter().chain(earlier) {
            let selector = format!("\n  .{} .chart-line {{", role.css_class().replace(' ', "."));
            let rule = style.split_once(&selector).and_then(|(_, rest)| rest.split_once('}')).map(|(rule, _)| rule).unwrap_or_default();
            assert!(rule.contains(&format!("stroke-dasharray: {};", role.dashes())), "{role:?}: {selector} {rule}");
        }
    }
}
