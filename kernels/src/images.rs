//! Images as bytes, chosen and normalised.

/// Bytes in a word.
pub const WORD_BYTES: usize = 4;

/// The images at `places` of `words` `[images, words of an image]`, four bytes a word, lowest first, red, green and blue in
/// turn: `byte · scale + offset` by channel. A place without an image gives zeros.
pub fn gather_images(words: &[i32], images: usize, places: &[i32], scale: [f32; 3], offset: [f32; 3]) -> Vec<f32> {
    let of_image = words.len() / images.max(1);
    let mut output = vec![0.0; places.len() * of_image * WORD_BYTES];
    for (output, place) in output.chunks_mut((of_image * WORD_BYTES).max(1)).zip(places) {
        let words = usize::try_from(*place).ok().and_then(|place| words.get(place * of_image..)).unwrap_or(&[]);
        let bytes = words.iter().flat_map(|word| word.to_le_bytes());
        let channels = scale.iter().zip(&offset).cycle();
        for ((number, byte), (scale, offset)) in output.iter_mut().zip(bytes).zip(channels) {
            *number = f32::from(byte) * scale + offset;
        }
    }
    output
}
