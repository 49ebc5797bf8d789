//! Optimizers with Keras' arithmetic: one file for each rule, one for what all do around it.

mod adam;
mod amsgrad;
mod clipping;
mod memory;
mod sgd;
mod update;

use std::collections::BTreeMap;

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

pub use adam::Adam;
pub use amsgrad::AmsGrad;
pub use memory::WeightMemory;
pub use sgd::Sgd;

use crate::experiment::hyperparameters::{OptimizerChoice, OptimizerKind};

/// How one weight follows its gradient, and what is remembered of it meanwhile.
pub trait Rule: Sized {
    /// Nothing remembered yet, for a weight of that size.
    fn new(like: &Tensor<1>) -> Self;

    /// The weight after the step, and what is remembered then; all `[numbers]`.
    fn follow(self, weight: Tensor<1>, gradient: Tensor<1>, step: RuleStep) -> (Tensor<1>, Self);

    /// What is remembered, in the order of [`OptimizerKind::memory_parts`].
    fn parts(&self) -> Vec<&Tensor<1>>;

    /// The same from its parts; none when there are more or fewer.
    fn from_parts(parts: Vec<Tensor<1>>) -> Option<Self>;
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
    fn with_penalty(&self, gradient: Tensor<1>, weight: &Tensor<1>) -> Tensor<1> {
        if self.weight_in_gradient == 0.0 { gradient } else { gradient + weight.clone().mul_scalar(self.weight_in_gradient) }
    }
}

/// How long a step is, and what is done to gradients before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UpdateSettings {
    /// Step length.
    pub learning_rate: f64,
    /// `λ` of Keras' `l2(λ)` on convolution kernels: adds `2λ·kernel` to their gradient.
    pub l2: f64,
}

/// Moves the weights of a network.
#[derive(Debug)]
pub struct Optimizer {
    choice: OptimizerChoice,
    steps: i32,
    /// By the weight's dotted name; a frozen weight has none.
    memory: BTreeMap<String, WeightMemory>,
}

impl Default for Optimizer {
    /// The tutorial's, AMSGrad.
    fn default() -> Self {
        Self::new(OptimizerChoice::default())
    }
}

impl Optimizer {
    /// Before its first step.
    pub fn new(choice: OptimizerChoice) -> Self {
        Self::resume(choice, 0, BTreeMap::new())
    }

    /// Goes on from where another left off after `steps` steps.
    pub fn resume(choice: OptimizerChoice, steps: i32, memory: BTreeMap<String, WeightMemory>) -> Self {
        Self { choice, steps, memory }
    }

    /// Its rule.
    pub fn kind(&self) -> OptimizerKind {
        self.choice.kind
    }

    /// Goes on with other settings; the rule must remember the same.
    pub(super) fn set_choice(&mut self, choice: OptimizerChoice) {
        if choice.kind.memory_parts() == self.choice.kind.memory_parts() {
            self.choice = choice;
        }
    }

    /// Steps made so far.
    pub fn steps(&self) -> i32 {
        self.steps
    }

    /// What it remembers, by the weights' dotted names.
    pub fn memory(&self) -> &BTreeMap<String, WeightMemory> {
        &self.memory
    }

    /// Moves every weight that has a gradient.
    pub fn step<M: Module>(&mut self, module: M, gradients: GradientsParams, settings: UpdateSettings) -> M {
        self.steps = self.steps.saturating_add(1);
        let limit = self.choice.clip_norm;
        let scale = (limit > 0.0).then(|| clipping::scale(&module, &gradients, settings.l2, limit)).flatten();
        update::update(self, module, gradients, settings, scale)
    }
}

#[cfg(test)]
mod tests;
