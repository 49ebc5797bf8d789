//! A look inside the network at one training step, from the forward pass to the update.

use std::collections::{BTreeMap, BTreeSet};

use burn::tensor::{Gradients, Tensor};

use super::block_look;
use super::gradient_norms::{gradient_norms, norm};
use crate::insight::layer_stats::{LayerGradients, NetworkLook};
use crate::model::ops::overwrite::duplicate;
use crate::model::{BlockTensors, ResNet, named_weights};
use crate::spec::Activation;

/// Collects what one training step shows, on the device it runs on. Nothing is read back here,
/// and nothing goes into what the step computes.
#[derive(Debug)]
pub struct Look<'a> {
    step: usize,
    layers: &'a [String],
    activation: Activation,
    blocks: Vec<Tensor<1>>,
    gradient_norms: Option<Tensor<1>>,
    kernels_before: BTreeMap<String, Tensor<1>>,
}

impl<'a> Look<'a> {
    /// At the kernels of `layers` and at all blocks; `step` steps were done before.
    pub fn new(step: usize, layers: &'a [String], activation: Activation) -> Self {
        Self { step, layers, activation, blocks: Vec::new(), gradient_norms: None, kernels_before: BTreeMap::new() }
    }

    /// Forward pass: the next block.
    pub fn block(&mut self, block: &BlockTensors) {
        self.blocks.push(block_look::measure(block, self.activation));
    }

    /// Backward pass.
    pub fn gradients(&mut self, model: &ResNet, gradients: &Gradients) {
        self.gradient_norms = gradient_norms(model, gradients, self.layers);
        // In buffers of their own: the step moves the weights in their places.
        self.kernels_before = kernels(model, self.layers).into_iter().map(|(name, kernel)| (name, duplicate(kernel))).collect();
    }

    /// The update, which ends the step. None when no layer has a gradient.
    pub fn update(self, after: &ResNet) -> Option<UnreadLook> {
        let updates = update_ratios(self.kernels_before, kernels(after, self.layers), self.layers);
        let blocks = self.blocks.len();
        let numbers = [self.gradient_norms?].into_iter().chain(updates).chain(self.blocks).collect();
        Some(UnreadLook { step: self.step, layers: self.layers.len(), blocks, numbers: Tensor::cat(numbers, 0) })
    }
}

/// A look whose numbers are still on the device.
#[derive(Debug)]
pub struct UnreadLook {
    step: usize,
    layers: usize,
    blocks: usize,
    /// `[2 · layers + 3 · blocks]`.
    numbers: Tensor<1>,
}

impl UnreadLook {
    /// `[count]`, to be read back together with those of other looks.
    pub fn numbers(&self) -> Tensor<1> {
        self.numbers.clone()
    }

    /// Takes its numbers from the front of what was read back; none when there are too few.
    pub fn take(&self, read: &mut &[f32]) -> Option<NetworkLook> {
        let (gradients, rest) = read.split_at_checked(self.layers)?;
        let (updates, rest) = rest.split_at_checked(self.layers)?;
        let (blocks, rest) = rest.split_at_checked(self.blocks * block_look::NUMBERS)?;
        *read = rest;
        let gradients = LayerGradients { step: self.step, norms: gradients.to_vec() };
        Some(NetworkLook { gradients, update_ratios: updates.to_vec(), blocks: block_look::read(blocks) })
    }
}

fn kernel_of(layer: &str) -> String {
    format!("{layer}.kernel")
}

/// Flattened, by name.
fn kernels(model: &ResNet, layers: &[String]) -> BTreeMap<String, Tensor<1>> {
    let wanted: BTreeSet<String> = layers.iter().map(|layer| kernel_of(layer)).collect();
    named_weights(model).into_iter().filter(|(name, ..)| wanted.contains(name)).map(|(name, _, values)| (name, values)).collect()
}

/// ‖Δw‖ / ‖w‖ of each layer's kernel, `[1]` each; 0 for one that training leaves as it is.
fn update_ratios(mut before: BTreeMap<String, Tensor<1>>, mut after: BTreeMap<String, Tensor<1>>, layers: &[String]) -> Vec<Tensor<1>> {
    let mut ratio = |layer: &String| {
        let name = kernel_of(layer);
        let (old, new) = (before.remove(&name)?, after.remove(&name)?);
        Some(norm(new - old.clone()) / norm(old))
    };
    layers.iter().filter_map(&mut ratio).collect()
}
