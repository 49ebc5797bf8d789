//! Adam with AMSGrad, as Keras computes it.

use std::collections::BTreeMap;

use burn::module::{Module, ModuleMapper, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;
use resnet_kernels::AmsGradStep;
use resnet_kernels::amsgrad::{BETA_1, BETA_2};

use crate::operations::amsgrad::amsgrad;

/// What the optimizer needs besides the gradients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AmsGradSettings {
    /// Step length.
    pub learning_rate: f64,
    /// `λ` of Keras' `l2(λ)` on convolution kernels: adds `2λ·kernel` to their gradient.
    pub l2: f64,
}

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
        let gradient = gradient.reshape(count);
        // Only convolution kernels have four axes; dense kernels and all biases go free, as in the tutorial.
        let weight_in_gradient = if D == 4 { 2.0 * self.l2 } else { 0.0 };
        let step = AmsGradStep { step_length: self.step_length as f32, weight_in_gradient: weight_in_gradient as f32 };
        let name = self.path.join(".");
        // Taken out, so that the step owns them and moves them in place.
        let moments = self.optimizer.moments.remove(&name).unwrap_or_else(|| Moments::zero(&gradient));
        let (updated, moments) = moments.follow(weight, gradient, step);
        self.optimizer.moments.insert(name, moments);
        let tensor = Tensor::from_inner(updated.reshape(shape)).require_grad();
        Param::from_mapped_value(id, tensor, mapper)
    }
}

impl Moments {
    fn zero(like: &Tensor<1>) -> Self {
        let [first, second, largest_second] = [(); 3].map(|()| like.zeros_like());
        Self { first, second, largest_second }
    }

    /// The weight after the step, and what is remembered then.
    fn follow(self, weight: Tensor<1>, gradient: Tensor<1>, step: AmsGradStep) -> (Tensor<1>, Self) {
        let (weight, [first, second, largest_second]) = amsgrad(step, weight, gradient, [self.first, self.second, self.largest_second]);
        (weight, Self { first, second, largest_second })
    }
}
