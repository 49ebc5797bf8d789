//! One training step: forward, loss, backward, update.

use burn::optim::GradientsParams;
use burn::tensor::{Gradients, Int, Tensor};

use super::{AmsGrad, AmsGradSettings, classification_loss};
use crate::model::{DropoutMasks, ResNet};

/// Images and labels of one step, both off the autodiff device.
#[derive(Debug, Clone)]
pub struct Batch {
    /// `[batch, height, width, channels]`.
    pub images: Tensor<4>,
    /// `[batch]`.
    pub labels: Tensor<1, Int>,
}

/// Queues one step; gives the moved network and `[loss, accuracy]` of the batch before the step, `[2]`.
///
/// The loss is the cross-entropy without the L2 penalty, whose gradient the optimizer adds.
pub fn training_step(
    model: ResNet,
    optimizer: &mut AmsGrad,
    batch: Batch,
    masks: Option<&DropoutMasks>,
    settings: AmsGradSettings,
) -> (ResNet, Tensor<1>) {
    let (model, numbers, ()) = watched_step(model, optimizer, batch, masks, settings, |_, _| ());
    (model, numbers)
}

/// As [`training_step`], with a look at the gradients between the backward pass and the update.
///
/// The look gets them by reference: it cannot change what the step does.
pub fn watched_step<Seen>(
    model: ResNet,
    optimizer: &mut AmsGrad,
    batch: Batch,
    masks: Option<&DropoutMasks>,
    settings: AmsGradSettings,
    look: impl FnOnce(&ResNet, &Gradients) -> Seen,
) -> (ResNet, Tensor<1>, Seen) {
    let logits = model.forward(Tensor::from_inner(batch.images), masks);
    let measured = classification_loss(logits, batch.labels);
    let loss = measured.cross_entropy.mean();
    let numbers = Tensor::cat(vec![loss.clone().inner(), measured.correct.mean()], 0);
    let gradients = loss.backward();
    let seen = look(&model, &gradients);
    let gradients = GradientsParams::from_grads(gradients, &model);
    (optimizer.step(model, gradients, settings), numbers, seen)
}
