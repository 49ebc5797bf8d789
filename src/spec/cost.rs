//! What a network costs before it is run: parameters, multiply-adds, memory.

use super::ResNetSpec;

/// A number of a layer's output or a weight is a 32-bit float.
pub const BYTES_PER_NUMBER: u64 = 4;

/// Costs that follow from the spec alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// All weights, moving statistics of batch norm included (Keras' "total params").
    pub parameters: u64,
    /// Weights that training changes.
    pub trainable_parameters: u64,
    /// Multiply-adds of convolutions and dense layers for one image, forward pass.
    pub multiply_adds_per_image: u64,
    /// Bytes of all layer outputs for one image.
    pub activation_bytes_per_image: u64,
}

impl Cost {
    pub(super) fn of(spec: &ResNetSpec) -> Self {
        let mut cost = Self { parameters: 0, trainable_parameters: 0, multiply_adds_per_image: 0, activation_bytes_per_image: 0 };
        for layer in spec.layers() {
            cost.trainable_parameters += layer.trainable_parameters();
            cost.parameters += layer.trainable_parameters() + layer.moving_statistics();
            cost.multiply_adds_per_image += layer.multiply_adds();
            cost.activation_bytes_per_image += layer.output_elements() * BYTES_PER_NUMBER;
        }
        cost
    }
}

impl ResNetSpec {
    /// Parameters, multiply-adds and memory.
    pub fn cost(&self) -> Cost {
        Cost::of(self)
    }
}
