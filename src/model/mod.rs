//! The trainable network, built from a [`crate::spec::ResNetSpec`] on a Burn device.
//!
//! Field names spell the weight names of the reference (`stages.0.blocks.1.conv2.kernel`), so the
//! module tree and the weight files cannot drift apart. Activations are `[batch, height, width,
//! channels]` from the image to the head.

pub mod ops;

mod activation;
mod batch_norm;
mod block;
mod convolution;
mod dense;
mod dropout;
mod head;
mod initial_weights;
mod resnet;
mod stem;
mod weights;

pub use activation::activate;
pub use batch_norm::BatchNorm;
pub use block::{Block, BlockTensors};
pub use convolution::Convolution;
pub use dense::Dense;
pub use dropout::DropoutMasks;
pub use head::Head;
pub use initial_weights::InitialWeights;
pub use resnet::{EvaluatedTensors, ResNet, Stage};
pub use stem::Stem;
pub use weights::{WeightError, WeightRole, WeightSource, named_gradients, named_weights};
