//! Adam with AMSGrad, as Keras computes it.

use std::collections::BTreeMap;

use burn::module::{Module, ModuleMapper, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

/// What the optimizer needs besides the gradients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AmsGradSettings {
    /// Step length.
    pub learning_rate: f64,
    /// `λ` of Keras' `l2(λ)` on convolution kernels: adds `2λ·kernel` to their gradient.
    pub l2: f64,
}

const BETA_1: f64 = 0.9;
const BETA_2: f64 = 0.999;
const EPSILON: f64 = 1e-7;

/// Adam (Kingma & Ba 2015) with the AMSGrad maximum (Reddi et al. 2018).
///
/// Burn's own Adam scales epsilon by the bias correction of the second moment, as PyTorch does;
/// Keras does not: `w −= lr · √(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√v̂ + ε)`. Where gradients are small, that is
/// another network after three steps.
#[derive(Debug, Default)]
pub struct AmsGrad {
    steps: i32,
    /// By the weight's dotted name; a frozen weight has none.
    moments: BTreeMap<String, Moments>,
}

/// What the optimizer remembers of one weight, flattened.
#[derive(Debug, Clone)]
pub struct Moments {
    /// Moving mean of the gradient.
    pub first: Tensor<1>,
    /// Moving mean of the squared gradient.
    pub second: Tensor<1>,
    /// Largest value that [`Self::second`] ever had.
    pub largest_second: Tensor<1>,
}

impl AmsGrad {
    /// Goes on from where another left off after `steps` steps.
    pub fn resume(steps: i32, moments: BTreeMap<String, Moments>) -> Self {
        Self { steps, moments }
    }

    /// Steps made so far.
    pub fn steps(&self) -> i32 {
        self.steps
    }

    /// What it remembers, by the weights' dotted names.
    pub fn moments(&self) -> &BTreeMap<String, Moments> {
        &self.moments
    }

    /// Moves every weight that has a gradient.
    pub fn step<M: Module>(&mut self, module: M, gradients: GradientsParams, settings: AmsGradSettings) -> M {
        self.steps += 1;
        let correction = (1.0 - BETA_2.powi(self.steps)).sqrt() / (1.0 - BETA_1.powi(self.steps));
        let mut update =
            Update { optimizer: self, gradients, path: Vec::new(), step_length: settings.learning_rate * correction, l2: settings.l2 };
        module.map(&mut update)
    }
}

struct Update<'a> {
    optimizer: &'a mut AmsGrad,
    gradients: GradientsParams,
    path: Vec<String>,
    step_length: f64,
    l2: f64,
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
        let weight = tensor.inner().reshape(count);
        let mut gradient = gradient.reshape(count);
        // Only convolution kernels have four axes; dense kernels and all biases go free, as in the tutorial.
        if D == 4 && self.l2 > 0.0 {
            gradient = gradient + weight.clone().mul_scalar(2.0 * self.l2);
        }
        let moments = self.optimizer.moments.entry(self.path.join(".")).or_insert_with(|| Moments::zero(&gradient));
        let updated = moments.follow(weight, gradient, self.step_length);
        let tensor = Tensor::from_inner(updated.reshape(shape)).require_grad();
        Param::from_mapped_value(id, tensor, mapper)
    }
}

impl Moments {
    fn zero(like: &Tensor<1>) -> Self {
        let zeros = like.zeros_like();
        Self { first: zeros.clone(), second: zeros.clone(), largest_second: zeros }
    }

    fn follow(&mut self, weight: Tensor<1>, gradient: Tensor<1>, step_length: f64) -> Tensor<1> {
        let squared = gradient.clone().square();
        self.first = self.first.clone().mul_scalar(BETA_1) + gradient.mul_scalar(1.0 - BETA_1);
        self.second = self.second.clone().mul_scalar(BETA_2) + squared.mul_scalar(1.0 - BETA_2);
        self.largest_second = self.largest_second.clone().max_pair(self.second.clone());
        let scale = self.largest_second.clone().sqrt().add_scalar(EPSILON);
        weight - (self.first.clone() / scale).mul_scalar(step_length)
    }
}
