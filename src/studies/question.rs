//! What can be asked with one click.

use serde::{Deserialize, Serialize};

use crate::spec::Named;

/// An experiment, by the question it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// The same network with and without skip connections.
    SkipConnections,
    /// Deeper and deeper, with and without skip connections.
    Depth,
    /// Blocks left out and swapped after training, with and without skip connections.
    Lesions,
    /// Skip connections × batch norm.
    BatchNorm,
    /// Version 1 against version 2.
    Order,
    /// The first step of plain networks, deeper and deeper.
    FirstStep,
}

impl Named for Question {
    const ALL: &'static [Self] = &[Self::SkipConnections, Self::Depth, Self::Lesions, Self::BatchNorm, Self::Order, Self::FirstStep];

    fn name(self) -> &'static str {
        match self {
            Self::SkipConnections => "skips",
            Self::Depth => "depth",
            Self::Lesions => "lesions",
            Self::BatchNorm => "batch-norm",
            Self::Order => "order",
            Self::FirstStep => "first-step",
        }
    }
}

impl Question {
    /// For its button.
    pub fn label(self) -> &'static str {
        match self {
            Self::SkipConnections => "Skips on against off",
            Self::Depth => "Deeper is not better",
            Self::Lesions => "Leave out and swap blocks",
            Self::BatchNorm => "Skips × batch norm",
            Self::Order => "Version 1 against 2",
            Self::FirstStep => "Where gradients die",
        }
    }

    /// What is done, and why one would ask.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::SkipConnections => {
                "Trains one network twice, same seed, same images: with all its skip connections, then with none. Depth 56, or what this \
                 device can do."
            }
            Self::Depth => {
                "Trains four depths with and without. A deeper plain network could do what a shallower one does, yet ends worse: \
                 degradation (He et al. 2015)."
            }
            Self::Lesions => {
                "Trains a residual network and its plain twin, then leaves each block out and swaps neighbours. Residual networks behave \
                 like ensembles (Veit et al. 2016)."
            }
            Self::BatchNorm => {
                "The four corners: the gradient in each layer at the first step and after a minute of training. Batch norm changes what happens \
                 without skip connections."
            }
            Self::Order => "Trains both orders: a ReLU after each sum (He et al. 2015), or nothing after it (He et al. 2016).",
            Self::FirstStep => "Plain networks without batch norm, deeper and deeper: one backward pass, nothing is trained.",
        }
    }

    /// Whether more is asked than the first step.
    pub fn trains(self) -> bool {
        self != Self::FirstStep
    }
}
