//! What the image meets first.

use burn::module::Module;
use burn::tensor::Tensor;

use super::block::normalise_and_activate;
use super::dropout::{DropoutMasks, drop_units};
use super::weights::{LayerBuilder, WeightError};
use super::{BatchNorm, Convolution};
use crate::spec::{Activation, ResNetSpec};

/// 3×3 convolution, batch norm, activation, dropout.
#[derive(Module, Debug)]
pub struct Stem {
    conv: Convolution,
    bn: Option<BatchNorm>,
    #[module(skip)]
    activation: Activation,
}

impl Stem {
    pub(super) fn new(spec: &ResNetSpec, build: &mut LayerBuilder<'_>) -> Result<Self, WeightError> {
        let choices = spec.choices();
        let filters = choices.start_filters;
        let conv = Convolution::new("stem.conv", [3, choices.image_channels, filters], 1, build)?;
        let bn = choices.batch_norm.then(|| BatchNorm::new("stem.bn", filters, build)).transpose()?;
        Ok(Self { conv, bn, activation: choices.activation })
    }

    pub(super) fn batch_norms(&mut self) -> impl Iterator<Item = &mut BatchNorm> {
        self.bn.iter_mut()
    }

    /// `[batch, height, width, channels]` → `[batch, height, width, start filters]`.
    pub fn forward(&self, images: Tensor<4>, masks: Option<&DropoutMasks>) -> Tensor<4> {
        let activated = normalise_and_activate(self.bn.as_ref(), self.activation, self.conv.forward(images));
        drop_units(activated, masks.and_then(|masks| masks.stem.as_ref()))
    }
}
