//! One training step: forward, loss, backward, update.

use burn::optim::GradientsParams;
use burn::tensor::{Int, Tensor};

use super::{Optimizer, UpdateSettings, classification_loss, smoothed_loss};
use crate::insight::measuring::{Look, UnreadLook};
use crate::model::{DropoutMasks, ResNet};

/// Images and labels of one step, both off the autodiff device.
#[derive(Debug, Clone)]
pub struct Batch {
    /// `[batch, height, width, channels]`.
    pub images: Tensor<4>,
    /// `[batch]`.
    pub labels: Tensor<1, Int>,
}

/// How a step is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepSettings {
    /// How gradients move weights.
    pub update: UpdateSettings,
    /// Share of each label that is spread over all classes.
    pub label_smoothing: f64,
}

impl StepSettings {
    /// Labels as they are.
    pub const fn plain(learning_rate: f64, l2: f64) -> Self {
        Self { update: UpdateSettings { learning_rate, l2 }, label_smoothing: 0.0 }
    }
}

/// Queues one step; gives the moved network and `[loss, accuracy]` of the batch before the step, `[2]`.
///
/// The loss is the cross-entropy against the labels as they are, smoothed or not, so that it compares with the held-out
/// images'; without the L2 penalty, whose gradient the optimizer adds.
pub fn training_step(
    model: ResNet,
    optimizer: &mut Optimizer,
    batch: Batch,
    masks: Option<&DropoutMasks>,
    settings: StepSettings,
) -> (ResNet, Tensor<1>) {
    let (model, numbers, _) = watched_step(model, optimizer, batch, masks, settings, None);
    (model, numbers)
}

/// As [`training_step`], with a look inside: at the blocks in the forward pass, at the gradients, and at the update.
///
/// The look gets tensors that the step makes anyway: it cannot change what the step does.
pub fn watched_step(
    model: ResNet,
    optimizer: &mut Optimizer,
    batch: Batch,
    masks: Option<&DropoutMasks>,
    settings: StepSettings,
    mut look: Option<Look<'_>>,
) -> (ResNet, Tensor<1>, Option<UnreadLook>) {
    let logits = match &mut look {
        None => model.forward(batch.images, masks),
        Some(look) => model.forward_seen(batch.images, masks, &mut |block| look.block(&block)),
    };
    let measured = classification_loss(logits.clone(), batch.labels);
    let loss = measured.cross_entropy.mean();
    let numbers = Tensor::cat(vec![loss.clone().inner(), measured.correct.mean()], 0);
    let gradients = smoothed_loss(loss, logits, settings.label_smoothing).backward();
    if let Some(look) = &mut look {
        look.gradients(&model, &gradients);
    }
    let before = look.is_some().then(|| model.clone());
    let gradients = GradientsParams::from_grads(gradients, &model);
    let updated = optimizer.step(model, gradients, settings.update);
    let seen = look.zip(before).and_then(|(look, before)| look.update(&before, &updated));
    (updated, numbers, seen)
}
