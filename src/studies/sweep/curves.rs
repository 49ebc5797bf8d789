//! Curves of groups: the mean over the seeds, and a band from the lowest to the highest.

use crate::drawing::plot::{CurveBand, CurveRole, CurveSeries};

use super::groups::SweepGroup;
use super::line::{EpochLine, Outcome};
use super::spread::Spread;

/// Styles that can be told apart by hue and dashes. Those of earlier runs have their names at the ends of their lines, beside no others.
const STYLES: [CurveRole; 8] = [
    CurveRole::Training,
    CurveRole::Skips,
    CurveRole::HeldOut,
    CurveRole::Compared,
    CurveRole::TrainingDashed,
    CurveRole::SkipsDashed,
    CurveRole::HeldOutDashed,
    CurveRole::ComparedDashed,
];
/// Groups that are drawn at once.
pub const MOST_DRAWN: usize = STYLES.len();

/// A number of an epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Share of the held-out images classified correctly.
    HeldOutAccuracy,
    /// Mean training loss.
    TrainingLoss,
}

impl Quantity {
    fn of(self, epoch: &EpochLine) -> Option<f64> {
        match self {
            Self::HeldOutAccuracy => epoch.held_out_accuracy,
            Self::TrainingLoss => epoch.train_loss,
        }
    }
}

/// The curve of a group with its spread.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupCurve {
    /// Mean over the finished runs of the group.
    pub mean: CurveSeries,
    /// From the lowest of them to the highest; empty where there is but one.
    pub band: CurveBand,
}

impl GroupCurve {
    /// Curve by epoch in the style of that place. It is drawn as far as all finished runs went: where one leaves, a mean would jump.
    pub fn new(group: &SweepGroup, quantity: Quantity, style: usize) -> Self {
        let role = Self::role(style);
        let finished: Vec<&[EpochLine]> =
            group.runs.iter().filter(|run| run.line.outcome == Outcome::Finished).map(|run| run.line.epochs.as_slice()).collect();
        let epochs = finished.iter().map(|epochs| epochs.len()).min().unwrap_or_default();
        let spreads = (0..epochs).filter_map(|place| {
            let at: Vec<&EpochLine> = finished.iter().filter_map(|epochs| epochs.get(place)).collect();
            let values: Vec<f64> = at.iter().filter_map(|epoch| quantity.of(epoch)).collect();
            Some((at.first()?.epoch as f64, Spread::of(&values).filter(|spread| spread.count == finished.len())?))
        });
        let spreads: Vec<(f64, Spread)> = spreads.collect();
        let points = spreads.iter().map(|(epoch, spread)| (*epoch, spread.mean)).collect();
        let mean = CurveSeries { name: group.name.clone(), role, points, smoothed: false, markers: true };
        let several = spreads.iter().filter(|(_, spread)| spread.count > 1);
        let band = CurveBand {
            name: group.name.clone(),
            role,
            points: several.map(|(epoch, spread)| (*epoch, [spread.lowest, spread.highest])).collect(),
        };
        Self { mean, band }
    }

    /// The highest value that is drawn.
    pub fn highest(&self) -> Option<f64> {
        let on_line = self.mean.points.iter().map(|(_, mean)| *mean).reduce(f64::max);
        self.band.highest().into_iter().chain(on_line).reduce(f64::max)
    }

    /// Style of the group at that place of the table; after [`MOST_DRAWN`] they begin anew.
    pub fn role(place: usize) -> CurveRole {
        STYLES.get(place % STYLES.len()).copied().unwrap_or(CurveRole::Compared)
    }
}
