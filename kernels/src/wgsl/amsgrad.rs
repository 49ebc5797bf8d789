//! One step of Adam with AMSGrad.

use super::text::{bindings, each, entry_point};
use super::{Extents, Lanes, Text, Variant, WgslKernel};
use crate::amsgrad::{BETA_1, BETA_2, EPSILON};

/// What decides the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct AmsGradText {
    lanes: Lanes,
    weights: u32,
}

/// Moves one or two weights, of each how many numbers it has and its `weight_in_gradient` as in
/// [`AmsGradStep`](crate::AmsGradStep): a kernel and its bias, or a batch norm's gamma and beta. Reads `step_length`, one number, and the
/// weights' gradients, `gradient0` and `gradient1`; moves for each weight `weight` and `moments`, `[3, numbers]`, in their places.
pub fn amsgrad<const WEIGHTS: usize>(weights: [(usize, f32); WEIGHTS]) -> WgslKernel {
    const { assert!(WEIGHTS <= 2, "a third weight would need more than the eight buffers that every device binds") };
    let lanes = if weights.iter().all(|(numbers, _)| numbers.is_multiple_of(4)) { Lanes::Four } else { Lanes::One };
    let mut extents = Extents::default();
    let mut threads = 0;
    for (extents, (numbers, in_gradient)) in extents.chunks_exact_mut(2).zip(weights) {
        extents.copy_from_slice(&[(numbers / lanes.count()) as u32, in_gradient.to_bits()]);
        threads += numbers / lanes.count();
    }
    let text = AmsGradText { lanes, weights: WEIGHTS as u32 };
    WgslKernel { variant: Variant(Text::AmsGrad(text)), threads, extents }
}

pub(super) fn source(text: AmsGradText) -> String {
    let AmsGradText { lanes, weights } = text;
    let kind = lanes.kind();
    let named = |names: &[&str]| -> Vec<String> {
        (0..weights).flat_map(|weight| names.iter().map(move |name| format!("{name}{weight}"))).collect()
    };
    let (gradients, moved) = (named(&["gradient"]), named(&["weight", "moments"]));
    let read: Vec<_> = [("step_length", "f32")].into_iter().chain(gradients.iter().map(|name| (name.as_str(), kind))).collect();
    let written: Vec<_> = moved.iter().map(|name| (name.as_str(), kind)).collect();
    let body = format!("var place = index;\n{}", each(weights, step_of));
    let threads = (0..weights).map(|weight| format!("extents[{}]", 2 * weight)).collect::<Vec<_>>().join(" + ");
    bindings(&read, &written) + &entry_point(Variant(Text::AmsGrad(text)).entry_point(), "", &threads, &body)
}

/// The step of the weight with this number, for the threads that it has.
fn step_of(weight: u32) -> String {
    let [new_in_first, new_in_second] = [1.0 - BETA_1, 1.0 - BETA_2];
    let (threads, in_gradient) = (2 * weight, 2 * weight + 1);
    format!(
        "if (place < extents[{threads}]) {{
let numbers = extents[{threads}];
let slope = gradient{weight}[place] + weight{weight}[place] * bitcast<f32>(extents[{in_gradient}]);
let mean = moments{weight}[place] * {BETA_1} + slope * {new_in_first};
let squares = moments{weight}[numbers + place] * {BETA_2} + slope * slope * {new_in_second};
let largest = max(moments{weight}[2u * numbers + place], squares);
moments{weight}[place] = mean;
moments{weight}[numbers + place] = squares;
moments{weight}[2u * numbers + place] = largest;
weight{weight}[place] -= mean / (sqrt(largest) + {EPSILON}) * step_length[0];
return;
}}
place -= extents[{threads}];"
    )
}
