//! What all rules have in common: how one weight follows its gradient.

use burn::tensor::Tensor;

/// How one weight follows its gradient, and what is remembered of it meanwhile.
pub trait Rule: Sized {
    /// Nothing remembered yet, for a weight of that size.
    fn new(like: &Tensor<1>) -> Self;

    /// The weight after the step, `[numbers]`, and what is remembered then.
    fn follow(self, turn: Turn) -> (Tensor<1>, Self);

    /// What is remembered, in the order of [`OptimizerKind::memory_parts`], `[numbers]` each.
    fn parts(&self) -> Vec<Tensor<1>>;

    /// The same from its parts; none when there are more or fewer.
    fn from_parts(parts: Vec<Tensor<1>>) -> Option<Self>;
}

/// A weight whose turn it is, off autodiff.
#[derive(Debug)]
pub struct Turn {
    /// `[numbers]`.
    pub weight: Tensor<1>,
    /// `[numbers]`.
    pub gradient: Tensor<1>,
    /// How it moves.
    pub step: RuleStep,
}

/// One step of one weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleStep {
    /// Step length.
    pub learning_rate: f64,
    /// 1 for the first step.
    pub number: i32,
    /// How many times the weight is added to its gradient.
    pub weight_in_gradient: f64,
    /// Share of its velocity that SGD keeps.
    pub momentum: f64,
    /// Whether SGD looks ahead.
    pub nesterov: bool,
}

impl RuleStep {
    /// The gradient of loss and penalty together.
    pub(super) fn with_penalty(&self, gradient: Tensor<1>, weight: &Tensor<1>) -> Tensor<1> {
        if self.weight_in_gradient == 0.0 { gradient } else { gradient + weight.clone().mul_scalar(self.weight_in_gradient) }
    }
}
