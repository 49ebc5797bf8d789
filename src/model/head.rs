//! From the last stage's maps to class scores.

use burn::module::Module;
use burn::tensor::{Tensor, activation::relu};

use super::dropout::{DropoutMasks, drop_units};
use super::weights::{LayerBuilder, WeightError};
use super::{BatchNorm, Dense};
use crate::spec::{DENSE_UNITS, ResNetSpec};

/// Batch norm, ReLU, average pool over the whole map, dense 512 with ReLU, batch norm, dropout, dense.
#[derive(Module, Debug)]
pub struct Head {
    bn: BatchNorm,
    dense1: Dense,
    dense_bn: BatchNorm,
    dense2: Dense,
}

impl Head {
    pub(super) fn new(spec: &ResNetSpec, build: &mut LayerBuilder<'_>) -> Result<Self, WeightError> {
        let channels = spec.final_channels();
        let bn = BatchNorm::new("head.bn", channels, build)?;
        let dense1 = Dense::new("head.dense1", [channels, DENSE_UNITS], build)?;
        let dense_bn = BatchNorm::new("head.dense_bn", DENSE_UNITS, build)?;
        let dense2 = Dense::new("head.dense2", [DENSE_UNITS, spec.classes()], build)?;
        Ok(Self { bn, dense1, dense_bn, dense2 })
    }

    /// `[batch, 8, 8, channels]` → logits `[batch, classes]`; softmax is left to the loss.
    pub fn forward(&self, maps: Tensor<4>, masks: Option<&DropoutMasks>) -> Tensor<2> {
        let [batch, height, width, channels] = maps.dims();
        let activated = relu(self.bn.forward(maps));
        let pooled = activated.reshape([batch, height * width, channels]).mean_dim(1).reshape([batch, channels]);
        let hidden = self.dense_bn.forward(relu(self.dense1.forward(pooled)));
        self.dense2.forward(drop_units(hidden, masks.map(|masks| &masks.head)))
    }
}
