//! What can be asked with one click.

use serde::{Deserialize, Serialize};

use crate::language::text;
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
    /// The question in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::SkipConnections => text!("Do skip connections help?"),
            Self::Depth => text!("Is deeper better?"),
            Self::Lesions => text!("What if a block is removed?"),
            Self::BatchNorm => text!("Skip connections or batch norm?"),
            Self::Order => text!("ReLU before or after the sum?"),
            Self::FirstStep => text!("Where do gradients vanish?"),
        }
    }

    /// What is compared, in half a sentence.
    pub fn comparison(self) -> &'static str {
        match self {
            Self::SkipConnections => text!("one network with and without them, same seed"),
            Self::Depth => text!("four depths, with and without skip connections"),
            Self::Lesions => text!("each block in turn, residual and plain network"),
            Self::BatchNorm => text!("all four combinations, first and last step"),
            Self::Order => text!("version 2 against version 1, same seed"),
            Self::FirstStep => text!("plain networks of depth 11 to 110, one pass"),
        }
    }

    /// What is done, and why one would ask.
    pub fn background(self) -> &'static str {
        match self {
            Self::SkipConnections => text!(
                "One network is trained twice, same seed, same images: with all its skip connections, then with none. Depth 56, or what \
                 this device can do."
            ),
            Self::Depth => text!(
                "Four depths are trained with and without skip connections. A deeper plain network could do what a shallower one does, yet \
                 ends worse: degradation (He et al. 2015)."
            ),
            Self::Lesions => text!(
                "A residual network and its plain twin are trained; then each block is removed and neighbours are swapped. Residual \
                 networks behave like ensembles (Veit et al. 2016)."
            ),
            Self::BatchNorm => text!(
                "The four combinations: the gradient in each layer at the first step and after a minute of training. Batch norm changes \
                 what happens without skip connections."
            ),
            Self::Order => text!(
                "Both orders are trained: a ReLU after each sum (He et al. 2015, version 1), or nothing after it (He et al. 2016, version \
                 2)."
            ),
            Self::FirstStep => {
                text!("Plain networks without batch norm, deeper and deeper: one backward pass on the first batch, nothing is trained.")
            }
        }
    }

    /// Whether more is asked than the first step.
    pub fn trains(self) -> bool {
        self != Self::FirstStep
    }
}
