//! How the learning rate changes while a run goes on.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use crate::spec::Named;

/// Course of the learning rate over a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScheduleShape {
    /// The same from the first step to the last.
    #[default]
    Constant,
    /// Shorter by a factor from certain epochs on; the tutorial's 0.003, 0.0003 and 0.00003.
    Step,
    /// Half a cosine from full length to nothing (Loshchilov & Hutter 2017).
    Cosine,
    /// Up in a line for the first quarter of the run, then down along a cosine (after Smith 2018).
    OneCycle,
}

impl Named for ScheduleShape {
    const ALL: &'static [Self] = &[Self::Constant, Self::Step, Self::Cosine, Self::OneCycle];

    fn name(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::Step => "step",
            Self::Cosine => "cosine",
            Self::OneCycle => "one-cycle",
        }
    }
}

/// Share of a run in which one-cycle goes up.
const ONE_CYCLE_PEAK: f64 = 0.25;
/// Where it begins, as a share of its peak.
const ONE_CYCLE_START: f64 = 0.04;

/// Epochs in rising order, counted from 0; at most four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Epochs([u16; 4]);

impl Epochs {
    /// Most of them.
    pub const MOST: usize = 4;

    /// None where there are none, more than four, or where they do not rise from 1.
    pub fn new(epochs: &[u16]) -> Option<Self> {
        let rising = epochs.windows(2).all(|pair| matches!(pair, [earlier, later] if earlier < later));
        let mut kept = [0; Self::MOST];
        kept.get_mut(..epochs.len())?.copy_from_slice(epochs);
        (rising && epochs.first().is_some_and(|first| *first > 0)).then_some(Self(kept))
    }

    /// The epochs.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().map(|epoch| usize::from(*epoch)).filter(|epoch| *epoch > 0)
    }
}

/// How the learning rate goes on from its full value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Schedule {
    /// Its course.
    pub shape: ScheduleShape,
    /// Epochs before which [`ScheduleShape::Step`] shortens steps: 10 for the eleventh.
    pub drop_epochs: Epochs,
    /// By what it multiplies them each time.
    pub drop_factor: f64,
    /// First steps in which the length rises in a line from nothing, whatever the course afterwards.
    pub warm_up_steps: usize,
    /// Epochs without a lower validation loss after which steps are shortened; 0 for never. Keras' `ReduceLROnPlateau`.
    pub plateau_patience: usize,
    /// By what they are multiplied then.
    pub plateau_factor: f64,
}

impl Default for Schedule {
    fn default() -> Self {
        let (drop_epochs, shape) = (Epochs([10, 50, 0, 0]), ScheduleShape::default());
        Self { shape, drop_epochs, drop_factor: 0.1, warm_up_steps: 0, plateau_patience: 0, plateau_factor: 0.1 }
    }
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceInRun {
    /// Steps done before this one.
    pub step: usize,
    /// Steps of an epoch.
    pub steps_per_epoch: usize,
    /// Steps of the whole run.
    pub total_steps: usize,
}

impl Schedule {
    /// Learning rate of a step as a share of the full one, plateaus left aside.
    pub fn share_at(&self, place: PlaceInRun) -> f64 {
        let PlaceInRun { step, steps_per_epoch, total_steps } = place;
        if step < self.warm_up_steps {
            return (step + 1) as f64 / self.warm_up_steps as f64;
        }
        let left = total_steps.saturating_sub(self.warm_up_steps).max(1);
        let progress = ((step - self.warm_up_steps) as f64 / left as f64).min(1.0);
        match self.shape {
            ScheduleShape::Constant => 1.0,
            ScheduleShape::Step => {
                let epoch = step / steps_per_epoch.max(1);
                self.drop_epochs.iter().filter(|drop| epoch >= *drop).map(|_| self.drop_factor).product()
            }
            ScheduleShape::Cosine => half_cosine(progress),
            ScheduleShape::OneCycle if progress < ONE_CYCLE_PEAK => ONE_CYCLE_START + (1.0 - ONE_CYCLE_START) * progress / ONE_CYCLE_PEAK,
            ScheduleShape::OneCycle => half_cosine((progress - ONE_CYCLE_PEAK) / (1.0 - ONE_CYCLE_PEAK)),
        }
    }
}

fn half_cosine(progress: f64) -> f64 {
    0.5 * (1.0 + (PI * progress).cos())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: PlaceInRun = PlaceInRun { step: 0, steps_per_epoch: 10, total_steps: 1000 };

    fn shares(schedule: Schedule, steps: &[usize]) -> Vec<f64> {
        steps.iter().map(|step| schedule.share_at(PlaceInRun { step: *step, ..RUN })).collect()
    }

    fn close(found: &[f64], wanted: &[f64]) -> bool {
        found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 1e-12)
    }

    #[test]
    fn the_usual_schedule_leaves_steps_as_they_are() {
        assert_eq!(shares(Schedule::default(), &[0, 1, 99, 999]), [1.0; 4], "a link without a schedule trains as it did");
    }

    /// Keras: `LearningRateScheduler` with the tutorial's function.
    #[test]
    fn learning_rate_scheduler_drops_at_epochs_10_and_50() {
        let schedule = Schedule { shape: ScheduleShape::Step, ..Default::default() };
        let rates: Vec<f64> = shares(schedule, &[0, 99, 100, 499, 500, 999]).iter().map(|share| 0.003 * share).collect();
        assert!(close(&rates, &[0.003, 0.003, 0.0003, 0.0003, 0.000_03, 0.000_03]), "epochs 0 to 9, 10 to 49, from 50: {rates:?}");
    }

    #[test]
    fn a_cosine_falls_from_all_to_nothing() {
        let found = shares(Schedule { shape: ScheduleShape::Cosine, ..Default::default() }, &[0, 250, 500, 1000, 2000]);
        let quarter = 0.5 * (1.0 + std::f64::consts::FRAC_1_SQRT_2);
        assert!(close(&found, &[1.0, quarter, 0.5, 0.0, 0.0]), "{found:?}");
    }

    #[test]
    fn one_cycle_peaks_after_a_quarter() {
        let found = shares(Schedule { shape: ScheduleShape::OneCycle, ..Default::default() }, &[0, 125, 250, 625, 1000]);
        assert!(close(&found, &[0.04, 0.52, 1.0, 0.5, 0.0]), "{found:?}");
    }

    #[test]
    fn a_warm_up_comes_before_any_course() {
        let schedule = Schedule { shape: ScheduleShape::Cosine, warm_up_steps: 100, ..Default::default() };
        let found = shares(schedule, &[0, 49, 99, 100, 550, 1000]);
        assert!(close(&found, &[0.01, 0.5, 1.0, 1.0, 0.5, 0.0]), "the first step moves, the cosine has what is left: {found:?}");
    }

    #[test]
    fn epochs_rise_from_one() {
        assert_eq!(Epochs::new(&[10, 50]), Some(Schedule::default().drop_epochs), "the tutorial's");
        for wrong in [&[][..], &[0, 3], &[5, 5], &[5, 2], &[1, 2, 3, 4, 5]] {
            assert_eq!(Epochs::new(wrong), None, "{wrong:?}");
        }
    }
}
