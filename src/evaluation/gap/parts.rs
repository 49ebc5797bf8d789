//! The differences between neighbouring passes: the causes of the gap.

use super::{GapLevel, GapMeasure, GapMetrics};
use crate::language::format::decimals;
use crate::language::text;

/// What the gap is measured in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum GapUnit {
    /// Tenths of a percentage point of accuracy.
    #[default]
    Accuracy,
    /// Thousandths of a nat of loss.
    Loss,
}

impl GapUnit {
    /// A measured number in whole units: what is shown adds up because it is rounded before it is subtracted.
    pub(super) fn of(self, measure: &GapMeasure) -> i64 {
        let value = match self {
            Self::Accuracy => f64::from(measure.accuracy),
            Self::Loss => f64::from(measure.loss),
        };
        // A loss that is no number, or beyond all bounds, becomes 0 or the largest there is.
        (value * 1000.0).round().clamp(-1e12, 1e12) as i64
    }

    /// So many units as people read them: `12.3`, `0.250`.
    pub fn number(self, units: i64) -> String {
        match self {
            Self::Accuracy => decimals(units as f64 / 10.0, 1),
            Self::Loss => decimals(units as f64 / 1000.0, 3),
        }
    }

    /// The same with its sign: `+12.3`, `−0.250`.
    pub fn signed(self, units: i64) -> String {
        let sign = match units {
            0 => "",
            1.. => "+",
            _ => "−",
        };
        format!("{sign}{}", self.number(units.abs()))
    }
}

/// One cause of the gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GapPart {
    /// The pass that takes the cause away.
    pub level: GapLevel,
    /// How much less it has than the pass before it, in the gap's unit; negative for more.
    pub less: i64,
    /// What the pass measured, in the same unit.
    pub value: i64,
}

impl GapPart {
    /// The cause in a few words.
    pub fn cause(&self) -> &'static str {
        match self.level {
            GapLevel::Reported | GapLevel::Trained => text!("The network changed during the epoch"),
            GapLevel::WithoutAugmentation => text!("Augmentation"),
            GapLevel::WithoutDropout => text!("Dropout"),
            GapLevel::MovingStatistics => text!("Moving statistics of batch norm"),
            GapLevel::HeldOut => text!("Images it has not learnt from"),
        }
    }
}

/// The gap and its causes, which add up to it exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What the numbers are.
    pub unit: GapUnit,
    /// What training reported.
    pub reported: i64,
    /// What the held-out images gave.
    pub held_out: i64,
    /// In the order of the passes.
    pub parts: Vec<GapPart>,
}

/// A bar of a waterfall, in the gap's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GapBar {
    /// What it shows.
    pub label: &'static str,
    /// Where the bar before it ended; 0 for the first and the last.
    pub from: i64,
    /// Where it ends.
    pub to: i64,
    /// Whether it is a measured number and not a difference.
    pub is_end: bool,
}

impl Gap {
    /// Splits what was measured; none where the first or the last pass is missing.
    pub fn new(measured: &GapMetrics, unit: GapUnit) -> Option<Self> {
        let [first, .., last] = measured.levels.as_slice() else { return None };
        if first.level != GapLevel::Reported || last.level != GapLevel::HeldOut {
            return None;
        }
        let part = |pair: &[GapMeasure]| {
            let [before, after] = pair else { return None };
            Some(GapPart { level: after.level, less: unit.of(before) - unit.of(after), value: unit.of(after) })
        };
        let parts = measured.levels.windows(2).filter_map(part).collect();
        Some(Self { unit, reported: unit.of(first), held_out: unit.of(last), parts })
    }

    /// What training reported less what the held-out images gave.
    pub fn total(&self) -> i64 {
        self.reported - self.held_out
    }

    /// What a waterfall draws, from what training reported to what the held-out images gave.
    pub fn bars(&self) -> Vec<GapBar> {
        let end = |label, value| GapBar { label, from: 0, to: value, is_end: true };
        let mut bars = vec![end(text!("Training accuracy as reported"), self.reported)];
        bars.extend(self.parts.iter().map(|part| GapBar {
            label: part.cause(),
            from: part.value + part.less,
            to: part.value,
            is_end: false,
        }));
        bars.push(end(text!("Held-out accuracy"), self.held_out));
        bars
    }

    /// The cause that makes most of the gap: the largest in its direction.
    pub fn largest(&self) -> Option<&GapPart> {
        let direction = if self.total() < 0 { -1 } else { 1 };
        self.parts.iter().max_by_key(|part| part.less * direction)
    }
}
