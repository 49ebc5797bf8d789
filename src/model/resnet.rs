//! The whole network.

use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::{Device, Tensor};

use super::ops::autodiff_context::{context, in_context, off_autodiff};
use super::ops::overwrite::duplicate;
use super::weights::{LayerBuilder, WeightError, WeightSource};
use super::{BatchNorm, Block, BlockTensors, DropoutMasks, Head, Stem};
use crate::experiment::weight_init::Frozen;
use crate::spec::{BlockPlace, ResNetSpec, StageSpec};

/// Blocks on maps of one size.
#[derive(Module, Debug)]
pub struct Stage {
    blocks: Vec<Block>,
}

/// A residual network of any depth.
#[derive(Module, Debug)]
pub struct ResNet {
    stem: Stem,
    stages: Vec<Stage>,
    head: Head,
}

/// What one forward pass in evaluation mode gives.
#[derive(Debug)]
pub struct EvaluatedTensors {
    /// Maps of the chosen place, `[batch, height, width, channels]`.
    pub maps: Tensor<4>,
    /// What the head pools, `[batch, height, width, channels]`.
    pub pooled: Tensor<4>,
    /// Logits, `[batch, classes]`.
    pub scores: Tensor<2>,
}

impl ResNet {
    /// Builds the network of `spec` on `device`; weights come from `source` in forward order.
    /// To train, give an autodiff device.
    ///
    /// # Errors
    /// When the source lacks a weight or has it in another size.
    pub fn new(spec: &ResNetSpec, device: &Device, source: &mut dyn WeightSource) -> Result<Self, WeightError> {
        Self::with_frozen(spec, device, source, Frozen::Nothing)
    }

    /// As [`ResNet::new`], but training leaves the `frozen` layers as they are: they get no gradient, and their
    /// batch norms normalise with the moving statistics and keep them, as Keras' `trainable = False`.
    ///
    /// # Errors
    /// As [`ResNet::new`].
    pub fn with_frozen(spec: &ResNetSpec, device: &Device, source: &mut dyn WeightSource, frozen: Frozen) -> Result<Self, WeightError> {
        let mut build = LayerBuilder { source, device, frozen };
        let stem = Stem::new(spec, &mut build)?;
        let stage = |stage: &StageSpec, build: &mut LayerBuilder<'_>| {
            let blocks = stage.all_blocks().map(|block| Block::new(spec, &block, build)).collect::<Result<_, _>>()?;
            Ok(Stage { blocks })
        };
        let stages = spec.stages().iter().map(|each| stage(each, &mut build)).collect::<Result<_, _>>()?;
        let head = Head::new(spec, &mut build)?;
        Ok(Self { stem, stages, head })
    }

    /// The same network with the residual branch of one block left out; none where there is no such block or
    /// its output would not fit (Veit et al. 2016, section 4.1).
    pub fn without_block(&self, place: BlockPlace) -> Option<Self> {
        let mut lesioned = self.clone();
        let block = lesioned.stages.get_mut(place.stage)?.blocks.get_mut(place.block)?;
        block.drop_branch().then_some(lesioned)
    }

    /// The same network with one block and the next of its stage in each other's place; none where there are no two
    /// or one of them changes the shape (Veit et al. 2016, section 4.3).
    pub fn with_swapped_blocks(&self, place: BlockPlace) -> Option<Self> {
        let mut lesioned = self.clone();
        let pair = lesioned.stages.get_mut(place.stage)?.blocks.get_mut(place.block..=place.block.checked_add(1)?)?;
        let keep_shape = pair.iter().all(Block::keeps_shape);
        pair.reverse();
        keep_shape.then_some(lesioned)
    }

    /// The same network off the autodiff device, its batch norms with the statistics of each batch as in training, except for
    /// frozen ones. No pass through it moves anything.
    pub fn as_in_training(&self) -> Self {
        let mut network = self.valid();
        network.batch_norms().for_each(BatchNorm::observe);
        network
    }

    /// The same network with the same numbers in buffers of its own: what moves one in its place leaves the other.
    pub fn duplicate(&self) -> Self {
        let mut network = self.clone();
        network.batch_norms().for_each(BatchNorm::keep_own_statistics);
        network.map(&mut Duplicate)
    }

    fn batch_norms(&mut self) -> impl Iterator<Item = &mut BatchNorm> {
        let of_blocks = self.stages.iter_mut().flat_map(|stage| &mut stage.blocks).flat_map(Block::batch_norms);
        self.stem.batch_norms().chain(of_blocks).chain(self.head.batch_norms())
    }

    /// Images `[batch, height, width, channels]` → logits `[batch, classes]`.
    ///
    /// On an autodiff device batch norm uses the batch's own statistics; units are dropped where
    /// `masks` says so.
    pub fn forward(&self, images: Tensor<4>, masks: Option<&DropoutMasks>) -> Tensor<2> {
        let maps = self.blocks().fold(self.stem.forward(images, masks), |maps, block| block.forward(maps));
        self.head.forward(maps, masks)
    }

    /// As [`ResNet::forward`]; `look` gets what goes through each block, first to last.
    pub fn forward_seen(&self, images: Tensor<4>, masks: Option<&DropoutMasks>, look: &mut dyn FnMut(BlockTensors)) -> Tensor<2> {
        let maps = self.blocks().fold(self.stem.forward(images, masks), |maps, block| {
            let (maps, seen) = block.forward_seen(maps);
            if let Some(seen) = seen {
                look(seen);
            }
            maps
        });
        self.head.forward(maps, masks)
    }

    /// A forward pass in evaluation mode, for images off the autodiff device; `place` 0 is the stem, 1 the first block
    /// and so on, beyond the last the last.
    pub fn evaluate_seen(&self, images: Tensor<4>, place: usize) -> EvaluatedTensors {
        let network = self.valid();
        let mut maps = network.stem.forward(images, None);
        let mut seen = maps.clone();
        for (block, number) in network.blocks().zip(1..) {
            maps = block.forward(maps);
            if number <= place {
                seen = maps.clone();
            }
        }
        let pooled = network.head.before_pooling(maps);
        EvaluatedTensors { maps: seen, scores: network.head.classify(pooled.clone(), None), pooled }
    }

    /// The head alone on the autodiff device, computing as in evaluation.
    pub fn differentiable_head(&self) -> Head {
        self.head.differentiable()
    }

    fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.stages.iter().flat_map(|stage| &stage.blocks)
    }
}

struct Duplicate;

impl ModuleMapper for Duplicate {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, tensor, _) = param.consume();
        let (context, follows_gradients) = (context(&tensor), tensor.is_require_grad());
        let copy = in_context(duplicate(off_autodiff(tensor)), context);
        Param::initialized(id, copy.set_require_grad(follows_gradients))
    }
}
