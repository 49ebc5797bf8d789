//! What every rule has in common: weights found by name, penalty, clipping, decay.

use burn::backend::{DispatchAutodiffContext, DispatchTensor};
use burn::module::{Module, ModuleMapper, Param, ParamId};
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};

use std::collections::BTreeMap;

use super::WeightMemory;
use super::rule::{RuleStep, Turn};
use crate::experiment::hyperparameters::OptimizerChoice;
use crate::model::ops::autodiff_context::{context, in_context};

/// What an optimizer is at one step.
pub(super) struct State<'a> {
    /// The rule and its settings.
    pub choice: OptimizerChoice,
    /// As [`Turn::step_size`].
    pub step_size: Tensor<1>,
    /// By the weight's dotted name.
    pub memory: &'a mut BTreeMap<String, WeightMemory>,
}

/// Moves every weight of `module` that has a gradient; gradients are multiplied by `scale`, `[1]`, if there is one.
///
/// All weights are taken out before the first is moved: a rule may move two at a time, and what nothing else holds moves in
/// its place.
pub(super) fn update<M: Module>(
    state: State<'_>,
    module: M,
    gradients: GradientsParams,
    settings: UpdateSettings,
    scale: Option<Tensor<1>>,
) -> M {
    let mut take = Take { state, gradients, path: Vec::new(), settings, scale, places: Vec::new(), turns: Vec::new() };
    let emptied = module.map(&mut take);
    let mut put_back = PutBack { moved: BTreeMap::new() };
    for (place, (weight, kept)) in take.places.into_iter().zip(WeightMemory::follow_all(take.turns)) {
        take.state.memory.insert(place.name, kept);
        put_back.moved.insert(place.id, (weight, place.autodiff));
    }
    emptied.map(&mut put_back)
}

/// How many times a weight with `D` axes is added to its gradient. Only convolution kernels have four; dense kernels and all
/// biases go free, as in the tutorial.
pub(super) fn penalty_slope<const D: usize>(l2: f64) -> f64 {
    if D == 4 { 2.0 * l2 } else { 0.0 }
}

/// Takes the weights that have a gradient out of a module.
struct Take<'a> {
    state: State<'a>,
    gradients: GradientsParams,
    path: Vec<String>,
    settings: UpdateSettings,
    scale: Option<Tensor<1>>,
    /// In the order of the module: the two weights of a layer follow each other.
    places: Vec<Place>,
    turns: Vec<(WeightMemory, Turn)>,
}

/// Where a weight belongs.
struct Place {
    id: ParamId,
    /// Dotted.
    name: String,
    autodiff: DispatchAutodiffContext,
}

impl ModuleMapper for Take<'_> {
    fn enter_module(&mut self, name: &str, _container_type: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container_type: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let Some(gradient) = self.gradients.remove::<D>(param.id) else { return param };
        let (id, tensor, _) = param.consume();
        let place = Place { id, name: self.path.join("."), autodiff: context(&tensor) };
        let choice = self.state.choice;
        let (mut weight, mut gradient) = (tensor.inner(), gradient);
        let (shape, device) = (weight.shape(), weight.device());
        let mut step =
            RuleStep { weight_in_gradient: penalty_slope::<D>(self.settings.l2), momentum: choice.momentum, nesterov: choice.nesterov };
        if let Some(scale) = &self.scale {
            gradient = step.with_penalty(gradient, &weight) * scale.clone().unsqueeze();
            step.weight_in_gradient = 0.0;
        }
        // Kernels, convolution and dense, have more than one axis; batch norm and biases are not drawn to 0.
        if D > 1 && choice.weight_decay > 0.0 {
            weight = weight.mul_scalar(1.0 - self.settings.learning_rate * choice.weight_decay);
        }
        // Taken out, so that the step owns it and moves it in its place.
        let memory = self.state.memory.remove(&place.name);
        let memory = memory.unwrap_or_else(|| WeightMemory::new(choice.kind, shape.num_elements(), &device));
        let step_size = self.state.step_size.clone();
        self.turns.push((memory, Turn { weight: weight.into_dispatch(), gradient: gradient.into_dispatch(), step, step_size }));
        self.places.push(place);
        // No value is made: the moved one comes in its place.
        let zeros = {
            let shape = shape.clone();
            move |device: &Device, _| Tensor::zeros(shape, device)
        };
        Param::uninitialized(id, zeros, device, true, shape)
    }
}

/// Puts moved weights into their places.
struct PutBack {
    /// In their shapes.
    moved: BTreeMap<ParamId, (DispatchTensor, DispatchAutodiffContext)>,
}

impl ModuleMapper for PutBack {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let Some((weight, autodiff)) = self.moved.remove(&param.id) else { return param };
        let tensor = in_context(Tensor::<D>::from_dispatch(weight), autodiff).require_grad();
        Param::initialized(param.id, tensor)
    }
}

/// How long a step is, and what is done to gradients before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UpdateSettings {
    /// Learning rate.
    pub learning_rate: f64,
    /// `λ` of Keras' `l2(λ)` on convolution kernels: adds `2λ·kernel` to their gradient.
    pub l2: f64,
}
