//! First weights as Keras draws them: Glorot uniform kernels, zero biases, unit batch norm.

use super::weights::{WeightError, WeightRole, WeightSource};
use crate::random::{Purpose, RandomStream};

/// Draws weights from the run's seed, on the CPU: the same on every device.
#[derive(Debug)]
pub struct InitialWeights {
    random: RandomStream,
}

impl InitialWeights {
    /// The weights that runs with this seed start from.
    pub fn new(seed: u64) -> Self {
        Self { random: RandomStream::new(seed, Purpose::Weights, 0) }
    }
}

impl WeightSource for InitialWeights {
    fn values(&mut self, _name: &str, role: WeightRole, shape: &[usize]) -> Result<Vec<f32>, WeightError> {
        let count = shape.iter().product();
        Ok(match role {
            WeightRole::Kernel => {
                let limit = glorot_limit(shape);
                (0..count).map(|_| (2.0 * self.random.unit() - 1.0) * limit).collect()
            }
            WeightRole::Bias | WeightRole::Beta | WeightRole::MovingMean => vec![0.0; count],
            WeightRole::Gamma | WeightRole::MovingVariance => vec![1.0; count],
        })
    }
}

/// `√(6 / (fan_in + fan_out))` (Glorot & Bengio 2010), fans counted as Keras does: for a
/// convolution `[height, width, in, out]` both are multiplied by the kernel's area.
fn glorot_limit(shape: &[usize]) -> f32 {
    let (area, channels) = shape.split_at(shape.len().saturating_sub(2));
    let area: usize = area.iter().product();
    let fans = area * channels.iter().sum::<usize>();
    (6.0 / fans as f32).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels_are_uniform_within_keras_limit() {
        let shape = [3, 3, 16, 32];
        let values = InitialWeights::new(5).values("k", WeightRole::Kernel, &shape).unwrap();
        let limit = (6.0f32 / (9.0 * 48.0)).sqrt();
        let mean = values.iter().sum::<f32>() / values.len() as f32;
        let variance = values.iter().map(|value| value * value).sum::<f32>() / values.len() as f32;
        assert!(values.iter().all(|value| value.abs() <= limit), "nothing beyond the limit {limit}");
        assert!(mean.abs() < 0.03 * limit, "centred: {mean}");
        assert!((variance / (limit * limit / 3.0) - 1.0).abs() < 0.05, "a uniform variance is limit²/3: {variance}");
    }
}
