//! What every rule has in common: weights found by name, penalty, clipping, decay.

use burn::module::{Module, ModuleMapper, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

use std::collections::BTreeMap;

use super::WeightMemory;
use super::rule::RuleStep;
use crate::experiment::hyperparameters::OptimizerChoice;
use crate::model::ops::autodiff_context::{context, in_context};

/// What an optimizer is at one step.
pub(super) struct State<'a> {
    /// The rule and its settings.
    pub choice: OptimizerChoice,
    /// 1 for the first step.
    pub number: i32,
    /// By the weight's dotted name.
    pub memory: &'a mut BTreeMap<String, WeightMemory>,
}

/// Moves every weight of `module` that has a gradient; gradients are multiplied by `scale`, `[1]`, if there is one.
pub(super) fn update<M: Module>(
    state: State<'_>,
    module: M,
    gradients: GradientsParams,
    settings: UpdateSettings,
    scale: Option<Tensor<1>>,
) -> M {
    module.map(&mut Update { state, gradients, path: Vec::new(), settings, scale })
}

/// How many times a weight with `D` axes is added to its gradient. Only convolution kernels have four; dense kernels and all
/// biases go free, as in the tutorial.
pub(super) fn penalty_slope<const D: usize>(l2: f64) -> f64 {
    if D == 4 { 2.0 * l2 } else { 0.0 }
}

struct Update<'a> {
    state: State<'a>,
    gradients: GradientsParams,
    path: Vec<String>,
    settings: UpdateSettings,
    scale: Option<Tensor<1>>,
}

impl ModuleMapper for Update<'_> {
    fn enter_module(&mut self, name: &str, _container_type: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container_type: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, tensor, mapper) = param.consume();
        let Some(gradient) = self.gradients.remove::<D>(id) else {
            return Param::from_mapped_value(id, tensor, mapper);
        };
        let shape = tensor.dims();
        let count = [shape.iter().product::<usize>()];
        let autodiff = context(&tensor);
        let (mut weight, mut gradient) = (tensor.inner().reshape(count), gradient.reshape(count));
        let choice = self.state.choice;
        let mut step = RuleStep {
            learning_rate: self.settings.learning_rate,
            number: self.state.number,
            weight_in_gradient: penalty_slope::<D>(self.settings.l2),
            momentum: choice.momentum,
            nesterov: choice.nesterov,
        };
        if let Some(scale) = &self.scale {
            gradient = step.with_penalty(gradient, &weight) * scale.clone();
            step.weight_in_gradient = 0.0;
        }
        // Kernels, convolution and dense, have more than one axis; batch norm and biases are not drawn to 0.
        if D > 1 && choice.weight_decay > 0.0 {
            weight = weight.mul_scalar(1.0 - step.learning_rate * choice.weight_decay);
        }
        let name = self.path.join(".");
        // Taken out, so that the step owns it and moves it in place.
        let memory = self.state.memory.remove(&name).unwrap_or_else(|| WeightMemory::new(choice.kind, &gradient));
        let (updated, memory) = memory.follow(weight, gradient, step);
        self.state.memory.insert(name, memory);
        let tensor = in_context(updated.reshape(shape), autodiff).require_grad();
        Param::from_mapped_value(id, tensor, mapper)
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
