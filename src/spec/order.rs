//! In which order a block normalises, activates and convolves.

use serde::{Deserialize, Serialize};

use super::Named;

/// Order inside a block; the difference between ResNet version 1 and version 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockOrder {
    /// Version 2: batch norm, activation, convolution; nothing after the sum (He et al. 2016b, figure 4 e).
    PreActivation,
    /// Version 1, the tutorial's `conv_first`: convolution, batch norm, activation; the last activation
    /// waits until after the sum (He et al. 2016a, figure 5).
    ConvolutionFirst,
}

impl Named for BlockOrder {
    const ALL: &'static [Self] = &[Self::PreActivation, Self::ConvolutionFirst];

    fn name(self) -> &'static str {
        match self {
            Self::PreActivation => "pre-activation",
            Self::ConvolutionFirst => "convolution-first",
        }
    }
}
