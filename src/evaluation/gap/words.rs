//! The gap in a sentence: its largest cause, and what follows from it.

use super::{Gap, GapLevel, GapMetrics, GapUnit};
use crate::language::format::{decimals, grouped, localised};
use crate::language::{text, tr};
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
                    tr!(
                        "Hardly a gap, because causes cancel: the largest, {cause}, makes {points} points.",
                        cause = inside(part.level),
                        points = points(part.less)
                    )
                }
                _ => tr!("Hardly a gap: {points} points.", points = points(total)),
            };
        }
        let share = share(largest.less.abs(), total.abs());
        if total < 0 {
            return self.above(largest.level, &share);
        }
        match largest.level {
            GapLevel::HeldOut => {
                tr!("It remembers its training images: {share}. More images, augmentation or regularisation shrink this part.", share)
            }
            GapLevel::MovingStatistics => self.moving_statistics(&share),
            GapLevel::Reported | GapLevel::Trained => {
                tr!("The last steps made it worse than the epoch's mean: {share}. A smaller learning rate keeps it from swinging.", share)
            }
            GapLevel::WithoutDropout => {
                tr!(
                    "It answers worse without dropout than with it: {share}. A lower dropout rate makes training more like evaluation.",
                    share
                )
            }
            GapLevel::WithoutAugmentation => {
                tr!(
                    "It knows images only as augmentation changes them: {share}. Weaker augmentation makes training more like evaluation.",
                    share
                )
            }
        }
    }

    fn moving_statistics(&self, share: &str) -> String {
        let steps = self.steps_done;
        let kept = BATCH_NORM_MOMENTUM.powi(i32::try_from(steps).unwrap_or(i32::MAX));
        if kept >= YOUNG {
            return tr!(
                "Batch norm's moving statistics: {share}. After {steps} step at momentum {momentum} they are still {kept}\u{a0}% \
                 starting values: train longer."
                    | "Batch norm's moving statistics: {share}. After {steps} steps at momentum {momentum} they are still {kept}\u{a0}% \
                       starting values: train longer."
                        % steps,
                share,
                steps = grouped(steps),
                momentum = localised(&BATCH_NORM_MOMENTUM.to_string()),
                kept = decimals(kept * 100.0, 0)
            );
        }
        tr!(
            "Batch norm's moving statistics lag behind the weights: {share}. A smaller learning rate in the last epochs lets them \
             catch up.",
            share
        )
    }

    /// Held-out accuracy is above training accuracy.
    fn above(&self, level: GapLevel, share: &str) -> String {
        let because = match level {
            GapLevel::Reported | GapLevel::Trained => {
                text!("the training number is a mean over an epoch in which the network became better")
            }
            GapLevel::WithoutDropout => text!("dropout makes training harder than evaluation"),
            GapLevel::WithoutAugmentation => text!("augmentation makes training images harder"),
            GapLevel::MovingStatistics => text!("moving statistics are steadier than those of single batches"),
            GapLevel::HeldOut => text!("the held-out images happen to be easier"),
        };
        tr!("Held-out accuracy is higher: {because} ({share}).", because, share)
    }

    /// How it was measured, in a sentence.
    pub fn method(&self) -> String {
        let images = |level: GapLevel| self.levels.iter().find(|measure| measure.level == level).map_or(0, |measure| measure.images);
        let (measured, of_steps, held_out) = (images(GapLevel::Trained), images(GapLevel::Reported), images(GapLevel::HeldOut));
        let is_sample = measured < of_steps;
        let (step, steps) = (grouped(self.steps_done), grouped(self.mean_of_steps));
        let (images, held_out) = (grouped(measured), grouped(held_out));
        if is_sample {
            tr!(
                "Measured after step {step} with {images} training images of the last {steps} step, a sample drawn evenly from them, and \
                 {held_out} held-out images. No weight changed."
                    | "Measured after step {step} with {images} training images of the last {steps} steps, a sample drawn evenly from them, \
                       and {held_out} held-out images. No weight changed."
                        % self.mean_of_steps,
                step,
                images,
                steps,
                held_out
            )
        } else {
            tr!(
                "Measured after step {step} with {images} training images of the last {steps} step, and {held_out} held-out images. \
                 No weight changed."
                    | "Measured after step {step} with {images} training images of the last {steps} steps, and {held_out} held-out images. \
                       No weight changed."
                        % self.mean_of_steps,
                step,
                images,
                steps,
                held_out
            )
        }
    }
}

/// How much of the gap a cause makes. It may be more than all of it: then the others make less than nothing.
fn share(cause: i64, total: i64) -> String {
    if cause <= total {
        tr!("{part} of {whole} points", part = points(cause), whole = points(total))
    } else {
        tr!("{points} points, others −{others}", points = points(cause), others = points(cause - total))
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
            Self::Reported => text!("Reported by training: mean over the epoch"),
            Self::Trained => text!("Training mode, the weights of now"),
            Self::WithoutAugmentation => text!("… without augmentation"),
            Self::WithoutDropout => text!("… without dropout"),
            Self::MovingStatistics => text!("… with moving statistics: training images in evaluation"),
            Self::HeldOut => text!("Held-out images in evaluation"),
        }
    }
}

/// The cause within a sentence.
fn inside(level: GapLevel) -> &'static str {
    match level {
        GapLevel::Reported | GapLevel::Trained => text!("the mean over the epoch"),
        GapLevel::WithoutAugmentation => text!("augmentation"),
        GapLevel::WithoutDropout => text!("dropout"),
        GapLevel::MovingStatistics => text!("batch norm's moving statistics"),
        GapLevel::HeldOut => text!("images it has not learnt from"),
    }
}
