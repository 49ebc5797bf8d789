//! The convolution itself.

use super::text::{CONVOLUTION_SIZES, bindings, each, each_pair, entry_point, within};
use super::{ConvolutionText, Operation, Text, Tile, Variant, WgslKernel, extents};
use crate::ConvolutionShape;

/// Reads `input`, `kernel` and `bias`, writes `output`.
pub fn convolve(shape: &ConvolutionShape, tile: Tile) -> WgslKernel {
    let extents = extents(shape, 1);
    let variant = ConvolutionText::new(Operation::Convolution(tile), shape, tile.ahead_of(extents[2]));
    let tiles = shape.width_out().div_ceil(tile.pixels as usize) * (extents[5].div_ceil(tile.groups)) as usize;
    WgslKernel { variant: Variant(Text::Convolution(variant)), threads: shape.batch * shape.height_out() * tiles, extents }
}

pub(super) fn source(variant: ConvolutionText, Tile { pixels, groups, .. }: Tile) -> String {
    let ConvolutionText { edge, stride, lanes_in, lanes_out, ahead, .. } = variant;
    let (read, written) = (lanes_in.kind(), lanes_out.kind());
    let bindings = bindings(&[("input", read), ("kernel", written), ("bias", written)], &[("output", written)]);
    let start = each(groups, |group| format!("let group{group} = min(block + {group}u, out_groups - 1u);"))
        + &each_pair(pixels, groups, |pixel, group| format!("var sum{pixel}_{group} = bias[group{group}];"));
    let places = each(pixels, |pixel| {
        format!(
            "let x{pixel} = first + {};
let inside{pixel} = x{pixel} >= 0 && x{pixel} < in_width;
let from{pixel} = u32(line + clamp(x{pixel}, 0, in_width - 1)) * in_groups;",
            pixel * stride
        )
    });
    let lanes = lanes_in.count() as u32;
    let values =
        each_pair(ahead, pixels, |further, pixel| format!("let value{further}_{pixel} = {};", within(edge, pixel, read, "input", further)));
    let weights = |number: u32| {
        each(groups, |group| format!("let weight{number}_{group} = kernel[weight + group{group}];")) + "weight += out_groups;\n"
    };
    let sums = |number: u32| {
        each_pair(pixels, groups, |pixel, group| {
            let value = lanes_in.lane(&format!("value{}_{pixel}", number / lanes), number % lanes);
            format!("sum{pixel}_{group} = fma({written}({value}), weight{number}_{group}, sum{pixel}_{group});")
        })
    };
    let numbers = ahead * lanes;
    let sums = match ahead {
        1 => each(numbers, |number| weights(number) + &sums(number)),
        _ => each(numbers, weights) + &each(numbers, sums),
    };
    let stores = each_pair(pixels, groups, |pixel, group| {
        format!(
            "if (x + {pixel} < width && block + {group}u < out_groups) {{ \
             output[to + {pixel}u * out_groups + {group}u] = sum{pixel}_{group}; }}"
        )
    });
    let body = format!(
        "let tile = index / blocks;
let block = (index % blocks) * {groups}u;
let x = i32(tile % tiles) * {pixels};
let row = i32(tile / tiles);
let y = row % height;
{start}for (var kernel_row = 0; kernel_row < {edge}; kernel_row++) {{
let in_y = y * {stride} + kernel_row - top;
if (in_y < 0 || in_y >= in_height) {{ continue; }}
let line = (row / height * in_height + in_y) * in_width;
for (var kernel_column = 0; kernel_column < {edge}; kernel_column++) {{
let first = x * {stride} + kernel_column - left;
{places}var weight = u32(kernel_row * {edge} + kernel_column) * in_groups * {lanes}u * out_groups;
for (var channel = 0u; channel < in_groups; channel += {ahead}u) {{
{values}{sums}}}
}}
}}
let to = u32(row * width + x) * out_groups + block;
{stores}"
    );
    let sizes = format!(
        "{CONVOLUTION_SIZES}let tiles = (u32(width) + {}u) / {pixels}u;
let blocks = (out_groups + {}u) / {groups}u;",
        pixels - 1,
        groups - 1
    );
    bindings + &entry_point(Variant(Text::Convolution(variant)).entry_point(), &sizes, "u32(batch * height) * tiles * blocks", &body)
}
