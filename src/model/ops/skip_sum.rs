//! The sum at the end of a block.
//!
//! Burn's own addition is one of the operations that gradient checkpointing computes again. From block to block each such sum
//! needs the one before, so the first step back would compute them all and hold them together with what they are made of: more
//! memory than without. This one is kept.

use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::CheckpointStrategy};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Dispatch, backend_extension};
use burn::tensor::Tensor;

/// Backends that add two maps.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait SkipSum: Backend {
    /// `carried + residual`, of the same shape. `residual` is overwritten where nothing else holds it.
    #[fusion(dtype = residual, shape = residual.clone())]
    fn skip_sum(carried: FloatTensor<Self>, residual: FloatTensor<Self>) -> FloatTensor<Self>;
}

/// As [`SkipSum::skip_sum`], on every device, with or without autodiff.
pub fn skip_sum(carried: Tensor<4>, residual: Tensor<4>) -> Tensor<4> {
    Tensor::from_dispatch(Dispatch::skip_sum(carried.into_dispatch(), residual.into_dispatch()))
}

#[derive(Debug)]
struct Sum;

impl<B: Backend> Backward<B, 2> for Sum {
    type State = ();

    fn backward(self, ops: Ops<(), 2>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let gradient = grads.consume::<B>(&ops.node);
        for node in ops.parents.into_iter().flatten() {
            grads.register::<B>(node.id, gradient.clone());
        }
    }
}

impl<B: SkipSum, C: CheckpointStrategy> SkipSum for Autodiff<B, C> {
    fn skip_sum(carried: FloatTensor<Self>, residual: FloatTensor<Self>) -> FloatTensor<Self> {
        let guards = [carried.node(), residual.node()];
        let prepared = Sum.prepare::<C>(guards).compute_bound();
        let sum = B::skip_sum(carried.into_primitive(), residual.into_primitive());
        match prepared.stateful() {
            OpsKind::Tracked(prepared) => prepared.finish((), sum),
            OpsKind::UnTracked(prepared) => prepared.finish(sum),
        }
    }
}
