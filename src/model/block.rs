//! The bottleneck block with its skip connection.

use burn::module::Module;
use burn::tensor::{Tensor, activation::relu};

use super::weights::{LayerBuilder, WeightError};
use super::{BatchNorm, Convolution};
use crate::spec::{BlockSpec, Shortcut};

/// `x + F(x)` with `F` = 1×1, 3×3, 1×1 convolutions, each after batch norm and ReLU
/// (full pre-activation, He et al. 2016, figure 4 e).
#[derive(Module, Debug)]
pub struct Block {
    bn1: Option<BatchNorm>,
    conv1: Convolution,
    bn2: BatchNorm,
    conv2: Convolution,
    bn3: BatchNorm,
    conv3: Convolution,
    /// The projection, where the shape changes.
    shortcut: Option<Convolution>,
    #[module(skip)]
    way_around: Shortcut,
}

impl Block {
    pub(super) fn new(block: &BlockSpec, build: &mut LayerBuilder<'_>) -> Result<Self, WeightError> {
        let name = block.name();
        let at = |layer: &str| format!("{name}.{layer}");
        let BlockSpec { channels_in, bottleneck_filters: inner, channels_out, .. } = *block;
        let bn1 = block.first_preactivation.then(|| BatchNorm::new(&at("bn1"), channels_in, build)).transpose()?;
        let conv1 = Convolution::new(&at("conv1"), [1, channels_in, inner], block.stride(), build)?;
        let bn2 = BatchNorm::new(&at("bn2"), inner, build)?;
        let conv2 = Convolution::new(&at("conv2"), [3, inner, inner], 1, build)?;
        let bn3 = BatchNorm::new(&at("bn3"), inner, build)?;
        let conv3 = Convolution::new(&at("conv3"), [1, inner, channels_out], 1, build)?;
        // Drawn last, so that switching the skip connections off leaves the block's own first weights as they were.
        let shortcut = (block.shortcut == Shortcut::Projection)
            .then(|| Convolution::new(&at("shortcut"), [1, channels_in, channels_out], block.stride(), build))
            .transpose()?;
        Ok(Self { bn1, conv1, bn2, conv2, bn3, conv3, shortcut, way_around: block.shortcut })
    }

    /// `[batch, height, width, in]` → `[batch, height / stride, width / stride, out]`.
    pub fn forward(&self, input: Tensor<4>) -> Tensor<4> {
        let activated = match &self.bn1 {
            Some(bn) => relu(bn.forward(input.clone())),
            None => input.clone(),
        };
        let squeezed = self.conv1.forward(activated);
        let filtered = self.conv2.forward(relu(self.bn2.forward(squeezed)));
        let residual = self.conv3.forward(relu(self.bn3.forward(filtered)));
        match (&self.shortcut, self.way_around) {
            (Some(projection), _) => projection.forward(input) + residual,
            (None, Shortcut::Identity) => input + residual,
            (None, _) => residual,
        }
    }
}
