//! Dropout whose choice of units is the same on every device.
//!
//! Each backend has a random generator of its own, so masks are drawn on the CPU. They travel as
//! one bit a unit and are never unpacked: for batch 32 and 8 start filters 32 kB instead of 1 MB.

use burn::tensor::{Device, Int, Tensor, TensorData};
use resnet_kernels::dropout::MASK_BITS;

use crate::model::ops;
use crate::model::ops::overwrite::{duplicate_int, overwrite_int};
use crate::random::{Purpose, RandomStream};
use crate::spec::ResNetSpec;

/// Which units a step drops.
#[derive(Debug, Clone)]
pub struct DropoutMasks {
    /// After the stem's activation.
    pub(super) stem: Option<Mask>,
    /// Before the last dense layer.
    pub(super) head: Option<Mask>,
}

/// One bit a unit, and what is multiplied with the units that stay: `1 / (1 − rate)`, so that the expected sum does too.
#[derive(Debug, Clone)]
pub(super) struct Mask {
    /// `[words]`, 32 units each, lowest bit first.
    words: Tensor<1, Int>,
    factor: f32,
}

impl DropoutMasks {
    /// Masks of `step` for a batch of this size, drawn from the run's seed.
    pub fn draw(spec: &ResNetSpec, batch: usize, seed: u64, step: usize, device: &Device) -> Self {
        let mut random = RandomStream::new(seed, Purpose::Dropout, step as u64);
        let choices = spec.choices();
        let stem_units = choices.image_edge * choices.image_edge * choices.start_filters;
        let head_units = if choices.dense_units > 0 { choices.dense_units } else { spec.pooled_units() };
        let mut draw = |units: usize, rate: f64| (rate > 0.0).then(|| Mask::draw(batch * units, rate, &mut random, device));
        let stem = draw(stem_units, choices.stem_dropout);
        let head = draw(head_units, choices.head_dropout);
        Self { stem, head }
    }

    /// The same masks in buffers of their own.
    pub fn duplicate(&self) -> Self {
        let duplicated = |mask: &Mask| Mask { words: duplicate_int(mask.words.clone()), ..*mask };
        Self { stem: self.stem.as_ref().map(duplicated), head: self.head.as_ref().map(duplicated) }
    }

    /// These buffers with the masks of `next`, for as many units.
    pub fn overwritten_by(self, next: &Self) -> Self {
        let overwritten = |mask: Option<Mask>, next: &Option<Mask>| {
            mask.zip(next.as_ref()).map(|(mask, next)| Mask { words: overwrite_int(mask.words, next.words.clone()), ..*next })
        };
        Self { stem: overwritten(self.stem, &next.stem), head: overwritten(self.head, &next.head) }
    }
}

impl Mask {
    fn draw(units: usize, rate: f64, random: &mut RandomStream, device: &Device) -> Self {
        let words = kept_bits(units, rate, random);
        let count = words.len();
        let words = Tensor::from_data(TensorData::new(words, [count]), device);
        Self { words, factor: (1.0 / (1.0 - rate)) as f32 }
    }
}

/// One bit a unit, set where the unit stays, lowest bit first.
fn kept_bits(units: usize, rate: f64, random: &mut RandomStream) -> Vec<i32> {
    // 16 random bits decide a unit: the rate is met within 1/65,536, at half the cost of 32.
    let dropped_below = (rate * 65_536.0).round() as u16;
    let mut draws = [0u8; 2 * MASK_BITS];
    (0..units.div_ceil(MASK_BITS))
        .map(|_| {
            random.fill_bytes(&mut draws);
            let kept = |pair: &[u8]| u32::from(u16::from_le_bytes([pair[0], pair[1]]) >= dropped_below);
            draws.chunks_exact(2).enumerate().fold(0u32, |word, (bit, pair)| word | (kept(pair) << bit)) as i32
        })
        .collect()
}

/// Applies a mask, if there is one.
pub(super) fn drop_units<const D: usize>(activations: Tensor<D>, mask: Option<&Mask>) -> Tensor<D> {
    match mask {
        Some(Mask { words, factor }) => ops::dropout::drop_units(activations, words.clone(), *factor),
        None => activations,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_of_the_units_is_dropped_and_the_sum_stays() {
        let mut random = RandomStream::new(1, Purpose::Dropout, 0);
        let mask = Mask::draw(100_003, 0.2, &mut random, &Device::flex());
        let ones = Tensor::<1>::ones([100_003], &Device::flex());
        let factors: Vec<f32> = drop_units(ones, Some(&mask)).into_data().try_to_vec().unwrap();
        assert_eq!(factors.len(), 100_003, "one factor a unit");
        let dropped = factors.iter().filter(|factor| **factor == 0.0).count() as f64 / 100_003.0;
        assert!((dropped - 0.2).abs() < 0.01, "{dropped} of the units are dropped");
        assert!(factors.iter().all(|factor| *factor == 0.0 || *factor == 1.25), "the others make up for them");
    }
}
