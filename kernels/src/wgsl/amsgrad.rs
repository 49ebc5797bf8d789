//! One step of Adam with AMSGrad.

use super::text::{bindings, entry_point};
use super::{Extents, Lanes, Text, Variant, WgslKernel};
use crate::amsgrad::{BETA_1, BETA_2, EPSILON};

/// Reads `weight`, `gradient` and `step`, the two numbers of [`AmsGradStep`](crate::AmsGradStep) in their order; moves
/// `first`, `second` and `largest_second` on and writes `output`, the moved weight. All but `step` have `len` numbers.
pub fn amsgrad(len: usize) -> WgslKernel {
    let lanes = Lanes::of(len);
    let threads = len / lanes.count();
    let mut extents = Extents::default();
    extents[0] = threads as u32;
    WgslKernel { variant: Variant(Text::AmsGrad(lanes)), threads, extents }
}

pub(super) fn source(lanes: Lanes) -> String {
    let kind = lanes.kind();
    let read = [("weight", kind), ("gradient", kind), ("step", "f32")];
    let written = [("first", kind), ("second", kind), ("largest_second", kind), ("output", kind)];
    let [new_in_first, new_in_second] = [1.0 - BETA_1, 1.0 - BETA_2];
    let body = format!(
        "let slope = gradient[index] + weight[index] * step[1];
let mean = first[index] * {BETA_1} + slope * {new_in_first};
let squares = second[index] * {BETA_2} + slope * slope * {new_in_second};
let largest = max(largest_second[index], squares);
first[index] = mean;
second[index] = squares;
largest_second[index] = largest;
output[index] = weight[index] - mean / (sqrt(largest) + {EPSILON}) * step[0];
"
    );
    bindings(&read, &written) + &entry_point(Variant(Text::AmsGrad(lanes)).entry_point(), "", "extents[0]", &body)
}
