//! Cross-entropy and its gradient, a thread for each image.

use super::text::{bindings, entry_point};
use super::{Extents, Text, Variant, WgslKernel};

/// Reads `logits` `[batch, classes]` and `labels` `[batch]`, 32-bit integers; writes the three parts of
/// [`CrossEntropy`](crate::CrossEntropy) in their order.
pub fn cross_entropy(batch: usize, classes: usize) -> WgslKernel {
    let mut extents = Extents::default();
    extents[0] = batch as u32;
    extents[1] = classes as u32;
    WgslKernel { variant: Variant(Text::CrossEntropy), threads: batch, extents }
}

pub(super) fn source() -> String {
    let read = [("logits", "f32"), ("labels", "i32")];
    let written = [("losses", "f32"), ("correct", "f32"), ("slopes", "f32")];
    let body = "let first = index * classes;
let label = u32(labels[index]);
var largest = logits[first];
var likeliest = 0u;
for (var place = 1u; place < classes; place++) {
if (logits[first + place] > largest) {
largest = logits[first + place];
likeliest = place;
}
}
var total = 0.0;
for (var place = 0u; place < classes; place++) { total += exp(logits[first + place] - largest); }
losses[index] = log(total) - (logits[first + label] - largest);
correct[index] = select(0.0, 1.0, likeliest == label);
for (var place = 0u; place < classes; place++) {
slopes[first + place] = exp(logits[first + place] - largest) / total - select(0.0, 1.0, place == label);
}
";
    bindings(&read, &written) + &entry_point(Variant(Text::CrossEntropy).entry_point(), "let classes = extents[1];", "extents[0]", body)
}
