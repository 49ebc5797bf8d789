//! What the image meets first.

use burn::module::Module;
use burn::tensor::{Tensor, activation::relu};

use super::dropout::{DropoutMasks, drop_units};
use super::weights::{LayerBuilder, WeightError};
use super::{BatchNorm, Convolution};
use crate::spec::ResNetSpec;

/// 3×3 convolution, batch norm, ReLU, dropout.
#[derive(Module, Debug)]
pub struct Stem {
    conv: Convolution,
    bn: BatchNorm,
}

impl Stem {
    pub(super) fn new(spec: &ResNetSpec, build: &mut LayerBuilder<'_>) -> Result<Self, WeightError> {
        let filters = spec.start_filters();
        let conv = Convolution::new("stem.conv", [3, ResNetSpec::IMAGE_CHANNELS, filters], 1, build)?;
        let bn = BatchNorm::new("stem.bn", filters, build)?;
        Ok(Self { conv, bn })
    }

    /// `[batch, 32, 32, 3]` → `[batch, 32, 32, start filters]`.
    pub fn forward(&self, images: Tensor<4>, masks: Option<&DropoutMasks>) -> Tensor<4> {
        let activated = relu(self.bn.forward(self.conv.forward(images)));
        drop_units(activated, masks.map(|masks| &masks.stem))
    }
}
