//! One step of Adam with AMSGrad, all of a weight in one pass.

/// How much of the moving mean of the gradient a step keeps.
pub const BETA_1: f64 = 0.9;
/// How much of the moving mean of the squared gradient a step keeps.
pub const BETA_2: f64 = 0.999;
/// Keeps the step finite where there is no gradient; added after the root, as Keras does.
pub const EPSILON: f64 = 1e-7;

/// What differs from step to step and from weight to weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AmsGradStep {
    /// Learning rate with both bias corrections.
    pub step_length: f32,
    /// Adds this many times the weight to its gradient.
    pub weight_in_gradient: f32,
}

/// Moves a weight against its `gradient`. Its moments are the moving means of the gradient and of its square, and the largest
/// that the latter ever was; all are moved on.
pub fn amsgrad(step: AmsGradStep, weight: &mut [f32], gradient: &[f32], moments: [&mut [f32]; 3]) {
    let [first, second, largest_second] = moments;
    let moments = first.iter_mut().zip(second).zip(largest_second);
    for ((weight, gradient), ((first, second), largest)) in weight.iter_mut().zip(gradient).zip(moments) {
        let gradient = gradient + *weight * step.weight_in_gradient;
        *first = *first * BETA_1 as f32 + gradient * (1.0 - BETA_1) as f32;
        *second = *second * BETA_2 as f32 + gradient * gradient * (1.0 - BETA_2) as f32;
        *largest = largest.max(*second);
        *weight -= *first / (largest.sqrt() + EPSILON as f32) * step.step_length;
    }
}
