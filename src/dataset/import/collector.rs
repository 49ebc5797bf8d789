//! The images that are kept: as many of each class as asked for, every one of them equally likely.

use crate::dataset::{IMAGE_BYTES, LabelledImages};
use crate::random::{Purpose, RandomStream};

/// Images of all classes, at most so many of each: a reservoir for each class (Vitter's algorithm R), so that one pass
/// is enough and memory stays bounded.
pub(super) struct Collector {
    images: LabelledImages,
    /// Places of each class' images.
    kept: Vec<Vec<usize>>,
    /// Images of each class that came by.
    seen: Vec<u32>,
    most: usize,
    random: RandomStream,
}

impl Collector {
    /// Keeps at most `most` images of each of so many classes; `stream` tells collectors of one import apart.
    pub fn new(classes: usize, most: usize, seed: u64, stream: u64) -> Self {
        Self {
            images: LabelledImages::default(),
            kept: vec![Vec::new(); classes],
            seen: vec![0; classes],
            most,
            random: RandomStream::new(seed, Purpose::Import, stream),
        }
    }

    /// Takes an image, maybe in the place of another. Classes that are not there keep nothing.
    pub fn add(&mut self, class: usize, image: &[u8; IMAGE_BYTES]) {
        let (Some(kept), Some(seen)) = (self.kept.get_mut(class), self.seen.get_mut(class)) else { return };
        *seen = seen.saturating_add(1);
        if kept.len() < self.most {
            kept.push(self.images.labels.len());
            self.images.labels.push(class as u16);
            self.images.pixels.extend_from_slice(image);
            return;
        }
        // The newest is kept with the chance of most in seen.
        let slot = self.random.below(*seen) as usize;
        let pixels = kept.get(slot).and_then(|place| self.images.pixels.get_mut(place * IMAGE_BYTES..)?.get_mut(..IMAGE_BYTES));
        if let Some(pixels) = pixels {
            pixels.copy_from_slice(image);
        }
    }

    /// Whether there were more images of a class than are kept.
    pub fn is_selective(&self) -> bool {
        self.seen.iter().any(|seen| *seen as usize > self.most)
    }

    /// All that were kept, in the order in which their places were taken.
    pub fn into_images(self) -> LabelledImages {
        self.images
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(number: u8) -> [u8; IMAGE_BYTES] {
        [number; IMAGE_BYTES]
    }

    fn kept(seed: u64, most: usize, count: u8) -> Vec<u8> {
        let mut collector = Collector::new(1, most, seed, 0);
        (0..count).for_each(|number| collector.add(0, &image(number)));
        collector.into_images().pixels.chunks_exact(IMAGE_BYTES).map(|image| image[0]).collect()
    }

    #[test]
    fn all_are_kept_in_their_order_while_there_is_room() {
        assert_eq!(kept(1, 5, 4), [0, 1, 2, 3]);
    }

    #[test]
    fn every_image_is_equally_likely_to_be_kept() {
        let mut times = [0u32; 20];
        for seed in 0..2000 {
            let kept = kept(seed, 5, 20);
            assert_eq!(kept.len(), 5, "as many as asked for");
            kept.iter().for_each(|number| times[usize::from(*number)] += 1);
        }
        // Each is kept in a quarter of 2,000 trials: 500, with a deviation of 19.
        assert!(times.iter().all(|times| (420..=580).contains(times)), "{times:?}");
        assert_eq!(kept(3, 5, 20), kept(3, 5, 20), "the same seed keeps the same");
    }

    #[test]
    fn a_class_does_not_take_the_room_of_another() {
        let mut collector = Collector::new(2, 3, 1, 0);
        (0..9).for_each(|number| collector.add(0, &image(number)));
        collector.add(1, &image(100));
        collector.add(7, &image(200));
        assert!(collector.is_selective(), "nine of the first were more than three");
        let images = collector.into_images();
        assert_eq!(images.labels, [0, 0, 0, 1], "three of the first, the only one of the second, none of one that is not there");
        assert_eq!(images.pixels[3 * IMAGE_BYTES], 100, "with its own pixels");
    }
}
