//! Cross-entropy with its gradient as one operation. Of Burn's own it takes forty kernels on a GPU, each for a handful of
//! numbers.

use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::CheckpointStrategy};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
#[cfg(feature = "webgpu")]
use burn::backend::fusion::custom::TensorSpec;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Autodiff, AutodiffBackend, Backend, Dispatch, TensorMetadata, backend_extension};
#[cfg(feature = "webgpu")]
use burn::tensor::Shape;
use burn::tensor::{Int, Tensor};

use super::autodiff_context::off_autodiff;

/// Backends that compare logits with labels.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait CrossEntropyOperation: Backend {
    /// `logits` `[batch, classes]` and `labels` `[batch]` → the parts of [`resnet_kernels::CrossEntropy`] in their order.
    /// Only the first carries a gradient.
    #[fusion(meta = compared)]
    fn cross_entropy(logits: FloatTensor<Self>, labels: IntTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
}

/// What fusion must know of results before they are computed.
#[cfg(feature = "webgpu")]
fn compared(logits: &TensorSpec, _labels: &TensorSpec) -> (TensorSpec, TensorSpec, TensorSpec) {
    let of_images = TensorSpec::new(Shape::from([logits.shape[0]]), logits.dtype);
    (of_images.clone(), of_images, logits.clone())
}

/// `−log p(label)` in nats and whether the largest logit is the label's, 1 or 0, `[batch]` each; the second carries no
/// gradient and is off autodiff.
pub fn cross_entropy(logits: Tensor<2>, labels: Tensor<1, Int>) -> [Tensor<1>; 2] {
    let (losses, correct, _) = Dispatch::cross_entropy(logits.into_dispatch(), labels.into_dispatch());
    [Tensor::from_dispatch(losses), off_autodiff(Tensor::from_dispatch(correct))]
}

#[derive(Debug)]
struct CompareLogits;

impl<B: CrossEntropyOperation> Backward<B, 1> for CompareLogits {
    /// How each loss moves with its logits.
    type State = FloatTensor<B>;

    fn backward(self, ops: Ops<FloatTensor<B>, 1>, grads: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let gradient = grads.consume::<B>(&ops.node);
        let [batch] = gradient.shape().dims();
        let [logits] = ops.parents;
        if let Some(node) = logits {
            let of_images = B::float_reshape(gradient, [batch, 1].into());
            grads.register::<B>(node.id, B::float_mul(ops.state, of_images));
        }
    }
}

impl<B: CrossEntropyOperation, C: CheckpointStrategy> CrossEntropyOperation for Autodiff<B, C> {
    fn cross_entropy(logits: FloatTensor<Self>, labels: IntTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let guards = [logits.node()];
        let apart = |tensor| <Self as AutodiffBackend>::from_inner(tensor);
        let (losses, correct, slopes) = B::cross_entropy(logits.into_primitive(), labels);
        let losses = match CompareLogits.prepare::<C>(guards).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => prepared.finish(slopes.clone(), losses),
            OpsKind::UnTracked(prepared) => prepared.finish(losses),
        };
        (losses, apart(correct), apart(slopes))
    }
}
