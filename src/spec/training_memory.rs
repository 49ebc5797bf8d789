//! What training keeps in memory, and what of it can be computed again instead.

use super::{Activation, BYTES_PER_NUMBER, LayerKind, LayerSpec, ResNetSpec};

/// Above this, outputs of batch norms and activations are computed again in the backward pass. Losses stay the same to the last
/// bit; on the CPU a step of that size takes no longer, on a GPU one pass more over the maps of each batch norm.
const RECOMPUTED_ABOVE_BYTES: u64 = 1 << 30;
/// Maps that are on their way at once in the backward pass, each as large as the largest.
const MAPS_ON_THEIR_WAY: u64 = 5;

/// Memory that training needs beside its images and its program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrainingMemory {
    /// Each weight, and for each that is trained its gradient and the three moments of Adam with AMSGrad.
    weights_bytes: u64,
    /// What the way back needs of one image and only the forward pass can make: outputs of convolutions and sums.
    kept_bytes_per_image: u64,
    /// What it needs and can make from that.
    recomputable_bytes_per_image: u64,
    /// Gradients and outputs that come and go.
    passing_bytes_per_image: u64,
}

impl TrainingMemory {
    /// Of this network.
    pub fn of(spec: &ResNetSpec) -> Self {
        let layers = spec.layers();
        let (mut weights, mut kept, mut recomputable, mut largest) = (0, 0, 0, 0);
        for (place, layer) in layers.iter().enumerate() {
            weights += 5 * layer.trainable_parameters() + layer.moving_statistics();
            largest = largest.max(layer.output_elements());
            let next = layers.get(place + 1..).unwrap_or_default().iter().find(|layer| !is_shortcut(layer)).map(|layer| layer.kind);
            match layer.kind {
                // A sum needs nothing of what it adds.
                LayerKind::Convolution { .. } | LayerKind::BatchNorm if is_shortcut(layer) || next == Some(LayerKind::Add) => {}
                // One with the ReLU behind it.
                LayerKind::BatchNorm if next == Some(LayerKind::Activation(Activation::Relu)) => {}
                LayerKind::BatchNorm | LayerKind::Activation(_) => recomputable += layer.output_elements(),
                _ => kept += layer.output_elements(),
            }
        }
        let [weights_bytes, kept_bytes_per_image, recomputable_bytes_per_image, largest] =
            [weights, kept, recomputable, largest].map(|numbers| numbers * BYTES_PER_NUMBER);
        Self { weights_bytes, kept_bytes_per_image, recomputable_bytes_per_image, passing_bytes_per_image: MAPS_ON_THEIR_WAY * largest }
    }

    /// Whether `batch` images a step are so many that what can be computed again is.
    pub fn recomputes(&self, batch: usize) -> bool {
        self.with_all_kept(batch) > RECOMPUTED_ABOVE_BYTES
    }

    /// Bytes at `batch` images a step.
    pub fn bytes(&self, batch: usize) -> u64 {
        let spared = if self.recomputes(batch) { self.recomputable_bytes_per_image * batch as u64 } else { 0 };
        self.with_all_kept(batch) - spared
    }

    fn with_all_kept(&self, batch: usize) -> u64 {
        let per_image = self.kept_bytes_per_image + self.recomputable_bytes_per_image + self.passing_bytes_per_image;
        self.weights_bytes + per_image * batch as u64
    }

    /// The most images a step that fit into `bytes`; 0 where not one does.
    pub fn most_images(&self, bytes: u64) -> usize {
        let most = |per_image: u64| (bytes.saturating_sub(self.weights_bytes) / per_image.max(1)) as usize;
        let recomputed = most(self.kept_bytes_per_image + self.passing_bytes_per_image);
        if self.recomputes(recomputed) {
            recomputed
        } else {
            most(self.kept_bytes_per_image + self.recomputable_bytes_per_image + self.passing_bytes_per_image)
        }
    }
}

fn is_shortcut(layer: &LayerSpec) -> bool {
    layer.name.ends_with(".shortcut")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::NetworkChoices;

    const MIB: f64 = 1024.0 * 1024.0;

    fn memory(depth: usize, start_filters: usize) -> TrainingMemory {
        let choices = NetworkChoices { depth, start_filters, ..Default::default() };
        TrainingMemory::of(&ResNetSpec::new(choices).unwrap())
    }

    #[test]
    fn it_is_what_was_measured() {
        // All buffers of the WebGPU trainer after some steps made anew, see docs/performance.md.
        for (depth, filters, measured) in [(20, 16, 161.0), (56, 16, 374.0)] {
            let counted = memory(depth, filters).bytes(32) as f64 / MIB;
            assert!((counted / measured - 1.0).abs() < 0.1, "depth {depth}: counted {counted:.0} MiB, measured {measured}");
        }
    }

    #[test]
    fn deep_networks_compute_again_and_fit() {
        assert!(!memory(56, 16).recomputes(32));
        let deep = memory(164, 32);
        assert!(deep.recomputes(32));
        assert!(deep.bytes(32) < 3 << 30, "{} MiB", deep.bytes(32) as f64 / MIB);
        for bytes in [1 << 28, 1 << 30, 4 << 30] {
            let most = deep.most_images(bytes);
            assert!(deep.bytes(most) <= bytes || most == 0);
        }
        assert!(deep.bytes(deep.most_images(4 << 30) + 1) > 4 << 30, "one more does not fit");
    }
}
