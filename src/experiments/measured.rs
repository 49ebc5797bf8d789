//! What was measured of one network.

use crate::metrics::{HeldOutMetrics, NetworkLook, StepMetrics};
use crate::run_state::last_loss;

use super::Lesion;

/// A network as far as it was trained.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// Its steps, in order.
    pub steps: Vec<StepMetrics>,
    /// Looks inside at the first and at the last step.
    pub looks: Vec<NetworkLook>,
    /// The held-out images after the last step.
    pub held_out: Option<HeldOutMetrics>,
    /// The same with a lesion each.
    pub lesions: Vec<(Lesion, HeldOutMetrics)>,
}

impl Measured {
    /// The step whose loss was no number; nothing is trained after it.
    pub fn diverged_at(&self) -> Option<usize> {
        self.steps.iter().find(|step| !step.loss.is_finite()).map(|step| step.step)
    }

    /// Mean training loss of the last ten steps, in nats; none once it diverged.
    pub fn end_loss(&self) -> Option<f64> {
        last_loss(&self.steps).filter(|_| self.diverged_at().is_none())
    }

    /// Share of the held-out images classified correctly.
    pub fn accuracy(&self) -> Option<f64> {
        self.held_out.map(|held_out| f64::from(held_out.accuracy))
    }

    /// The look at step `last` where that is not the first.
    pub(super) fn last_look(&self) -> Option<&NetworkLook> {
        self.looks.last().filter(|look| look.gradients.step > 0)
    }
}
