//! The residual block with its skip connection.

use burn::module::Module;
use burn::tensor::Tensor;

use super::activation::activate;
use super::weights::{LayerBuilder, WeightError};
use super::{BatchNorm, Convolution};
use crate::spec::{Activation, BlockOrder, BlockSpec, ResNetSpec, Shortcut};

/// `x + F(x)` with `F` of two to four convolutions. In pre-activation order each comes after batch norm
/// and activation (He et al. 2016, figure 4 e); in convolution-first order before them.
#[derive(Module, Debug)]
pub struct Block {
    bn1: Option<BatchNorm>,
    conv1: Convolution,
    bn2: Option<BatchNorm>,
    conv2: Convolution,
    bn3: Option<BatchNorm>,
    conv3: Option<Convolution>,
    bn4: Option<BatchNorm>,
    conv4: Option<Convolution>,
    /// The projection, where the shape changes.
    shortcut: Option<Convolution>,
    #[module(skip)]
    spec: BlockSpec,
    #[module(skip)]
    activation: Activation,
    /// Whether its residual branch is left out.
    dropped: bool,
}

impl Block {
    pub(super) fn new(network: &ResNetSpec, spec: &BlockSpec, build: &mut LayerBuilder<'_>) -> Result<Self, WeightError> {
        let name = spec.name();
        let mut units = Vec::new();
        for (convolution, place) in spec.residual_branch().zip(1..) {
            let (norm_first, channels) = match spec.order {
                BlockOrder::PreActivation => (true, convolution.channels_in),
                BlockOrder::ConvolutionFirst => (false, convolution.channels_out),
            };
            let normalised = network.choices().batch_norm && (!norm_first || place > 1 || spec.first_preactivation);
            let shape = [convolution.kernel, convolution.channels_in, convolution.channels_out];
            let norm = |build: &mut LayerBuilder<'_>| BatchNorm::new(&format!("{name}.bn{place}"), channels, build);
            // Weights are drawn in the order of the forward pass.
            let before = (normalised && norm_first).then(|| norm(build)).transpose()?;
            let convolution = Convolution::new(&format!("{name}.conv{place}"), shape, convolution.stride, build)?;
            let after = (normalised && !norm_first).then(|| norm(build)).transpose()?;
            units.push((before.or(after), convolution));
        }
        // Drawn last, so that switching the skip connections off leaves the block's own first weights as they were.
        let shortcut = (spec.shortcut == Shortcut::Projection)
            .then(|| Convolution::new(&format!("{name}.shortcut"), [1, spec.channels_in, spec.channels_out], spec.stride(), build))
            .transpose()?;
        let mut units = units.into_iter();
        let mut next = || units.next().map_or((None, None), |(norm, convolution)| (norm, Some(convolution)));
        let ((bn1, conv1), (bn2, conv2), (bn3, conv3), (bn4, conv4)) = (next(), next(), next(), next());
        let (Some(conv1), Some(conv2)) = (conv1, conv2) else { return Err(WeightError::Missing(format!("{name}.conv2"))) };
        Ok(Self {
            bn1,
            conv1,
            bn2,
            conv2,
            bn3,
            conv3,
            bn4,
            conv4,
            shortcut,
            spec: *spec,
            activation: network.choices().activation,
            dropped: false,
        })
    }

    /// Leaves out the residual branch: what the block received goes on by its shortcut alone, or as it is where
    /// there is none. False, and nothing changes, where the shape would not fit.
    pub(super) fn drop_branch(&mut self) -> bool {
        let keeps_shape = self.spec.channels_in == self.spec.channels_out && self.spec.stride() == 1;
        self.dropped = keeps_shape || self.shortcut.is_some();
        self.dropped
    }

    /// `[batch, height, width, in]` → `[batch, height / stride, width / stride, out]`.
    pub fn forward(&self, input: Tensor<4>) -> Tensor<4> {
        if self.dropped {
            return self.forward_dropped(input);
        }
        let (first, residual) = match self.spec.order {
            BlockOrder::PreActivation => self.pre_activation(input.clone()),
            BlockOrder::ConvolutionFirst => (input.clone(), self.convolution_first(input.clone())),
        };
        let sum = match (&self.shortcut, self.spec.shortcut) {
            (Some(projection), _) if self.spec.shared_preactivation => projection.forward(first) + residual,
            (Some(projection), _) => projection.forward(input) + residual,
            (None, Shortcut::Identity) => input + residual,
            (None, _) => residual,
        };
        match self.spec.order {
            BlockOrder::PreActivation => sum,
            BlockOrder::ConvolutionFirst => activate(self.activation, sum),
        }
    }

    fn forward_dropped(&self, input: Tensor<4>) -> Tensor<4> {
        let shares = self.spec.shared_preactivation && self.spec.order == BlockOrder::PreActivation && self.spec.first_preactivation;
        let carried = match &self.shortcut {
            Some(projection) if shares => projection.forward(self.activated(self.bn1.as_ref(), input)),
            Some(projection) => projection.forward(input),
            None => input,
        };
        match self.spec.order {
            BlockOrder::PreActivation => carried,
            BlockOrder::ConvolutionFirst => activate(self.activation, carried),
        }
    }

    /// What the first convolution reads, and what the last one gives.
    fn pre_activation(&self, input: Tensor<4>) -> (Tensor<4>, Tensor<4>) {
        let first = if self.spec.first_preactivation { self.activated(self.bn1.as_ref(), input) } else { input };
        let residual = self
            .units()
            .skip(1)
            .fold(self.conv1.forward(first.clone()), |maps, (norm, convolution)| convolution.forward(self.activated(norm, maps)));
        (first, residual)
    }

    fn convolution_first(&self, input: Tensor<4>) -> Tensor<4> {
        self.units().zip(1..).fold(input, |maps, ((norm, convolution), place)| {
            let normalised = normalise(norm, convolution.forward(maps));
            // The last activation waits for the sum.
            if place < self.spec.convolutions { activate(self.activation, normalised) } else { normalised }
        })
    }

    fn units(&self) -> impl Iterator<Item = (Option<&BatchNorm>, &Convolution)> {
        let later = [(self.bn3.as_ref(), self.conv3.as_ref()), (self.bn4.as_ref(), self.conv4.as_ref())];
        let later = later.into_iter().filter_map(|(norm, convolution)| Some((norm, convolution?)));
        [(self.bn1.as_ref(), &self.conv1), (self.bn2.as_ref(), &self.conv2)].into_iter().chain(later)
    }

    fn activated(&self, norm: Option<&BatchNorm>, maps: Tensor<4>) -> Tensor<4> {
        activate(self.activation, normalise(norm, maps))
    }
}

/// Batch norm where there is one.
pub(super) fn normalise<const D: usize>(norm: Option<&BatchNorm>, input: Tensor<D>) -> Tensor<D> {
    match norm {
        Some(norm) => norm.forward(input),
        None => input,
    }
}
