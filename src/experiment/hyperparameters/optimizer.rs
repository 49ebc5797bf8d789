//! Which rule moves the weights.

use serde::{Deserialize, Serialize};

use crate::spec::Named;

/// A rule that turns gradients into steps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OptimizerKind {
    /// Adam with the AMSGrad maximum (Reddi et al. 2018), the tutorial's.
    #[default]
    AmsGrad,
    /// Adam (Kingma & Ba 2015).
    Adam,
    /// Adam with decoupled weight decay (Loshchilov & Hutter 2019): Adam that must be given some.
    AdamW,
    /// Stochastic gradient descent with momentum.
    Sgd,
}

impl Named for OptimizerKind {
    const ALL: &'static [Self] = &[Self::AmsGrad, Self::Adam, Self::AdamW, Self::Sgd];

    fn name(self) -> &'static str {
        match self {
            Self::AmsGrad => "amsgrad",
            Self::Adam => "adam",
            Self::AdamW => "adamw",
            Self::Sgd => "sgd",
        }
    }
}

impl OptimizerKind {
    /// Names of what the rule remembers of each weight, as checkpoints have them.
    pub fn memory_parts(self) -> &'static [&'static str] {
        match self {
            Self::AmsGrad => &["first", "second", "largest_second"],
            Self::Adam | Self::AdamW => &["first", "second"],
            Self::Sgd => &["velocity"],
        }
    }
}

/// Weight decay that Keras' AdamW has when it is not told another.
pub const USUAL_WEIGHT_DECAY: f64 = 0.004;

/// How gradients move weights, apart from the learning rate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OptimizerChoice {
    /// The rule.
    pub kind: OptimizerKind,
    /// Share of its velocity that SGD keeps from step to step; other rules have fixed ones.
    pub momentum: f64,
    /// Whether SGD looks ahead (Nesterov 1983).
    pub nesterov: bool,
    /// Decoupled decay: each step first takes `learning rate · weight_decay` of every kernel away, convolution and dense.
    /// Beside it, L2 goes through the gradient.
    pub weight_decay: f64,
    /// Longest that all gradients together, the penalty's included, may be (Euclidean); longer ones are shortened. 0 for no limit.
    pub clip_norm: f64,
}

impl Default for OptimizerChoice {
    fn default() -> Self {
        Self { kind: OptimizerKind::default(), momentum: 0.9, nesterov: false, weight_decay: 0.0, clip_norm: 0.0 }
    }
}
