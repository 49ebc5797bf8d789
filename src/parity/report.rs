//! What a comparison found.

use serde::{Deserialize, Serialize};

/// Worst error of each quantity of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParityReport {
    /// Depth of the network.
    pub depth: usize,
    /// Filters of its stem.
    pub start_filters: usize,
    /// Largest difference of a logit in inference mode.
    pub inference_logits: f64,
    /// Largest difference of a probability in inference mode.
    pub inference_probabilities: f64,
    /// Relative difference of the cross-entropy in inference mode.
    pub inference_loss_relative: f64,
    /// Largest difference of a logit in training mode.
    pub training_logits: f64,
    /// Largest difference of a probability in training mode.
    pub training_probabilities: f64,
    /// Relative difference of the cross-entropy before the first step.
    pub loss_relative: f64,
    /// Relative difference of the L2 penalty before the first step.
    pub penalty_relative: f64,
    /// Largest relative distance `|g − g′| / |g′|` of a weight's gradient; biases of convolutions before a batch norm
    /// are left out, whose gradient is 0.
    pub gradient_relative: f64,
    /// The weight whose gradient that is.
    pub gradient_worst: String,
    /// Gradients compared.
    pub gradients_compared: usize,
    /// Largest difference of a moving mean or variance after one step.
    pub batch_norm_statistics: f64,
    /// Largest difference of a weight after one step, where the reference's gradient stays away from 0.
    pub weights_after_1_step: f64,
    /// Largest difference of a weight after three steps, likewise.
    pub weights_after_3_steps: f64,
    /// Difference that 99.9 % of those weights stay below.
    pub weights_after_3_steps_all_but_a_thousandth: f64,
    /// Largest difference of a moving mean or variance after three steps.
    pub batch_norm_statistics_after_3_steps: f64,
    /// Weights compared after three steps.
    pub weights_compared: usize,
    /// Largest relative difference of the cross-entropy before any of the three steps.
    pub losses_relative: f64,
    /// Whether every quantity is within its bound: probabilities 1e-4, losses 1e-5 relative before the first step,
    /// gradients 1e-3 relative, statistics 1e-5, weights after three steps 1e-4 for all but a thousandth and 1e-3 for all.
    pub within_bounds: bool,
}

impl ParityReport {
    /// Judges itself.
    pub(super) fn judged(mut self) -> Self {
        self.within_bounds = [
            (self.inference_probabilities, 1e-4),
            (self.training_probabilities, 1e-4),
            (self.inference_loss_relative, 1e-5),
            (self.loss_relative, 1e-5),
            (self.penalty_relative, 1e-5),
            (self.gradient_relative, 1e-3),
            (self.batch_norm_statistics, 1e-5),
            (self.weights_after_3_steps_all_but_a_thousandth, 1e-4),
            // A ReLU that is within rounding of 0 may flip between steps; Keras itself differs by this much from float64.
            (self.weights_after_3_steps, 1e-3),
        ]
        .into_iter()
        .all(|(error, bound)| error <= bound);
        self
    }
}
