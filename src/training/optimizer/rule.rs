//! What all rules have in common: how one weight follows its gradient.

use burn::backend::ops::FloatTensorOps;
use burn::backend::{Dispatch, DispatchTensor, TensorMetadata};
use burn::tensor::{Device, Shape, Tensor};

/// How one weight follows its gradient, and what is remembered of it meanwhile.
pub trait Rule: Sized {
    /// Nothing remembered yet, for a weight of so many numbers.
    fn new(numbers: usize, device: &Device) -> Self;

    /// The weight after the step, in its shape, and what is remembered then.
    fn follow(self, turn: Turn) -> (DispatchTensor, Self);

    /// What is remembered, in the order of [`OptimizerKind::memory_parts`], `[numbers]` each.
    fn parts(&self) -> Vec<Tensor<1>>;

    /// The same from its parts; none when there are more or fewer.
    fn from_parts(parts: Vec<Tensor<1>>) -> Option<Self>;
}

/// A weight whose turn it is, off autodiff.
#[derive(Debug)]
pub struct Turn {
    /// Of any shape.
    pub weight: DispatchTensor,
    /// Of the weight's shape.
    pub gradient: DispatchTensor,
    /// How it moves.
    pub step: RuleStep,
    /// How far, with the corrections of the rule that depend on the step's number: `[1]`, since it changes from step to step.
    pub step_size: Tensor<1>,
}

/// As `[numbers]`.
pub(super) fn flat(tensor: DispatchTensor) -> Tensor<1> {
    let numbers = tensor.shape().num_elements();
    Tensor::from_dispatch(Dispatch::float_reshape(tensor, Shape::from([numbers])))
}

/// A flat weight in its shape again.
pub(super) fn in_shape(tensor: Tensor<1>, shape: Shape) -> DispatchTensor {
    Dispatch::float_reshape(tensor.into_dispatch(), shape)
}

/// One step of one weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleStep {
    /// How many times the weight is added to its gradient.
    pub weight_in_gradient: f64,
    /// Share of its velocity that SGD keeps.
    pub momentum: f64,
    /// Whether SGD looks ahead.
    pub nesterov: bool,
}

impl RuleStep {
    /// The gradient of loss and penalty together.
    pub(super) fn with_penalty<const D: usize>(&self, gradient: Tensor<D>, weight: &Tensor<D>) -> Tensor<D> {
        if self.weight_in_gradient == 0.0 { gradient } else { gradient + weight.clone().mul_scalar(self.weight_in_gradient) }
    }
}
