//! What augmentation and whitening make of training images, as HTML: the images, and below each what some epochs would see.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::dataset::augmentation::{Augmentation, Draw, augment};
use crate::dataset::{DatasetManifest, IMAGE_BYTES, IMAGE_EDGE, ShardCompression, encode_png};

/// Images side by side.
const IMAGES: usize = 10;
/// Epochs below each other.
const EPOCHS: usize = 3;

/// What is done to images before the network sees them.
#[derive(Debug, Clone, Copy)]
pub struct Changes<'a> {
    /// Random changes.
    pub augmentation: &'a Augmentation,
    /// The run's.
    pub seed: u64,
    /// What they are whitened by.
    pub whitening: Whitened<'a>,
}

/// Whether images are whitened.
#[derive(Debug, Clone, Copy)]
pub enum Whitened<'a> {
    /// They are not.
    Not,
    /// They will be, once the matrix is measured.
    NotYet,
    /// By a [matrix](crate::dataset::whitening) about these means of the channels.
    By(&'a [f32], [f32; 3]),
}

/// A picture of `IMAGES` by one more row than there are epochs; in words where nothing is changed or there are no images.
pub fn augmented(manifest: &DatasetManifest, first_shard: &[u8], changes: Changes<'_>) -> String {
    let note = match changes.whitening {
        Whitened::Not => "",
        Whitened::NotYet => " They are whitened too; how is shown once a run has measured it.",
        Whitened::By(..) => " Whitened: grey is the mean.",
    };
    let epochs = match (changes.augmentation.is_none(), changes.whitening) {
        (false, _) => EPOCHS,
        (true, Whitened::By(..)) => 1,
        (true, _) => {
            return format!(
                "<p class=caption>Augmentation is off: each epoch sees the images as they are. “More settings” switches it on, \
                 and here is shown what it does.{note}</p>"
            );
        }
    };
    let Some((images, png)) = picture(manifest, first_shard, changes, epochs) else { return String::new() };
    let (width, height) = (images * IMAGE_EDGE, (epochs + 1) * IMAGE_EDGE);
    let [heading, seen, made] = match epochs {
        1 => ["Whitened".to_owned(), "what the network sees of it".into(), "what whitening makes of it".into()],
        _ => ["Augmented".into(), format!("what {epochs} epochs see of it"), format!("what augmentation makes of it in {epochs} epochs")],
    };
    format!(
        "<h3 class=label>{heading}</h3><p class=caption>In the first row images as they are; below each, {seen}.{note}</p>\
         <div class=table-frame><img class=augmented data-testid=augmented width={width} height={height} \
         alt=\"{images} training images, and below each {made}\" \
         src=\"data:image/png;base64,{}\"></div>",
        BASE64_STANDARD.encode(png)
    )
}

/// How many images, and a PNG of all rows.
fn picture(manifest: &DatasetManifest, first_shard: &[u8], changes: Changes<'_>, epochs: usize) -> Option<(usize, Vec<u8>)> {
    let Changes { augmentation, seed, whitening } = changes;
    let images: Vec<&[u8]> = first_shard.chunks_exact(IMAGE_BYTES).take(IMAGES).collect();
    let fill = manifest.channel_mean.map(|mean| mean * 255.0);
    let mut pixels: Vec<u8> = side_by_side(&images);
    for epoch in 0..epochs {
        let changed = |(place, image): (usize, &&[u8])| -> Vec<u8> {
            let floats = image.iter().map(|byte| f32::from(*byte)).collect();
            let draw = Draw::new(seed, epoch, place);
            let mut changed = augment(augmentation, floats, [IMAGE_EDGE, IMAGE_EDGE, 3], &fill, &draw);
            if let Whitened::By(matrix, mean) = whitening {
                changed = whitened(&changed, matrix, mean);
            }
            changed.into_iter().map(|value| value.round().clamp(0.0, 255.0) as u8).collect()
        };
        let row: Vec<Vec<u8>> = images.iter().enumerate().map(changed).collect();
        pixels.extend(side_by_side(&row.iter().map(Vec::as_slice).collect::<Vec<_>>()));
    }
    let (width, height) = (images.len() * IMAGE_EDGE, (epochs + 1) * IMAGE_EDGE);
    let png = encode_png(width, height, &pixels, ShardCompression::Quick).ok()?;
    (!images.is_empty()).then_some((images.len(), png))
}

/// An image times the matrix, as colours: its numbers lie around 0, most of them less than 2 from it.
fn whitened(image: &[f32], matrix: &[f32], mean: [f32; 3]) -> Vec<f32> {
    let centred: Vec<f32> = image.iter().zip(mean.iter().cycle()).map(|(value, mean)| value / 255.0 - mean).collect();
    let number = |row: &[f32]| row.iter().zip(&centred).map(|(entry, value)| entry * value).sum::<f32>();
    matrix.chunks_exact(IMAGE_BYTES).map(|row| 128.0 + 64.0 * number(row)).collect()
}

/// Pixels of images in a row, top line first.
pub(super) fn side_by_side(images: &[&[u8]]) -> Vec<u8> {
    let line = |line: usize| images.iter().flat_map(move |image| image.chunks_exact(3 * IMAGE_EDGE).nth(line).unwrap_or_default());
    (0..IMAGE_EDGE).flat_map(line).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An image that is dark on its left and bright on its right.
    fn two_sides() -> Vec<u8> {
        (0..IMAGE_BYTES).map(|index| if index / 3 % IMAGE_EDGE < IMAGE_EDGE / 2 { 10 } else { 200 }).collect()
    }

    fn changes<'a>(augmentation: &'a Augmentation, whitening: Whitened<'a>) -> Changes<'a> {
        Changes { augmentation, seed: 1, whitening }
    }

    fn decoded(png: Vec<u8>) -> (usize, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        (info.width as usize, pixels)
    }

    #[test]
    fn each_row_below_the_images_is_an_epoch_that_changes_them() {
        let manifest = DatasetManifest::without_images();
        let shard = [two_sides(), two_sides()].concat();
        let flip = Augmentation { flip: true, ..Augmentation::default() };
        let (images, png) = picture(&manifest, &shard, changes(&flip, Whitened::Not), EPOCHS).unwrap();
        let (width, pixels) = decoded(png);
        assert_eq!((images, width, pixels.len()), (2, 64, 64 * 3 * 32 * 4), "two images, four rows");
        for epoch in 0..EPOCHS {
            for place in 0..2 {
                let left = pixels[((epoch + 1) * IMAGE_EDGE * width + place * IMAGE_EDGE) * 3];
                let mut expected: Vec<f32> = two_sides().iter().map(|byte| f32::from(*byte)).collect();
                expected = augment(&flip, expected, [IMAGE_EDGE, IMAGE_EDGE, 3], &[0.0; 3], &Draw::new(1, epoch, place));
                assert_eq!(f32::from(left), expected[0], "epoch {epoch}, image {place}: what training would see");
            }
        }
        let lefts: Vec<u8> =
            (1..=EPOCHS).flat_map(|row| [0, 1].map(|place| pixels[(row * IMAGE_EDGE * width + place * IMAGE_EDGE) * 3])).collect();
        assert!(lefts.contains(&10) && lefts.contains(&200), "some are mirrored, some are not: {lefts:?}");
    }

    #[test]
    fn nothing_is_drawn_where_nothing_is_changed_or_there_are_no_images() {
        let manifest = DatasetManifest::without_images();
        let flip = Augmentation { flip: true, ..Augmentation::default() };
        let off = augmented(&manifest, &two_sides(), changes(&Augmentation::default(), Whitened::NotYet));
        assert!(off.contains("Augmentation is off") && off.contains("once a run has measured it"), "{off}");
        assert_eq!(augmented(&manifest, &[], changes(&flip, Whitened::Not)), "");
        assert!(augmented(&manifest, &two_sides(), changes(&flip, Whitened::Not)).contains("1 training images"), "as many as there are");
    }

    #[test]
    fn a_matrix_shows_what_the_network_sees() {
        let matrix: Vec<f32> =
            (0..IMAGE_BYTES * IMAGE_BYTES).map(|place| if place.is_multiple_of(IMAGE_BYTES + 1) { 2.0 } else { 0.0 }).collect();
        let (none, whitening) = (Augmentation::default(), Whitened::By(&matrix, [10.0 / 255.0; 3]));
        let (_, png) = picture(&DatasetManifest::without_images(), &two_sides(), changes(&none, whitening), 1).unwrap();
        let (width, pixels) = decoded(png);
        let below = &pixels[IMAGE_EDGE * width * 3..];
        assert_eq!(below[0], 128, "the mean is grey");
        assert_eq!(below[(width - 1) * 3], (128.0 + 64.0 * 2.0 * 190.0 / 255.0_f64).round() as u8, "what is above it is brighter");
        assert!(
            augmented(&DatasetManifest::without_images(), &two_sides(), changes(&none, whitening)).contains("<h3 class=label>Whitened")
        );
    }
}
