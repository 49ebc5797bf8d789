//! The gap in a sentence: its largest cause, and what follows from it.

use super::{Gap, GapLevel, GapMetrics, GapUnit};
use crate::format::grouped;
use crate::spec::BATCH_NORM_MOMENTUM;

/// A gap below one percentage point is none, and so is a cause.
const NOTEWORTHY_TENTHS: i64 = 10;
/// Share of their starting values from which moving statistics count as too young.
const YOUNG: f64 = 0.05;

impl GapMetrics {
    /// What makes most of the gap, and what follows: at most 25 words, empty where it was not measured.
    pub fn sentence(&self) -> String {
        let Some(gap) = Gap::new(self, GapUnit::Accuracy) else { return String::new() };
        let Some(largest) = gap.largest() else { return String::new() };
        let total = gap.total();
        if total.abs() < NOTEWORTHY_TENTHS {
            return match gap.parts.iter().max_by_key(|part| part.less.abs()) {
                Some(part) if part.less.abs() >= NOTEWORTHY_TENTHS => {
                    format!("Hardly a gap, because causes cancel: the largest, {}, makes {} points.", inside(part.level), points(part.less))
                }
                _ => format!("Hardly a gap: {} points.", points(total)),
            };
        }
        let share = share(largest.less.abs(), total.abs());
        if total < 0 {
            return self.above(largest.level, &share);
        }
        match largest.level {
            GapLevel::HeldOut => {
                format!("It remembers its training images: {share}. More images, augmentation or regularisation shrink this part.")
            }
            GapLevel::MovingStatistics => self.moving_statistics(&share),
            GapLevel::Reported | GapLevel::Trained => {
                format!("The last steps made it worse than the epoch's mean: {share}. A smaller learning rate keeps it from swinging.")
            }
            GapLevel::WithoutDropout => {
                format!("It answers worse without dropout than with it: {share}. A lower dropout rate makes training more like evaluation.")
            }
            GapLevel::WithoutAugmentation => {
                format!(
                    "It knows images only as augmentation changes them: {share}. Weaker augmentation makes training more like evaluation."
                )
            }
        }
    }

    fn moving_statistics(&self, share: &str) -> String {
        let steps = self.steps_done;
        let kept = BATCH_NORM_MOMENTUM.powi(i32::try_from(steps).unwrap_or(i32::MAX));
        if kept >= YOUNG {
            let plural = if steps == 1 { "step" } else { "steps" };
            return format!(
                "Batch norm's moving statistics: {share}. After {} {plural} at momentum {BATCH_NORM_MOMENTUM} they are still {:.0}\u{a0}% starting values: train longer.",
                grouped(steps),
                kept * 100.0
            );
        }
        format!(
            "Batch norm's moving statistics lag behind the weights: {share}. A smaller learning rate in the last epochs lets them catch up."
        )
    }

    /// Held-out accuracy is above training accuracy.
    fn above(&self, level: GapLevel, share: &str) -> String {
        let because = match level {
            GapLevel::Reported | GapLevel::Trained => "the training number is a mean over an epoch in which the network became better",
            GapLevel::WithoutDropout => "dropout makes training harder than evaluation",
            GapLevel::WithoutAugmentation => "augmentation makes training images harder",
            GapLevel::MovingStatistics => "moving statistics are steadier than those of single batches",
            GapLevel::HeldOut => "the held-out images happen to be easier",
        };
        format!("Held-out accuracy is higher: {because} ({share}).")
    }

    /// How it was measured, in a sentence.
    pub fn method(&self) -> String {
        let images = |level: GapLevel| self.levels.iter().find(|measure| measure.level == level).map_or(0, |measure| measure.images);
        let (measured, of_steps, held_out) = (images(GapLevel::Trained), images(GapLevel::Reported), images(GapLevel::HeldOut));
        let sample = if measured < of_steps { ", a sample drawn evenly from them" } else { "" };
        let plural = if self.mean_of_steps == 1 { "step" } else { "steps" };
        format!(
            "Measured after step {} with {} training images of the last {} {plural}{sample}, and {} held-out images. No weight changed.",
            grouped(self.steps_done),
            grouped(measured),
            grouped(self.mean_of_steps),
            grouped(held_out),
        )
    }
}

/// How much of the gap a cause makes. It may be more than all of it: then the others make less than nothing.
fn share(cause: i64, total: i64) -> String {
    if cause <= total {
        format!("{} of {} points", points(cause), points(total))
    } else {
        format!("{} points, others −{}", points(cause), points(cause - total))
    }
}

/// A difference without its sign: the sentence says which of the two is ahead.
fn points(units: i64) -> String {
    GapUnit::Accuracy.number(units.abs())
}

impl GapLevel {
    /// What the pass looks at, as a row of a table names it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reported => "Reported by training: mean over the epoch",
            Self::Trained => "Training mode, the weights of now",
            Self::WithoutAugmentation => "… without augmentation",
            Self::WithoutDropout => "… without dropout",
            Self::MovingStatistics => "… with moving statistics: training images in evaluation",
            Self::HeldOut => "Held-out images in evaluation",
        }
    }
}

/// The cause within a sentence.
fn inside(level: GapLevel) -> &'static str {
    match level {
        GapLevel::Reported | GapLevel::Trained => "the mean over the epoch",
        GapLevel::WithoutAugmentation => "augmentation",
        GapLevel::WithoutDropout => "dropout",
        GapLevel::MovingStatistics => "batch norm's moving statistics",
        GapLevel::HeldOut => "images it has not learnt from",
    }
}
