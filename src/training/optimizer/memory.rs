//! What an optimizer remembers of one weight, whichever its rule.

use burn::backend::DispatchTensor;
use burn::tensor::{Device, Tensor};

use super::rule::{Rule, Turn};
use super::{Adam, AmsGrad, Sgd};
use crate::experiment::hyperparameters::OptimizerKind;

/// Memory of one weight.
#[derive(Debug, Clone)]
#[cfg_attr(
    not(target_family = "wasm"),
    expect(clippy::large_enum_variant, reason = "all weights of a network have the same variant; in wasm the lint is silent")
)]
pub enum WeightMemory {
    /// Adam's, with or without weight decay.
    Adam(Adam),
    /// AMSGrad's.
    AmsGrad(AmsGrad),
    /// SGD's.
    Sgd(Sgd),
}

impl WeightMemory {
    /// Nothing remembered yet.
    pub(super) fn new(kind: OptimizerKind, numbers: usize, device: &Device) -> Self {
        match kind {
            OptimizerKind::Adam | OptimizerKind::AdamW => Self::Adam(Adam::new(numbers, device)),
            OptimizerKind::AmsGrad => Self::AmsGrad(AmsGrad::new(numbers, device)),
            OptimizerKind::Sgd => Self::Sgd(Sgd::new(numbers, device)),
        }
    }

    /// The weights after the step, in their shapes, and what is remembered then; two in one pass where the rule can.
    pub(super) fn follow_all(turns: Vec<(Self, Turn)>) -> Vec<(DispatchTensor, Self)> {
        let mut moved = Vec::with_capacity(turns.len());
        let mut turns = turns.into_iter();
        while let Some(one) = turns.next() {
            match (one, turns.next()) {
                ((Self::AmsGrad(one), turn), Some((Self::AmsGrad(other), turn_of_other))) => {
                    let both = AmsGrad::follow_two((one, turn), (other, turn_of_other));
                    moved.extend(both.map(|(weight, rule)| (weight, Self::AmsGrad(rule))));
                }
                (one, other) => moved.extend(std::iter::once(one).chain(other).map(|(memory, turn)| memory.follow(turn))),
            }
        }
        moved
    }

    fn follow(self, turn: Turn) -> (DispatchTensor, Self) {
        fn with<R: Rule>(rule: R, turn: Turn, wrap: fn(R) -> WeightMemory) -> (DispatchTensor, WeightMemory) {
            let (moved, rule) = rule.follow(turn);
            (moved, wrap(rule))
        }
        match self {
            Self::Adam(rule) => with(rule, turn, Self::Adam),
            Self::AmsGrad(rule) => with(rule, turn, Self::AmsGrad),
            Self::Sgd(rule) => with(rule, turn, Self::Sgd),
        }
    }

    /// The same in buffers of its own where a step moves it in its place; the others get new ones in each step.
    pub(super) fn duplicate(&self) -> Self {
        match self {
            Self::AmsGrad(rule) => Self::AmsGrad(rule.duplicate()),
            Self::Adam(_) | Self::Sgd(_) => self.clone(),
        }
    }

    /// What is remembered, in the order of [`OptimizerKind::memory_parts`], `[numbers]` each.
    pub fn parts(&self) -> Vec<Tensor<1>> {
        match self {
            Self::Adam(rule) => rule.parts(),
            Self::AmsGrad(rule) => rule.parts(),
            Self::Sgd(rule) => rule.parts(),
        }
    }

    /// The same from its parts; none when there are more or fewer.
    pub fn from_parts(kind: OptimizerKind, parts: Vec<Tensor<1>>) -> Option<Self> {
        match kind {
            OptimizerKind::Adam | OptimizerKind::AdamW => Adam::from_parts(parts).map(Self::Adam),
            OptimizerKind::AmsGrad => AmsGrad::from_parts(parts).map(Self::AmsGrad),
            OptimizerKind::Sgd => Sgd::from_parts(parts).map(Self::Sgd),
        }
    }
}
