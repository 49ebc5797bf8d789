//! Numbers copied from buffer to buffer, four bytes each, whatever they stand for.

use super::text::{bindings, entry_point};
use super::{Extents, Text, Variant, WgslKernel};

/// Reads `source`, writes `destination`, both of so many `numbers`.
pub fn copy(numbers: usize) -> WgslKernel {
    let mut extents = Extents::default();
    extents[0] = numbers as u32;
    WgslKernel { variant: Variant(Text::Copy), threads: numbers, extents }
}

pub(super) fn source() -> String {
    bindings(&[("source", "u32")], &[("destination", "u32")])
        + &entry_point(Variant(Text::Copy).entry_point(), "", "extents[0]", "destination[index] = source[index];\n")
}
