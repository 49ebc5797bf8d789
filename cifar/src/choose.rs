//! Which images the starter set takes.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

const SEED: u64 = 10;

/// Shuffles all images with a fixed seed and keeps, in that order, the first `per_class` of each class.
pub fn balanced(labels: &[u8], classes: usize, per_class: usize) -> Vec<usize> {
    let mut missing = vec![per_class; classes];
    let mut chosen = shuffled(labels.len());
    chosen.retain(|&id| match missing.get_mut(usize::from(labels[id])) {
        None | Some(0) => false,
        Some(left) => {
            *left -= 1;
            true
        }
    });
    chosen
}

/// Fisher and Yates' shuffle of 0..count.
fn shuffled(count: usize) -> Vec<usize> {
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        let other = random.next_u64() % (last as u64 + 1); // the bias of `%` is below 10⁻¹⁴ here
        order.swap(last, other as usize);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_there_equally_often() {
        let labels: Vec<u8> = (0..300).map(|i| (i % 3) as u8).collect();
        let chosen = balanced(&labels, 3, 20);
        assert_eq!(chosen.len(), 60);
        for class in 0..3 {
            assert_eq!(chosen.iter().filter(|&&id| labels[id] == class).count(), 20, "class {class}");
        }
    }

    #[test]
    fn no_image_is_taken_twice_and_the_order_is_mixed() {
        let chosen = balanced(&[0; 50], 1, 50);
        let mut sorted = chosen.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..50).collect::<Vec<_>>());
        assert_ne!(sorted, chosen);
    }

    #[test]
    fn the_choice_is_the_same_on_every_machine() {
        assert_eq!(balanced(&[0; 1_000], 1, 4), [549, 502, 103, 212], "the committed starter set was chosen by this order");
    }
}
