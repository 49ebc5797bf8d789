//! Dropout by a mask of one bit a unit: the mask is never unpacked.

use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::CheckpointStrategy};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Autodiff, Backend, Dispatch, backend_extension};
use burn::tensor::{Int, Tensor};

/// Backends that drop units.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait Dropout: Backend {
    /// As [`resnet_kernels::drop_units`], for `numbers` of any shape in the order of their layout and `words` `[words]`.
    #[fusion(dtype = numbers, shape = numbers.clone())]
    fn drop_units(numbers: FloatTensor<Self>, words: IntTensor<Self>, factor: f32) -> FloatTensor<Self>;
}

/// As [`Dropout::drop_units`], with or without autodiff.
pub fn drop_units<const D: usize>(numbers: Tensor<D>, words: Tensor<1, Int>, factor: f32) -> Tensor<D> {
    Tensor::from_dispatch(Dispatch::drop_units(numbers.into_dispatch(), words.into_dispatch(), factor))
}

#[derive(Debug)]
struct DropUnits;

impl<B: Dropout> Backward<B, 1> for DropUnits {
    /// The mask, and the factor of what stays.
    type State = (IntTensor<B>, f32);

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let gradient = grads.consume::<B>(&ops.node);
        let (words, factor) = ops.state;
        let [numbers] = ops.parents;
        if let Some(node) = numbers {
            grads.register::<B>(node.id, B::drop_units(gradient, words, factor));
        }
    }
}

impl<B: Dropout, C: CheckpointStrategy> Dropout for Autodiff<B, C> {
    fn drop_units(numbers: FloatTensor<Self>, words: IntTensor<Self>, factor: f32) -> FloatTensor<Self> {
        let guards = [numbers.node()];
        let output = B::drop_units(numbers.into_primitive(), words.clone(), factor);
        match DropUnits.prepare::<C>(guards).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish((words, factor), output),
            OpsKind::UnTracked(prepared) => prepared.finish(output),
        }
    }
}
