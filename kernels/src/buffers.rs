//! Room for results that is not filled with zeros first: that costs as much as a pass over the maps.

use std::mem::MaybeUninit;

/// Room for numbers that are still to be written.
pub(crate) type Unwritten = [MaybeUninit<f32>];

/// As many numbers as `len` says, as `write` has written them.
///
/// # Safety
/// `write` must write every place.
pub(crate) unsafe fn written(len: usize, write: impl FnOnce(&mut Unwritten)) -> Vec<f32> {
    let mut numbers = Vec::with_capacity(len);
    write(&mut numbers.spare_capacity_mut()[..len]);
    // SAFETY: there is room for `len` numbers, and the caller vouches that they are written.
    unsafe { numbers.set_len(len) };
    numbers
}

/// Writes zeros everywhere.
pub(crate) fn zero(places: &mut Unwritten) {
    places.fill(MaybeUninit::new(0.0));
}
