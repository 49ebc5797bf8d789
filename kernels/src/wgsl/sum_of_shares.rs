//! The shares of a kernel's gradient, added up.

use super::kernel_gradient::{shares_of, shares_wanted};
use super::text::{CONVOLUTION_SIZES, bindings, each, entry_point, entry_point_of_workgroup, loop_ahead, rounds_ahead};
use super::together::{self, SUMS, Sum, lane_and_slot};
use super::{ConvolutionText, Operation, Text, Tile, Variant, WORKGROUP, WgslKernel, extents};
use crate::ConvolutionShape;

/// How it is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Adding {
    /// By a thread for each group of output channels.
    Alone,
    /// By threads that work together: few sums of many shares each.
    Together,
}

/// Shares that a thread alone reads before it adds the first of them, on a card.
const AHEAD: u32 = 32;
/// Shares in the memory of a workgroup.
const HELD: u32 = 128;
/// From so many shares on threads work together.
const MANY_SHARES: usize = 64;

/// Reads `partial`, writes `kernel` `[edge, edge, in, out]` and `bias` `[out]`.
pub fn sum_shares(shape: &ConvolutionShape, tile: Tile) -> WgslKernel {
    let numbers = shape.kernel_len() + shape.channels_out;
    // Whether there are many is not asked of this batch: the last of an epoch may be smaller, and would need another text.
    let adding = if tile.reads_ahead() && shares_wanted(shape) >= MANY_SHARES { Adding::Together } else { Adding::Alone };
    let ahead = if tile.reads_ahead() && adding == Adding::Alone { AHEAD } else { 1 };
    let variant = ConvolutionText::new(Operation::SumOfShares(adding), shape, ahead);
    let threads = match adding {
        Adding::Alone => numbers / variant.lanes_out.count(),
        Adding::Together => numbers.div_ceil(SUMS as usize) * WORKGROUP as usize,
    };
    WgslKernel { variant: Variant(Text::Convolution(variant)), threads, extents: extents(shape, shares_of(shape)) }
}

/// How often the loops run.
pub(super) fn loops(text: ConvolutionText, adding: Adding, shares: f64) -> Vec<f64> {
    match adding {
        Adding::Alone => rounds_ahead(shares, text.ahead),
        Adding::Together => together::loops(shares, HELD),
    }
}

pub(super) fn source(variant: ConvolutionText, adding: Adding) -> String {
    match adding {
        Adding::Alone => alone(variant),
        Adding::Together => together(variant),
    }
}

/// Names how many numbers the kernel has, and the bias with it, each of so many `channels` in a group.
fn sizes(variant: ConvolutionText, channels: usize) -> String {
    format!(
        "{CONVOLUTION_SIZES}let biases = out_groups * {channels}u;
let size = {}u * in_groups * {}u * biases;
let numbers = size + biases;",
        variant.edge * variant.edge,
        variant.lanes_in.count()
    )
}

fn alone(variant: ConvolutionText) -> String {
    let kind = variant.lanes_out.kind();
    let bindings = bindings(&[("partial", kind)], &[("kernel", kind), ("bias", kind)]);
    let shares = loop_ahead("share", "1u", "shares", variant.ahead, |count| {
        each(count, |further| format!("let part{further} = partial[(share + {further}u) * numbers + index];"))
            + &each(count, |further| format!("sum += part{further};"))
    });
    let body = format!(
        "var sum = {kind}(0.0);
var share = 0u;
{shares}if (index < size) {{ kernel[index] = sum; }} else {{ bias[index - size] = sum; }}
"
    );
    bindings + &entry_point(Variant(Text::Convolution(variant)).entry_point(), &sizes(variant, 1), "numbers", &body)
}

fn together(variant: ConvolutionText) -> String {
    let bindings = bindings(&[("partial", "f32")], &[("kernel", "f32"), ("bias", "f32")]);
    let read = |round: u32| format!("let part{round} = partial[at{round} * numbers + place_of_number];");
    let add = |number: u32| format!("sum += part{number};");
    let sum = Sum { held: HELD, count: "shares", names: &["part"], read: &read, add: &add };
    let body = format!(
        "{}let number = workgroup * {SUMS}u + lane;
let place_of_number = min(number, numbers - 1u);
var sum = 0.0;
{}if (slot != 0u || number >= numbers) {{ return; }}
if (number < size) {{ kernel[number] = sum; }} else {{ bias[number - size] = sum; }}
",
        lane_and_slot(),
        sum.text()
    );
    let sizes = sizes(variant, variant.lanes_out.count());
    bindings + &sum.memory() + &entry_point_of_workgroup(Variant(Text::Convolution(variant)).entry_point(), &sizes, &body)
}
