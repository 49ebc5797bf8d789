//! One training step: forward, loss, backward, update.

use burn::optim::GradientsParams;
use burn::tensor::{Int, Tensor};

use super::{AmsGrad, AmsGradSettings, classification_loss};
use crate::insight::{Look, UnreadLook};
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
    let (model, numbers, _) = watched_step(model, optimizer, batch, masks, settings, None);
    (model, numbers)
}

/// As [`training_step`], with a look inside: at the blocks in the forward pass, at the gradients, and at the update.
///
/// The look gets tensors that the step makes anyway: it cannot change what the step does.
pub fn watched_step(
    model: ResNet,
    optimizer: &mut AmsGrad,
    batch: Batch,
    masks: Option<&DropoutMasks>,
    settings: AmsGradSettings,
    mut look: Option<Look<'_>>,
) -> (ResNet, Tensor<1>, Option<UnreadLook>) {
    let images = Tensor::from_inner(batch.images);
    let logits = match &mut look {
        None => model.forward(images, masks),
        Some(look) => model.forward_seen(images, masks, &mut |block| look.block(&block)),
    };
    let measured = classification_loss(logits, batch.labels);
    let loss = measured.cross_entropy.mean();
    let numbers = Tensor::cat(vec![loss.clone().inner(), measured.correct.mean()], 0);
    let gradients = loss.backward();
    if let Some(look) = &mut look {
        look.gradients(&model, &gradients);
    }
    let before = look.is_some().then(|| model.clone());
    let gradients = GradientsParams::from_grads(gradients, &model);
    let updated = optimizer.step(model, gradients, settings);
    let seen = look.zip(before).and_then(|(look, before)| look.update(&before, &updated));
    (updated, numbers, seen)
}
