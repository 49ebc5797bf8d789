//! Cross-entropy and correctness of a batch.

use burn::tensor::activation::log_softmax;
use burn::tensor::{Int, Tensor};

use crate::model::ops;

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
    let [cross_entropy, correct] = ops::cross_entropy::cross_entropy(logits, labels);
    ClassificationLoss { cross_entropy, correct }
}

/// What training makes small, `[1]`: the mean cross-entropy, or with `smoothing` that against labels of which that share is
/// spread evenly over all classes, Keras' `label_smoothing`.
pub fn smoothed_loss(mean_cross_entropy: Tensor<1>, logits: Tensor<2>, smoothing: f64) -> Tensor<1> {
    if smoothing == 0.0 {
        return mean_cross_entropy;
    }
    let even = log_softmax(logits, 1).mean().neg();
    mean_cross_entropy.mul_scalar(1.0 - smoothing) + even.mul_scalar(smoothing)
}

#[cfg(test)]
mod tests {
    use burn::tensor::{Device, TensorData};

    use super::*;

    #[test]
    fn smoothing_spreads_a_share_of_the_label_as_keras_does() {
        let device = Device::flex();
        let logits = [[2.0f32, -1.0, 0.5], [0.0, 3.0, -2.0]];
        let tensor = Tensor::<2>::from_data(TensorData::new(logits.concat(), [2, 3]), &device);
        let labels = Tensor::<1, Int>::from_data([2i32, 1], &device);
        let plain = classification_loss(tensor.clone(), labels).cross_entropy.mean();
        let found: Vec<f32> = smoothed_loss(plain, tensor, 0.3).into_data().try_to_vec().unwrap();
        // Keras: labels · (1 − smoothing) + smoothing / classes, then cross-entropy.
        let rows = logits.iter().zip([2usize, 1]).map(|(row, label)| {
            let sum: f64 = row.iter().map(|logit| f64::from(*logit).exp()).sum();
            let of_class = |(class, logit): (usize, &f32)| {
                let target = if class == label { 0.7 } else { 0.0 } + 0.3 / 3.0;
                -target * (f64::from(*logit) - sum.ln())
            };
            row.iter().enumerate().map(of_class).sum::<f64>()
        });
        let wanted = rows.sum::<f64>() / 2.0;
        assert!((f64::from(found[0]) - wanted).abs() < 1e-6, "{} is not {wanted}", found[0]);
    }
}
