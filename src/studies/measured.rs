//! What was measured of one network.

use crate::evaluation::metrics::{HeldOutMetrics, LAST_STEPS, StepMetrics, last_loss};
use crate::insight::layer_stats::{LayerGradients, NetworkLook};
use crate::insight::lesion::Lesion;

use super::Candidate;

/// Losses nearer than this share of the larger one are as good as the same.
const CLOSE: f64 = 0.05;

/// A network and what was measured of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    pub candidate: &'a Candidate,
    pub measured: &'a Measured,
}

/// The first and the last of the networks with skip connections, or of those without; they stand in the order of their depths.
pub(super) fn shallowest_and_deepest<'a>(found: &[Found<'a>], skip_connections: bool) -> Option<[Found<'a>; 2]> {
    let mut of = found.iter().filter(|found| found.candidate.spec.skip_connections() == skip_connections);
    Some([*of.next()?, *of.next_back()?])
}

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

    /// How far the mean of other batches could lie from [`Measured::end_loss`]: its standard error, squared.
    fn end_variance(&self) -> f64 {
        let last = &self.steps[self.steps.len().saturating_sub(LAST_STEPS)..];
        let mean = last_loss(last).unwrap_or(f64::NAN);
        let squares: f64 = last.iter().map(|step| (f64::from(step.loss) - mean).powi(2)).sum();
        let count = last.len() as f64;
        squares / ((count - 1.0).max(1.0) * count.max(1.0))
    }

    /// Whether the losses of the two end so near to one another that other batches could turn them round.
    pub(super) fn ends_near(&self, other: &Self) -> bool {
        let (Some(one), Some(two)) = (self.end_loss(), other.end_loss()) else { return false };
        let difference = (one - two).abs();
        difference < CLOSE * one.max(two) || difference < 2.0 * (self.end_variance() + other.end_variance()).sqrt()
    }

    /// Whether it ends with a clearly larger loss than `other`; none when one of them diverged.
    pub(super) fn ends_worse_than(&self, other: &Self) -> Option<bool> {
        Some(self.end_loss()? > other.end_loss()? && !self.ends_near(other))
    }

    /// Share of the held-out images classified correctly.
    pub fn accuracy(&self) -> Option<f64> {
        self.held_out.map(|held_out| f64::from(held_out.accuracy))
    }

    /// Gradients at the first step.
    pub(super) fn first_gradients(&self) -> Option<&LayerGradients> {
        self.looks.first().map(|look| &look.gradients)
    }

    /// The look at the last step, where that is not the first.
    pub(super) fn last_look(&self) -> Option<&NetworkLook> {
        self.looks.last().filter(|look| look.gradients.step > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ending(losses: [f32; 10]) -> Measured {
        let steps = losses.into_iter().enumerate().map(|(step, loss)| StepMetrics { step, loss, accuracy: 0.1 }).collect();
        Measured { steps, ..Measured::default() }
    }

    #[test]
    fn losses_are_near_when_they_are_alike_or_their_batches_scatter() {
        let steady = ending([2.0; 10]);
        assert!(steady.ends_near(&ending([2.09; 10])), "a twentieth is nothing");
        assert!(!steady.ends_near(&ending([2.4; 10])), "a fifth is something");
        let scattered = ending([1.0, 3.0, 1.5, 3.5, 1.2, 3.6, 1.1, 3.4, 2.6, 3.1]);
        assert!(steady.ends_near(&scattered), "their mean is 2.4 too, but it could be anywhere");
    }
}
