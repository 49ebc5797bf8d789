//! One documented random stream for everything drawn at run time.
//!
//! Weights, image choice, batch order and dropout come from ChaCha8 seeded by the run's seed, on the
//! CPU, so that one seed gives the same run on every device up to rounding. Each purpose has its own
//! stream: drawing more of one never shifts another.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What numbers are drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// First weights.
    Weights = 1,
    /// Which images take part.
    Subset = 2,
    /// Order of the training images.
    Order = 3,
    /// Units dropped while training.
    Dropout = 4,
    /// Which training images are kept out to validate with.
    Validation = 5,
    /// How training images are changed.
    Augmentation = 6,
    /// Which images of an upload are kept, held out, and in which order.
    Import = 7,
}

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub struct RandomStream(ChaCha8Rng);

impl RandomStream {
    /// The stream of `purpose` for a run with this seed; `part` tells epochs or steps apart.
    pub fn new(seed: u64, purpose: Purpose, part: u64) -> Self {
        let mut key = [0u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&(purpose as u64).to_le_bytes());
        key[16..24].copy_from_slice(&part.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// Uniform over all 32-bit values.
    pub fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// Fills `bytes` uniformly.
    pub fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }

    /// Uniform in `[0, 1)`, 24 bits: every value is exact in `f32`.
    pub fn unit(&mut self) -> f32 {
        (self.next_u32() >> 8) as f32 / (1u32 << 24) as f32
    }

    /// Uniform in `0..bound`, without bias (Lemire's multiply-and-reject).
    ///
    /// `bound` 0 gives 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        if bound == 0 {
            return 0;
        }
        let reject_below = bound.wrapping_neg() % bound;
        loop {
            let product = u64::from(self.next_u32()) * u64::from(bound);
            if product as u32 >= reject_below {
                return (product >> 32) as u32;
            }
        }
    }

    /// Fisher–Yates: every order equally likely.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let other = self.below(end as u32 + 1) as usize;
            items.swap(end, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_purpose_others() {
        let draw = |seed, purpose| {
            let mut stream = RandomStream::new(seed, purpose, 0);
            [stream.next_u32(), stream.next_u32(), stream.next_u32()]
        };
        assert_eq!(draw(7, Purpose::Weights), draw(7, Purpose::Weights), "a link reproduces its run");
        assert_ne!(draw(7, Purpose::Weights), draw(8, Purpose::Weights), "the seed matters");
        assert_ne!(draw(7, Purpose::Weights), draw(7, Purpose::Order), "purposes do not share a stream");
    }

    #[test]
    fn the_stream_is_the_published_one() {
        // Links made today must give the same run after a dependency is updated.
        let mut stream = RandomStream::new(1, Purpose::Weights, 0);
        assert_eq!([stream.next_u32(), stream.next_u32()], PUBLISHED, "changing the generator breaks every shared link");
    }

    const PUBLISHED: [u32; 2] = [1489600331, 1011583306];

    #[test]
    fn a_shuffle_keeps_every_item() {
        let mut items: Vec<u32> = (0..100).collect();
        RandomStream::new(3, Purpose::Order, 0).shuffle(&mut items);
        assert_ne!(items, (0..100).collect::<Vec<_>>(), "a hundred items in their old order would be a miracle");
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>(), "nothing is lost or doubled");
    }
}
