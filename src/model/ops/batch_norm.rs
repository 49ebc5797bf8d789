//! Batch norm with the batch's own statistics, and the ReLU behind it, in as few passes over the maps as there can be.

use burn::backend::autodiff::NodeId;
use burn::backend::autodiff::checkpoint::{
    base::Checkpointer, retro_forward::RetroForward, state::BackwardStates, strategy::CheckpointStrategy,
};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
#[cfg(feature = "webgpu")]
use burn::backend::fusion::custom::TensorSpec;
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, AutodiffBackend, Backend, Dispatch, backend_extension};
#[cfg(feature = "webgpu")]
use burn::tensor::Shape;
use burn::tensor::Tensor;

/// Backends that normalise rows of channels.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait BatchNorm: Backend {
    /// `input` `[rows, channels]`, `gamma` and `beta` `[channels]` → the normalised rows, where `relu` without what is
    /// negative, mean and biased variance of the batch, `[channels]` each, and what the backend's gradients need,
    /// `[4, channels]`.
    #[fusion(meta = normalised)]
    fn normalise(
        input: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        epsilon: f32,
        relu: bool,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
}

/// What autodiff asks of a backend to go back through [`BatchNorm::normalise`].
#[backend_extension(Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait BatchNormGradients: BatchNorm {
    /// Gradients at the input, `[rows, channels]`, and at gamma and beta, `[channels]` each, from the `gradient` at the
    /// output and the last result of [`BatchNorm::normalise`].
    #[fusion(meta = normalised_gradients)]
    fn gradients(
        gradient: FloatTensor<Self>,
        input: FloatTensor<Self>,
        coefficients: FloatTensor<Self>,
        relu: bool,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
}

/// What fusion must know of results before they are computed.
#[cfg(feature = "webgpu")]
fn normalised(
    input: &TensorSpec,
    gamma: &TensorSpec,
    _beta: &TensorSpec,
    _epsilon: &f32,
    _relu: &bool,
) -> (TensorSpec, TensorSpec, TensorSpec, TensorSpec) {
    let coefficients = TensorSpec::new(Shape::from([4, gamma.shape[0]]), input.dtype);
    (input.clone(), gamma.clone(), gamma.clone(), coefficients)
}

#[cfg(feature = "webgpu")]
fn normalised_gradients(
    gradient: &TensorSpec,
    _input: &TensorSpec,
    coefficients: &TensorSpec,
    _relu: &bool,
) -> (TensorSpec, TensorSpec, TensorSpec) {
    let of_channels = TensorSpec::new(Shape::from([coefficients.shape[1]]), gradient.dtype);
    (gradient.clone(), of_channels.clone(), of_channels)
}

/// The normalised rows, and mean and variance of the batch, which carry no gradient.
pub fn normalise(input: Tensor<2>, gamma: Tensor<1>, beta: Tensor<1>, epsilon: f32, relu: bool) -> (Tensor<2>, Tensor<1>, Tensor<1>) {
    let (output, mean, variance, _) =
        Dispatch::normalise(input.into_dispatch(), gamma.into_dispatch(), beta.into_dispatch(), epsilon, relu);
    (Tensor::from_dispatch(output), Tensor::from_dispatch(mean), Tensor::from_dispatch(variance))
}

#[derive(Debug)]
struct Normalise;

/// Where the forward pass left its input, and what else the way back needs.
#[derive(Debug, Clone)]
struct Kept<B: Backend> {
    input: NodeId,
    coefficients: FloatTensor<B>,
    relu: bool,
}

impl<B: BatchNormGradients> Backward<B, 3> for Normalise {
    type State = Kept<B>;

    fn backward(self, ops: Ops<Kept<B>, 3>, grads: &mut Gradients, checkpointer: &mut Checkpointer) {
        let gradient = grads.consume::<B>(&ops.node);
        let Kept { input, coefficients, relu } = ops.state;
        let input: FloatTensor<B> = checkpointer.retrieve_node_output(input);
        let (of_input, of_gamma, of_beta) = B::gradients(gradient, input, coefficients, relu);
        for (node, gradient) in ops.parents.into_iter().zip([of_input, of_gamma, of_beta]) {
            if let Some(node) = node {
                grads.register::<B>(node.id, gradient);
            }
        }
    }
}

/// How the output comes back on a device that does not keep it (gradient checkpointing): from the input, with the sums of the
/// forward pass, to the last bit.
#[derive(Debug)]
struct NormaliseAgain<B: Backend> {
    input: NodeId,
    gamma: FloatTensor<B>,
    beta: FloatTensor<B>,
    epsilon: f32,
    relu: bool,
}

impl<B: BatchNorm> RetroForward for NormaliseAgain<B> {
    fn forward(&self, states: &mut BackwardStates, output: NodeId) {
        let Self { input, gamma, beta, epsilon, relu } = self;
        let input: FloatTensor<B> = states.get_state(input);
        let (rows, ..) = B::normalise(input, gamma.clone(), beta.clone(), *epsilon, *relu);
        states.save(output, rows);
    }
}

impl<B: BatchNormGradients, C: CheckpointStrategy> BatchNorm for Autodiff<B, C> {
    fn normalise(
        input: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        epsilon: f32,
        relu: bool,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let guards = [input.node(), gamma.node(), beta.node()];
        let again = NormaliseAgain::<B> {
            input: input.id(),
            gamma: gamma.clone().into_primitive(),
            beta: beta.clone().into_primitive(),
            epsilon,
            relu,
        };
        let prepared = Normalise.prepare::<C>(guards).memory_bound().retro_forward(again).parents([&input, &gamma, &beta]);
        let normalise =
            |input: FloatTensor<Self>| B::normalise(input.into_primitive(), gamma.into_primitive(), beta.into_primitive(), epsilon, relu);
        let apart = |tensor| <Self as AutodiffBackend>::from_inner(tensor);
        match prepared.stateful() {
            OpsKind::Tracked(mut prepared) => {
                let kept = prepared.checkpoint(&input);
                let (output, mean, variance, coefficients) = normalise(input);
                let kept = Kept { input: kept, coefficients: coefficients.clone(), relu };
                (prepared.finish(kept, output), apart(mean), apart(variance), apart(coefficients))
            }
            OpsKind::UnTracked(prepared) => {
                let (output, mean, variance, coefficients) = normalise(input);
                (prepared.finish(output), apart(mean), apart(variance), apart(coefficients))
            }
        }
    }
}
