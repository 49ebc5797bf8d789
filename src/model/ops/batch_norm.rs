//! Batch norm with the batch's own statistics, its moving statistics, and the ReLU behind it, in as few passes over the maps as there
//! can be.

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

use super::autodiff_context::{context, in_context, off_autodiff};

/// Backends that normalise rows of channels.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait BatchNorm: Backend {
    /// `input` `[rows, channels]`, the others `[channels]` → the normalised rows, where `relu` without what is negative, the
    /// moving mean and variance after this batch (its biased variance, as Keras), `[channels]` each, and what the backend's
    /// gradients need of the batch, `[2, channels]`. On a GPU the moving statistics are overwritten where nothing else holds them.
    #[fusion(meta = normalised)]
    fn normalise(
        input: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        moving_mean: FloatTensor<Self>,
        moving_variance: FloatTensor<Self>,
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
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        coefficients: FloatTensor<Self>,
        relu: bool,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
}

/// What fusion must know of results before they are computed.
#[cfg(feature = "webgpu")]
fn normalised(
    input: &TensorSpec,
    _gamma: &TensorSpec,
    _beta: &TensorSpec,
    moving_mean: &TensorSpec,
    moving_variance: &TensorSpec,
    _epsilon: &f32,
    _relu: &bool,
) -> (TensorSpec, TensorSpec, TensorSpec, TensorSpec) {
    let coefficients = TensorSpec::new(Shape::from([2, moving_mean.shape[0]]), input.dtype);
    (input.clone(), moving_mean.clone(), moving_variance.clone(), coefficients)
}

#[cfg(feature = "webgpu")]
fn normalised_gradients(
    gradient: &TensorSpec,
    _input: &TensorSpec,
    gamma: &TensorSpec,
    beta: &TensorSpec,
    _coefficients: &TensorSpec,
    _relu: &bool,
) -> (TensorSpec, TensorSpec, TensorSpec) {
    (gradient.clone(), gamma.clone(), beta.clone())
}

/// `input` `[rows, channels]` normalised, with scale and offset `[gamma, beta]`, and what the moving `[mean, variance]` are after this
/// batch, `[channels]` each. Those carry no gradient, and are on autodiff or off it as they were.
pub fn normalise(
    input: Tensor<2>,
    [gamma, beta]: [Tensor<1>; 2],
    moving: [Tensor<1>; 2],
    epsilon: f32,
    relu: bool,
) -> (Tensor<2>, [Tensor<1>; 2]) {
    let context = context(&moving[0]);
    let [mean, variance] = moving.map(|tensor| off_autodiff(tensor).into_dispatch());
    let [gamma, beta] = [gamma, beta].map(Tensor::into_dispatch);
    let (output, mean, variance, _) = Dispatch::normalise(input.into_dispatch(), gamma, beta, mean, variance, epsilon, relu);
    let moved = [mean, variance].map(|tensor| in_context(off_autodiff(Tensor::from_dispatch(tensor)), context));
    (Tensor::from_dispatch(output), moved)
}

#[derive(Debug)]
struct Normalise;

/// Where the forward pass left its input, and what else the way back needs.
#[derive(Debug, Clone)]
struct Kept<B: Backend> {
    input: NodeId,
    gamma: FloatTensor<B>,
    beta: FloatTensor<B>,
    coefficients: FloatTensor<B>,
    relu: bool,
}

impl<B: BatchNormGradients> Backward<B, 3> for Normalise {
    type State = Kept<B>;

    fn backward(self, ops: Ops<Kept<B>, 3>, grads: &mut Gradients, checkpointer: &mut Checkpointer) {
        let gradient = grads.consume::<B>(&ops.node);
        let Kept { input, gamma, beta, coefficients, relu } = ops.state;
        let input: FloatTensor<B> = checkpointer.retrieve_node_output(input);
        let (of_input, of_gamma, of_beta) = B::gradients(gradient, input, gamma, beta, coefficients, relu);
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
        let input: FloatTensor<B> = states.get_state(&self.input);
        let [gamma, beta] = [&self.gamma, &self.beta].map(Clone::clone);
        // The rows do not depend on the moving statistics, which have moved: any numbers do in their places.
        let (rows, ..) = B::normalise(input, gamma.clone(), beta.clone(), gamma, beta, self.epsilon, self.relu);
        states.save(output, rows);
    }
}

impl<B: BatchNormGradients, C: CheckpointStrategy> BatchNorm for Autodiff<B, C> {
    fn normalise(
        input: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        moving_mean: FloatTensor<Self>,
        moving_variance: FloatTensor<Self>,
        epsilon: f32,
        relu: bool,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let guards = [input.node(), gamma.node(), beta.node()];
        let parents = [&input, &gamma, &beta];
        let [plain_gamma, plain_beta] = [&gamma, &beta].map(|tensor| tensor.primitive().clone());
        let [moving_mean, moving_variance] = [moving_mean, moving_variance].map(|tensor| tensor.into_primitive());
        let again = NormaliseAgain::<B> { input: input.id(), gamma: plain_gamma.clone(), beta: plain_beta.clone(), epsilon, relu };
        let prepared = Normalise.prepare::<C>(guards).memory_bound().retro_forward(again).parents(parents);
        let normalise = |input: FloatTensor<Self>, gamma, beta| {
            B::normalise(input.into_primitive(), gamma, beta, moving_mean, moving_variance, epsilon, relu)
        };
        let apart = |tensor| <Self as AutodiffBackend>::from_inner(tensor);
        match prepared.stateful() {
            OpsKind::Tracked(mut prepared) => {
                let kept = prepared.checkpoint(&input);
                let (output, mean, variance, coefficients) = normalise(input, plain_gamma.clone(), plain_beta.clone());
                let kept = Kept { input: kept, gamma: plain_gamma, beta: plain_beta, coefficients: coefficients.clone(), relu };
                (prepared.finish(kept, output), apart(mean), apart(variance), apart(coefficients))
            }
            OpsKind::UnTracked(prepared) => {
                let (output, mean, variance, coefficients) = normalise(input, plain_gamma, plain_beta);
                (prepared.finish(output), apart(mean), apart(variance), apart(coefficients))
            }
        }
    }
}
