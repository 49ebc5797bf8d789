//! Cross-entropy and correctness of a batch.

use burn::tensor::activation::log_softmax;
use burn::tensor::{Int, Tensor};

/// What one batch says about a classifier, one number an image.
#[derive(Debug, Clone)]
pub struct ClassificationLoss {
    /// `−log p(label)` in nats, `[batch]`.
    pub cross_entropy: Tensor<1>,
    /// 1 where the largest logit is the label's, else 0, `[batch]`; carries no gradient.
    pub correct: Tensor<1>,
}

/// Compares logits `[batch, classes]` with labels `[batch]`.
pub fn classification_loss(logits: Tensor<2>, labels: Tensor<1, Int>) -> ClassificationLoss {
    let [batch, classes] = logits.dims();
    let plain = logits.clone().inner();
    let device = plain.device();
    let labels = labels.reshape([batch, 1]);
    let correct = plain.argmax(1).equal(labels.clone()).float().reshape([batch]);
    // A sum over a one-hot row instead of a gather: its gradient needs no scatter, which GPUs do one by one.
    let places = Tensor::<1, Int>::arange(0..classes as i64, &device).reshape([1, classes]);
    let one_hot = labels.expand([batch, classes]).equal(places.expand([batch, classes])).float();
    let picked = log_softmax(logits, 1) * with_context(one_hot);
    ClassificationLoss { cross_entropy: picked.sum_dim(1).reshape([batch]).neg(), correct }
}

/// The constant beside tensors that may or may not be differentiated.
fn with_context(one_hot: Tensor<2>) -> Tensor<2> {
    Tensor::from_inner(one_hot)
}
