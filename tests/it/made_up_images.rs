//! Images that are quickly learnt.

use burn::tensor::Device;
use resnet_playground::dataset::augmentation::ImageStatistics;
use resnet_playground::dataset::{IMAGE_BYTES, LabelledImages};
use resnet_playground::random::{Purpose, RandomStream};
use resnet_playground::training::DeviceImages;

pub const STATISTICS: ImageStatistics = ImageStatistics { mean: [0.5; 3], deviation: [0.25; 3] };

/// Noise with a brighter half: upper for even labels, lower for odd ones.
pub fn made_up_images(count: usize) -> DeviceImages {
    made_up_images_on(&Device::flex(), count)
}

pub fn made_up_images_on(device: &Device, count: usize) -> DeviceImages {
    DeviceImages::upload(&made_up_pixels(count), STATISTICS, device)
}

/// The same before they are on a device.
pub fn made_up_pixels(count: usize) -> LabelledImages {
    let mut random = RandomStream::new(11, Purpose::Subset, 0);
    let mut images = LabelledImages { pixels: vec![0; count * IMAGE_BYTES], labels: Vec::new() };
    random.fill_bytes(&mut images.pixels);
    for (index, image) in images.pixels.chunks_exact_mut(IMAGE_BYTES).enumerate() {
        let label = index % 2;
        images.labels.push(label as u16);
        let half = IMAGE_BYTES / 2;
        image[label * half..(label + 1) * half].iter_mut().for_each(|byte| *byte = *byte / 2 + 128);
    }
    images
}
