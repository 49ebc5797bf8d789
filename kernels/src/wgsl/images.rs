//! Images as bytes, chosen and normalised.

use super::text::{bindings, each, entry_point};
use super::{Extents, Text, Variant, WgslKernel};
use crate::images::WORD_BYTES;

/// Reads `words`, `places` `[batch]`, `scale` and `offset` `[3]`, writes `output`, as [`gather_images`](crate::gather_images).
pub fn gather_images(batch: usize, words_of_image: usize) -> WgslKernel {
    let mut extents = Extents::default();
    extents[0] = (batch * words_of_image) as u32;
    extents[1] = words_of_image as u32;
    WgslKernel { variant: Variant(Text::GatherImages), threads: batch * words_of_image, extents }
}

pub(super) fn source() -> String {
    let read = [("words", "u32"), ("places", "i32"), ("scale", "f32"), ("offset", "f32")];
    let bytes = each(WORD_BYTES as u32, |byte| {
        format!(
            "let channel{byte} = (place * {WORD_BYTES}u + {byte}u) % 3u;
output[index][{byte}] = f32((word >> {shift}u) & 255u) * scale[channel{byte}] + offset[channel{byte}];",
            shift = 8 * byte
        )
    });
    let body = format!(
        "let place = index % words_of_image;
let word = words[u32(places[index / words_of_image]) * words_of_image + place];
{bytes}"
    );
    bindings(&read, &[("output", "vec4<f32>")])
        + &entry_point(Variant(Text::GatherImages).entry_point(), "let words_of_image = extents[1];", "extents[0]", &body)
}
