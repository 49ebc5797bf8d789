//! Dropout by a mask of one bit a unit.

use super::text::{bindings, entry_point};
use super::{Extents, Text, Variant, WgslKernel};
use crate::dropout::MASK_BITS;

/// Reads `numbers` and the `words` of the mask, writes `output`, as [`drop_units`](crate::drop_units).
pub fn drop_units(units: usize, factor: f32) -> WgslKernel {
    let mut extents = Extents::default();
    extents[0] = units as u32;
    extents[1] = factor.to_bits();
    WgslKernel { variant: Variant(Text::Dropout), threads: units, extents }
}

pub(super) fn source() -> String {
    let body = format!(
        "let bit = (words[index / {MASK_BITS}u] >> (index % {MASK_BITS}u)) & 1u;
output[index] = select(0.0, numbers[index] * bitcast<f32>(extents[1]), bit == 1u);
"
    );
    bindings(&[("numbers", "f32"), ("words", "u32")], &[("output", "f32")])
        + &entry_point(Variant(Text::Dropout).entry_point(), "", "extents[0]", &body)
}
