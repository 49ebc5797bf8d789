//! The residual block with its skip connection.

use burn::module::Module;
use burn::tensor::Tensor;

use super::activation::activate;
use super::weights::{LayerBuilder, WeightError};
use super::{BatchNorm, Convolution};
use crate::model::ops::skip_sum::skip_sum;
use crate::spec::{Activation, BlockOrder, BlockSpec, ResNetSpec, Shortcut};

/// What goes through a block in one forward pass, all `[batch, height, width, channels]`.
#[derive(Debug)]
pub struct BlockTensors {
    /// What the shortcut brings to the sum, projected where the shape changes; none without a shortcut.
    pub carried: Option<Tensor<4>>,
    /// What the residual branch brings to the sum.
    pub residual: Tensor<4>,
    /// What the block gives.
    pub output: Tensor<4>,
    /// What its activations give, in forward order; none where the activation is the identity.
    pub activated: Vec<Tensor<4>>,
}

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
        self.dropped = self.keeps_shape() || self.shortcut.is_some();
        self.dropped
    }

    pub(super) fn batch_norms(&mut self) -> impl Iterator<Item = &mut BatchNorm> {
        [&mut self.bn1, &mut self.bn2, &mut self.bn3, &mut self.bn4].into_iter().flatten()
    }

    /// Whether what it gives has the shape of what it gets.
    pub(super) fn keeps_shape(&self) -> bool {
        self.spec.channels_in == self.spec.channels_out && self.spec.stride() == 1
    }

    /// `[batch, height, width, in]` → `[batch, height / stride, width / stride, out]`.
    pub fn forward(&self, input: Tensor<4>) -> Tensor<4> {
        if self.dropped { self.forward_dropped(input) } else { self.run(input, None) }
    }

    /// As [`Block::forward`], with everything that went through it. Nothing is seen of a block that is left out.
    pub fn forward_seen(&self, input: Tensor<4>) -> (Tensor<4>, Option<BlockTensors>) {
        if self.dropped {
            return (self.forward_dropped(input), None);
        }
        let mut seen = None;
        (self.run(input, Some(&mut seen)), seen)
    }

    fn run(&self, input: Tensor<4>, seen: Option<&mut Option<BlockTensors>>) -> Tensor<4> {
        // Kept only for who looks: on a device without autodiff they would be freed by now.
        let mut activated = seen.is_some().then(Vec::new);
        let (first, residual) = match self.spec.order {
            BlockOrder::PreActivation => self.pre_activation(input.clone(), &mut activated),
            BlockOrder::ConvolutionFirst => (input.clone(), self.convolution_first(input.clone(), &mut activated)),
        };
        let carried = match (&self.shortcut, self.spec.shortcut) {
            (Some(projection), _) if self.spec.shared_preactivation => Some(projection.forward(first)),
            (Some(projection), _) => Some(projection.forward(input)),
            (None, Shortcut::Identity) => Some(input),
            (None, _) => None,
        };
        // A second owner keeps the backend from adding in place: only who looks pays for it.
        let summands = seen.is_some().then(|| (carried.clone(), residual.clone()));
        let sum = match carried {
            Some(carried) => skip_sum(carried, residual),
            None => residual,
        };
        let output = match self.spec.order {
            BlockOrder::PreActivation => sum,
            BlockOrder::ConvolutionFirst => self.activated(None, sum, &mut activated),
        };
        if let (Some(seen), Some((carried, residual)), Some(activated)) = (seen, summands, activated) {
            *seen = Some(BlockTensors { carried, residual, output: output.clone(), activated });
        }
        output
    }

    fn forward_dropped(&self, input: Tensor<4>) -> Tensor<4> {
        let shares = self.spec.shared_preactivation && self.spec.order == BlockOrder::PreActivation && self.spec.first_preactivation;
        let carried = match &self.shortcut {
            Some(projection) if shares => projection.forward(self.activated(self.bn1.as_ref(), input, &mut None)),
            Some(projection) => projection.forward(input),
            None => input,
        };
        match self.spec.order {
            BlockOrder::PreActivation => carried,
            BlockOrder::ConvolutionFirst => activate(self.activation, carried),
        }
    }

    /// What the first convolution reads, and what the last one gives.
    fn pre_activation(&self, input: Tensor<4>, seen: &mut Seen) -> (Tensor<4>, Tensor<4>) {
        let first = if self.spec.first_preactivation { self.activated(self.bn1.as_ref(), input, seen) } else { input };
        let residual = self
            .units()
            .skip(1)
            .fold(self.conv1.forward(first.clone()), |maps, (norm, convolution)| convolution.forward(self.activated(norm, maps, seen)));
        (first, residual)
    }

    fn convolution_first(&self, input: Tensor<4>, seen: &mut Seen) -> Tensor<4> {
        self.units().zip(1..).fold(input, |maps, ((norm, convolution), place)| {
            let maps = convolution.forward(maps);
            // The last activation waits for the sum.
            if place < self.spec.convolutions { self.activated(norm, maps, seen) } else { normalise(norm, maps) }
        })
    }

    fn units(&self) -> impl Iterator<Item = (Option<&BatchNorm>, &Convolution)> {
        let later = [(self.bn3.as_ref(), self.conv3.as_ref()), (self.bn4.as_ref(), self.conv4.as_ref())];
        let later = later.into_iter().filter_map(|(norm, convolution)| Some((norm, convolution?)));
        [(self.bn1.as_ref(), &self.conv1), (self.bn2.as_ref(), &self.conv2)].into_iter().chain(later)
    }

    fn activated(&self, norm: Option<&BatchNorm>, maps: Tensor<4>, seen: &mut Seen) -> Tensor<4> {
        let activated = normalise_and_activate(norm, self.activation, maps);
        if let Some(seen) = seen.as_mut().filter(|_| self.activation != Activation::None) {
            seen.push(activated.clone());
        }
        activated
    }
}

/// What activations gave, for who looks.
type Seen = Option<Vec<Tensor<4>>>;

/// Batch norm where there is one, then the activation.
pub(super) fn normalise_and_activate<const D: usize>(norm: Option<&BatchNorm>, activation: Activation, input: Tensor<D>) -> Tensor<D> {
    match (norm, activation) {
        (Some(norm), Activation::Relu) => norm.forward_then_relu(input),
        _ => activate(activation, normalise(norm, input)),
    }
}

/// Batch norm where there is one.
pub(super) fn normalise<const D: usize>(norm: Option<&BatchNorm>, input: Tensor<D>) -> Tensor<D> {
    match norm {
        Some(norm) => norm.forward(input),
        None => input,
    }
}
