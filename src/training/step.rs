//! One training step: forward, loss, backward, update.

use burn::optim::GradientsParams;
use burn::tensor::{Int, Tensor};

use super::{Optimizer, UpdateSettings, classification_loss, smoothed_loss};
use crate::insight::measuring::{Look, UnreadLook};
use crate::model::ops::overwrite::{duplicate, duplicate_int, overwrite, overwrite_int};
use crate::model::{DropoutMasks, ResNet};

/// Images and labels of one step, both off the autodiff device.
#[derive(Debug, Clone)]
pub struct Batch {
    /// `[batch, height, width, channels]`.
    pub images: Tensor<4>,
    /// `[batch]`.
    pub labels: Tensor<1, Int>,
}

/// What differs from step to step, off the autodiff device.
#[derive(Debug, Clone)]
pub(super) struct StepInputs {
    pub batch: Batch,
    pub masks: Option<DropoutMasks>,
    /// Learning rate with the optimizer's bias correction, `[1]`.
    pub step_size: Tensor<1>,
}

impl StepInputs {
    /// The same numbers in buffers of their own.
    pub fn duplicate(&self) -> Self {
        let Batch { images, labels } = self.batch.clone();
        Self {
            batch: Batch { images: duplicate(images), labels: duplicate_int(labels) },
            masks: self.masks.as_ref().map(DropoutMasks::duplicate),
            step_size: duplicate(self.step_size.clone()),
        }
    }

    /// These buffers with the numbers of `next`, which has the same shapes.
    pub fn overwritten_by(self, next: &Self) -> Self {
        let Batch { images, labels } = next.batch.clone();
        Self {
            batch: Batch { images: overwrite(self.batch.images, images), labels: overwrite_int(self.batch.labels, labels) },
            masks: self.masks.zip(next.masks.as_ref()).map(|(masks, next)| masks.overwritten_by(next)),
            step_size: overwrite(self.step_size, next.step_size.clone()),
        }
    }

    /// Whether the other has the same shapes.
    pub fn is_like(&self, other: &Self) -> bool {
        self.batch.images.dims() == other.batch.images.dims() && self.masks.is_some() == other.masks.is_some()
    }
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
    let step_size = optimizer.count_step(settings.update.learning_rate, &batch.images.device());
    let inputs = StepInputs { batch, masks: masks.cloned(), step_size };
    let (model, numbers, _) = watched_step(model, optimizer, inputs, settings, None);
    (model, numbers)
}

/// As [`training_step`], for a step that the optimizer has counted, with a look inside: at the blocks in the forward pass, at the
/// gradients, and at the update.
///
/// The look gets tensors that the step makes anyway, and copies of the kernels before they move: it cannot change what the step does.
pub(super) fn watched_step(
    model: ResNet,
    optimizer: &mut Optimizer,
    inputs: StepInputs,
    settings: StepSettings,
    mut look: Option<Look<'_>>,
) -> (ResNet, Tensor<1>, Option<UnreadLook>) {
    let StepInputs { batch, masks, step_size } = inputs;
    let logits = match &mut look {
        None => model.forward(batch.images, masks.as_ref()),
        Some(look) => model.forward_seen(batch.images, masks.as_ref(), &mut |block| look.block(&block)),
    };
    let measured = classification_loss(logits.clone(), batch.labels);
    let loss = measured.cross_entropy.mean();
    let numbers = Tensor::cat(vec![loss.clone().inner(), measured.correct.mean()], 0);
    let gradients = smoothed_loss(loss, logits, settings.label_smoothing).backward();
    if let Some(look) = &mut look {
        look.gradients(&model, &gradients);
    }
    let gradients = GradientsParams::from_grads(gradients, &model);
    let updated = optimizer.step_by(step_size, model, gradients, settings.update);
    let seen = look.and_then(|look| look.update(&updated));
    (updated, numbers, seen)
}
