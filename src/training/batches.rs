//! A pass over images in batches of one shape.

use burn::tensor::{Int, Tensor, TensorData};

use super::DeviceImages;

/// Images still to come of a pass.
#[derive(Debug)]
pub(super) struct Batches {
    images: DeviceImages,
    size: usize,
    done: usize,
}

impl Batches {
    /// All `images` once, in their order, `size` at a time.
    pub fn new(images: DeviceImages, size: usize) -> Self {
        Self { images, size, done: 0 }
    }

    /// Images that have come so far.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Images in all.
    pub fn total(&self) -> usize {
        self.images.len()
    }

    /// Images in a batch.
    pub fn size(&self) -> usize {
        self.size
    }

    /// What the places are places of.
    pub fn images(&self) -> &DeviceImages {
        &self.images
    }

    /// Places of the next batch, `[batch]`, and how many of them count; none after the last.
    ///
    /// The last batch is filled up with images that do not count: nothing is learnt here, and another size would need buffers of its own
    /// on a GPU.
    pub fn next(&mut self) -> Option<(Tensor<1, Int>, usize)> {
        let count = self.size.min(self.total() - self.done);
        if count == 0 {
            return None;
        }
        let places: Vec<i32> = (0..self.size).map(|index| ((self.done + index) % self.total()) as i32).collect();
        self.done += count;
        Some((Tensor::from_data(TensorData::new(places, [self.size]), &self.images.device()), count))
    }
}
