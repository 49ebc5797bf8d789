//! Fits CIFAR's 32 × 32 colour images to a network that reads another size.

use burn::tensor::Tensor;

use crate::dataset::IMAGE_EDGE;
use crate::language::tr;
use crate::spec::ResNetSpec;

/// Why a network cannot read these images.
///
/// # Errors
/// A sentence that names the sizes that do.
pub fn check_image_size(spec: &ResNetSpec) -> Result<(), String> {
    let choices = spec.choices();
    let edge = choices.image_edge;
    if !(edge.is_multiple_of(IMAGE_EDGE) || IMAGE_EDGE.is_multiple_of(edge)) {
        return Err(tr!(
            "images of {pixels} pixels can be trained at an edge of 4, 8, 16, 32, 64, 96, 128 and so on, not {edge}",
            pixels = IMAGE_EDGE,
            edge
        ));
    }
    match choices.image_channels {
        1 | 3 => Ok(()),
        channels => Err(tr!("these images have 3 channels, or 1 as grey: the network wants {channels}", channels)),
    }
}

/// `[batch, 32, 32, 3]` → `[batch, edge, edge, channels]`: pixels repeated or averaged, colours averaged to grey.
pub(super) fn fit(images: Tensor<4>, edge: usize, channels: usize) -> Tensor<4> {
    let [batch, height, width, colours] = images.dims();
    let images = if channels < colours { images.mean_dim(3) } else { images };
    if edge > height {
        let factor = edge / height;
        let apart = images.reshape([batch, height, 1, width, 1, channels]);
        return apart.expand([batch, height, factor, width, factor, channels]).reshape([batch, edge, edge, channels]);
    }
    if edge < height {
        let window = height / edge;
        let across = images.reshape([batch * height * edge, window, channels]).mean_dim(1);
        let down = across.reshape([batch * edge, window, edge * channels]).mean_dim(1);
        return down.reshape([batch, edge, edge, channels]);
    }
    images
}

#[cfg(test)]
mod tests {
    use burn::tensor::{Device, Int};

    use super::*;
    use crate::spec::NetworkChoices;

    #[test]
    fn pixels_are_repeated_or_averaged() {
        let count = (32 * 32 * 3) as i64;
        let images = Tensor::<1, Int>::arange(0..count, &Device::flex()).float().reshape([1, 32, 32, 3]);
        let values = |edge, channels| fit(images.clone(), edge, channels).into_data().try_to_vec::<f32>().unwrap();
        let doubled = values(64, 3);
        assert_eq!(doubled.len(), 64 * 64 * 3, "four pixels for one");
        assert_eq!(doubled[(5 * 64 + 7) * 3 + 2], ((2 * 32 + 3) * 3 + 2) as f32, "row 5 and column 7 show row 2 and column 3");
        let halved = values(16, 1);
        let grey = |row: usize, column: usize| ((row * 32 + column) * 3 + 1) as f32;
        let mean = (grey(2, 4) + grey(2, 5) + grey(3, 4) + grey(3, 5)) / 4.0;
        assert!((halved[16 + 2] - mean).abs() < 1e-3, "the mean of four grey pixels");
    }

    #[test]
    fn a_size_that_does_not_fit_says_which_do() {
        let spec = ResNetSpec::new(NetworkChoices { image_edge: 48, pool: 0, ..Default::default() }).unwrap();
        assert!(check_image_size(&spec).unwrap_err().contains("16, 32, 64"), "48 is no multiple of 32");
    }
}
