//! Gradient clipping by the length of all gradients together, as Keras' `global_clipnorm`.

use burn::module::{Module, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

use super::update::penalty_slope;

/// What all gradients are multiplied by so that they are at most `limit` long, `[1]`; 1 where they are. Stays on the device.
/// None where there are no gradients.
pub(super) fn scale<M: Module>(module: &M, gradients: &GradientsParams, l2: f64, limit: f64) -> Option<Tensor<1>> {
    let mut squares = Squares { gradients, l2, sum: None };
    module.visit(&mut squares);
    Some(squares.sum?.sqrt().clamp_min(limit).recip().mul_scalar(limit))
}

struct Squares<'a> {
    gradients: &'a GradientsParams,
    l2: f64,
    /// `[1]`.
    sum: Option<Tensor<1>>,
}

impl ModuleVisitor for Squares<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let Some(gradient) = self.gradients.get::<D>(param.id) else { return };
        let slope = penalty_slope::<D>(self.l2);
        let gradient = if slope > 0.0 { gradient + param.val().inner().mul_scalar(slope) } else { gradient };
        let square = gradient.square().sum();
        self.sum = Some(match self.sum.take() {
            Some(sum) => sum + square,
            None => square,
        });
    }
}
