//! Cross-entropy and correctness of a batch.

use burn::tensor::{Int, Tensor};

use crate::operations;

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
    let [cross_entropy, correct] = operations::cross_entropy::cross_entropy(logits, labels);
    ClassificationLoss { cross_entropy, correct }
}
