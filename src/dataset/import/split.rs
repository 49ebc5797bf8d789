//! Training and held-out images out of one pool, by seed.

use crate::dataset::LabelledImages;
use crate::random::{Purpose, RandomStream};

/// Takes a share of each class out, in percent, at least one image and never the last one.
pub(super) fn hold_out(images: &mut LabelledImages, classes: usize, percent: u32, seed: u64, stream: u64) -> LabelledImages {
    let mut random = RandomStream::new(seed, Purpose::Import, stream);
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); classes];
    for (place, label) in images.labels.iter().enumerate() {
        if let Some(places) = places.get_mut(usize::from(*label)) {
            places.push(place);
        }
    }
    let mut held_out = Vec::new();
    for mut of_class in places {
        random.shuffle(&mut of_class);
        let rounded = (of_class.len() * percent as usize + 50) / 100;
        let count = rounded.max(1).min(of_class.len().saturating_sub(1));
        held_out.extend(of_class.into_iter().take(count));
    }
    held_out.sort_unstable();
    images.take_out(&held_out)
}

/// An order of so many images in which classes are mixed: a run that takes the first shards finds all of them there.
pub(super) fn mixed_order(images: usize, seed: u64, stream: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..images).collect();
    RandomStream::new(seed, Purpose::Import, stream).shuffle(&mut order);
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::IMAGE_BYTES;

    fn pool(labels: Vec<u16>) -> LabelledImages {
        let pixels = (0..labels.len()).flat_map(|index| [index as u8; IMAGE_BYTES]).collect();
        LabelledImages { pixels, labels }
    }

    #[test]
    fn a_share_of_every_class_is_held_out() {
        let mut images = pool([vec![0; 20], vec![1; 10], vec![2; 2], vec![3; 1]].concat());
        let held_out = hold_out(&mut images, 4, 20, 7, 0);
        let count = |images: &LabelledImages, class| images.labels.iter().filter(|label| **label == class).count();
        let counts: Vec<_> = (0..4).map(|class| (count(&images, class), count(&held_out, class))).collect();
        assert_eq!(counts, [(16, 4), (8, 2), (1, 1), (1, 0)], "a fifth, at least one, never the last");
        let pixels = |images: &LabelledImages| images.pixels.chunks_exact(IMAGE_BYTES).map(|image| image[0]).collect::<Vec<_>>();
        assert!(pixels(&held_out).iter().all(|image| !pixels(&images).contains(image)), "no image is on both sides");
    }

    #[test]
    fn the_seed_decides_which() {
        let held_out = |seed| hold_out(&mut pool(vec![0; 50]), 1, 20, seed, 0).pixels;
        assert!(held_out(1) == held_out(1) && held_out(1) != held_out(2), "the same seed holds the same out");
        assert_ne!(mixed_order(50, 1, 0), mixed_order(50, 2, 0), "and orders the same");
    }
}
