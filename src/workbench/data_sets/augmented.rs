//! What augmentation makes of training images, as HTML: the images, and below each what some epochs would see.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::augmentation::{Augmentation, Draw, augment};
use crate::dataset::{DatasetManifest, IMAGE_BYTES, IMAGE_EDGE, ShardCompression, encode_png};

/// Images side by side.
const IMAGES: usize = 10;
/// Epochs below each other.
const EPOCHS: usize = 3;

/// A picture of `IMAGES` by one more row than `EPOCHS`; in words where nothing is changed or there are no images.
pub fn augmented(manifest: &DatasetManifest, first_shard: &[u8], augmentation: &Augmentation, seed: u64) -> String {
    if augmentation.is_none() {
        return "<p class=caption>Augmentation is off: each epoch sees the images as they are. “More settings” switches it on, \
                and here is shown what it does.</p>"
            .into();
    }
    let Some((images, png)) = picture(manifest, first_shard, augmentation, seed) else { return String::new() };
    let (width, height) = (images * IMAGE_EDGE, (EPOCHS + 1) * IMAGE_EDGE);
    format!(
        "<h3 class=label>Augmented</h3><p class=caption>In the first row images as they are; below each, what {EPOCHS} epochs see of it.</p>\
         <div class=table-frame><img class=augmented data-testid=augmented width={width} height={height} \
         alt=\"{images} training images, and below each what augmentation makes of it in {EPOCHS} epochs\" \
         src=\"data:image/png;base64,{}\"></div>",
        BASE64_STANDARD.encode(png)
    )
}

/// How many images, and a PNG of all rows.
fn picture(manifest: &DatasetManifest, first_shard: &[u8], augmentation: &Augmentation, seed: u64) -> Option<(usize, Vec<u8>)> {
    let images: Vec<&[u8]> = first_shard.chunks_exact(IMAGE_BYTES).take(IMAGES).collect();
    let fill = manifest.channel_mean.map(|mean| mean * 255.0);
    let mut pixels: Vec<u8> = side_by_side(&images);
    for epoch in 0..EPOCHS {
        let changed = |(place, image): (usize, &&[u8])| -> Vec<u8> {
            let floats = image.iter().map(|byte| f32::from(*byte)).collect();
            let draw = Draw::new(seed, epoch, place);
            let changed = augment(augmentation, floats, [IMAGE_EDGE, IMAGE_EDGE, 3], &fill, &draw);
            changed.into_iter().map(|value| value.round().clamp(0.0, 255.0) as u8).collect()
        };
        let row: Vec<Vec<u8>> = images.iter().enumerate().map(changed).collect();
        pixels.extend(side_by_side(&row.iter().map(Vec::as_slice).collect::<Vec<_>>()));
    }
    let (width, height) = (images.len() * IMAGE_EDGE, (EPOCHS + 1) * IMAGE_EDGE);
    let png = encode_png(width, height, &pixels, ShardCompression::Quick).ok()?;
    (!images.is_empty()).then_some((images.len(), png))
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
        let (images, png) = picture(&manifest, &shard, &flip, 1).unwrap();
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
        assert!(augmented(&manifest, &two_sides(), &Augmentation::default(), 1).contains("Augmentation is off"));
        assert_eq!(augmented(&manifest, &[], &flip, 1), "");
        assert!(augmented(&manifest, &two_sides(), &flip, 1).contains("1 training images"), "as many as there are");
    }
}
