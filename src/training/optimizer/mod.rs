//! Optimizers with Keras' arithmetic: one file for each rule, one for what all do around it.

mod adam;
mod amsgrad;
mod clipping;
mod memory;
mod rule;
mod sgd;
mod update;

use std::collections::BTreeMap;
use update::State;

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};

pub use adam::Adam;
pub use amsgrad::AmsGrad;
pub use memory::WeightMemory;
pub use rule::Rule;
pub use sgd::Sgd;
pub use update::UpdateSettings;

use crate::experiment::hyperparameters::{OptimizerChoice, OptimizerKind};

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

    /// The same with what it remembers in buffers of its own.
    pub(super) fn duplicate(&self) -> Self {
        let memory = self.memory.iter().map(|(name, kept)| (name.clone(), kept.duplicate())).collect();
        Self { memory, ..*self }
    }

    /// Whether a step changes nothing from the one before but the numbers in its buffers: AMSGrad moves in its places what the others
    /// make anew, and weight decay multiplies by another number as the learning rate changes.
    pub(super) fn repeats_itself(&self) -> bool {
        self.choice.kind == OptimizerKind::AmsGrad && self.choice.weight_decay == 0.0
    }

    /// Moves every weight that has a gradient; `device` is theirs, off autodiff.
    pub fn step<M: Module>(&mut self, module: M, gradients: GradientsParams, settings: UpdateSettings, device: &Device) -> M {
        let step_size = self.count_step(settings.learning_rate, device);
        self.step_by(step_size, module, gradients, settings)
    }

    /// Counts a step that [`Optimizer::step_by`] makes, or a recorded one; gives its step size, `[1]`.
    pub(super) fn count_step(&mut self, learning_rate: f64, device: &Device) -> Tensor<1> {
        self.steps = self.steps.saturating_add(1);
        let correction = match self.choice.kind {
            OptimizerKind::Adam | OptimizerKind::AdamW | OptimizerKind::AmsGrad => adam::bias_correction(self.steps),
            OptimizerKind::Sgd => 1.0,
        };
        Tensor::from_data([(learning_rate * correction) as f32], device)
    }

    /// As [`Optimizer::step`], by this `step_size` `[1]`, without counting.
    pub(super) fn step_by<M: Module>(
        &mut self,
        step_size: Tensor<1>,
        module: M,
        gradients: GradientsParams,
        settings: UpdateSettings,
    ) -> M {
        let limit = self.choice.clip_norm;
        let scale = (limit > 0.0).then(|| clipping::scale(&module, &gradients, settings.l2, limit)).flatten();
        let state = State { choice: self.choice, step_size, memory: &mut self.memory };
        update::update(state, module, gradients, settings, scale)
    }
}

#[cfg(test)]
mod tests;
