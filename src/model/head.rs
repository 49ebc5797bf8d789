//! From the last stage's maps to class scores.

use burn::module::Module;
use burn::tensor::Tensor;

use super::activation::activate;
use super::block::{normalise, normalise_and_activate};
use super::dropout::{DropoutMasks, drop_units};
use super::weights::{LayerBuilder, WeightError};
use super::{BatchNorm, Dense};
use crate::spec::{Activation, BlockOrder, ResNetSpec};

/// Batch norm and activation (in pre-activation order), average pool, dense with activation, batch norm,
/// dropout, dense; the inner dense layer and its batch norm only where chosen.
#[derive(Module, Debug)]
pub struct Head {
    bn: Option<BatchNorm>,
    dense1: Option<Dense>,
    dense_bn: Option<BatchNorm>,
    dense2: Dense,
    #[module(skip)]
    activation: Activation,
    #[module(skip)]
    order: BlockOrder,
    pool_window: usize,
}

impl Head {
    pub(super) fn new(spec: &ResNetSpec, build: &mut LayerBuilder<'_>) -> Result<Self, WeightError> {
        let choices = spec.choices();
        let (pooled, units) = (spec.pooled_units(), choices.dense_units);
        let normalised = choices.batch_norm && choices.order == BlockOrder::PreActivation;
        let bn = normalised.then(|| BatchNorm::new("head.bn", spec.final_channels(), build)).transpose()?;
        let dense1 = (units > 0).then(|| Dense::new("head.dense1", [pooled, units], build)).transpose()?;
        let dense_bn = spec.dense_batch_norm().then(|| BatchNorm::new("head.dense_bn", units, build)).transpose()?;
        let dense2 = Dense::new("head.dense2", [if units > 0 { units } else { pooled }, choices.classes], build)?;
        Ok(Self { bn, dense1, dense_bn, dense2, activation: choices.activation, order: choices.order, pool_window: spec.pool_window() })
    }

    /// `[batch, edge, edge, channels]` → logits `[batch, classes]`; softmax is left to the loss.
    pub fn forward(&self, maps: Tensor<4>, masks: Option<&DropoutMasks>) -> Tensor<2> {
        self.classify(self.before_pooling(maps), masks)
    }

    /// What is pooled: `[batch, edge, edge, channels]` → the same shape.
    pub fn before_pooling(&self, maps: Tensor<4>) -> Tensor<4> {
        match self.order {
            BlockOrder::PreActivation => normalise_and_activate(self.bn.as_ref(), self.activation, maps),
            BlockOrder::ConvolutionFirst => maps,
        }
    }

    /// From what [`Head::before_pooling`] gives to logits `[batch, classes]`.
    pub fn classify(&self, activated: Tensor<4>, masks: Option<&DropoutMasks>) -> Tensor<2> {
        let pooled = self.pool(activated);
        let hidden = match &self.dense1 {
            Some(dense) => normalise(self.dense_bn.as_ref(), activate(self.activation, dense.forward(pooled))),
            None => pooled,
        };
        self.dense2.forward(drop_units(hidden, masks.and_then(|masks| masks.head.as_ref())))
    }

    pub(super) fn batch_norms(&mut self) -> impl Iterator<Item = &mut BatchNorm> {
        [&mut self.bn, &mut self.dense_bn].into_iter().flatten()
    }

    /// The same head on the autodiff device, its batch norms with their moving statistics as in evaluation.
    pub(super) fn differentiable(&self) -> Self {
        let mut head = self.valid().train();
        head.batch_norms().for_each(BatchNorm::freeze);
        head
    }

    /// Mean of each window, flattened row by row, channels last, as Keras flattens: `[batch, pooled units]`.
    fn pool(&self, maps: Tensor<4>) -> Tensor<2> {
        let [batch, height, width, channels] = maps.dims();
        let window = self.pool_window;
        if window == height {
            return maps.reshape([batch, height * width, channels]).mean_dim(1).reshape([batch, channels]);
        }
        let (rows, columns) = (height / window, width / window);
        let across = maps.reshape([batch * rows * window * columns, window, channels]).mean_dim(1);
        let down = across.reshape([batch * rows, window, columns * channels]).mean_dim(1);
        down.reshape([batch, rows * columns * channels])
    }
}
