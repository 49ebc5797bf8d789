//! Going back through the operations.

use burn::backend::autodiff::NodeId;
use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::CheckpointStrategy};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, TensorMetadata};

use super::{MapConvolution, MapConvolutionGradients};

#[derive(Debug)]
struct ConvolveMaps;

/// Where the forward pass left its input and kernel.
#[derive(Debug, Clone)]
struct Kept {
    input: NodeId,
    kernel: NodeId,
    stride: usize,
}

impl<B: MapConvolutionGradients> Backward<B, 3> for ConvolveMaps {
    type State = Kept;

    fn backward(self, ops: Ops<Kept, 3>, grads: &mut Gradients, checkpointer: &mut Checkpointer) {
        let gradient = grads.consume::<B>(&ops.node);
        let [input_node, kernel_node, bias_node] = ops.parents;
        let stride = ops.state.stride;
        let input: FloatTensor<B> = checkpointer.retrieve_node_output(ops.state.input);
        let kernel: FloatTensor<B> = checkpointer.retrieve_node_output(ops.state.kernel);
        let [edge, ..] = kernel.shape().dims::<4>();
        if let Some(node) = input_node {
            let shape = input.shape().dims();
            grads.register::<B>(node.id, B::input_gradient(gradient.clone(), kernel, shape, stride));
        }
        if kernel_node.is_some() || bias_node.is_some() {
            let (of_kernel, of_bias) = B::kernel_gradients(gradient, input, edge, stride);
            for (node, gradient) in [(kernel_node, of_kernel), (bias_node, of_bias)] {
                if let Some(node) = node {
                    grads.register::<B>(node.id, gradient);
                }
            }
        }
    }
}

impl<B: MapConvolutionGradients, C: CheckpointStrategy> MapConvolution for Autodiff<B, C> {
    fn convolve_maps(input: FloatTensor<Self>, kernel: FloatTensor<Self>, bias: FloatTensor<Self>, stride: usize) -> FloatTensor<Self> {
        let guards = [input.node(), kernel.node(), bias.node()];
        let convolve = |input: FloatTensor<Self>, kernel: FloatTensor<Self>| {
            B::convolve_maps(input.into_primitive(), kernel.into_primitive(), bias.into_primitive(), stride)
        };
        match ConvolveMaps.prepare::<C>(guards).compute_bound().stateful() {
            OpsKind::Tracked(mut prepared) => {
                let kept = Kept { input: prepared.checkpoint(&input), kernel: prepared.checkpoint(&kernel), stride };
                prepared.finish(kept, convolve(input, kernel))
            }
            OpsKind::UnTracked(prepared) => prepared.finish(convolve(input, kernel)),
        }
    }
}
