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

    /// Moves every weight that has a gradient.
    pub fn step<M: Module>(&mut self, module: M, gradients: GradientsParams, settings: UpdateSettings) -> M {
        self.steps = self.steps.saturating_add(1);
        let limit = self.choice.clip_norm;
        let scale = (limit > 0.0).then(|| clipping::scale(&module, &gradients, settings.l2, limit)).flatten();
        let state = State { choice: self.choice, number: self.steps, memory: &mut self.memory };
        update::update(state, module, gradients, settings, scale)
    }
}

#[cfg(test)]
mod tests;
