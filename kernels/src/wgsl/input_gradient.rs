//! What the loss feels of a change of the convolution's input.

use super::text::{CONVOLUTION_SIZES, bindings, each, each_pair, entry_point, within};
use super::{ConvolutionText, Operation, Text, Tile, Variant, WgslKernel, extents};
use crate::ConvolutionShape;

/// Reads `gradient` of the output and `kernel`, writes `output`, the gradient of the input.
pub fn input_gradient(shape: &ConvolutionShape, tile: Tile) -> WgslKernel {
    let extents = extents(shape, 1);
    let variant = ConvolutionText::new(Operation::InputGradient(tile), shape, tile.ahead_of(extents[5]));
    let tiles = phase_width(shape.width, shape.stride).div_ceil(tile.pixels as usize) * shape.stride;
    let threads = shape.batch * shape.height * tiles * extents[2].div_ceil(tile.groups) as usize;
    WgslKernel { variant: Variant(Text::Convolution(variant)), threads, extents }
}

/// Pixels of a row that see the same columns of the kernel.
fn phase_width(width: usize, stride: usize) -> usize {
    width.div_ceil(stride)
}

pub(super) fn source(variant: ConvolutionText, Tile { pixels, groups, .. }: Tile) -> String {
    let ConvolutionText { edge, stride, lanes_in, lanes_out, ahead, .. } = variant;
    let (read, written) = (lanes_out.kind(), lanes_in.kind());
    let bindings = bindings(&[("gradient", read), ("kernel", read)], &[("output", written)]);
    let start = each(groups, |group| format!("let group{group} = min(block + {group}u, in_groups - 1u);"))
        + &each_pair(pixels, groups, |pixel, group| format!("var sum{pixel}_{group} = {written}(0.0);"));
    let places = each(pixels, |pixel| {
        format!(
            "let x{pixel} = first + {pixel};
let inside{pixel} = x{pixel} >= 0 && x{pixel} < width;
let from{pixel} = u32(line + clamp(x{pixel}, 0, width - 1)) * out_groups;"
        )
    });
    let values = each_pair(ahead, pixels, |further, pixel| {
        format!("let value{further}_{pixel} = {};", within(edge, pixel, read, "gradient", further))
    });
    let lanes = lanes_in.count() as u32;
    let weights = |further: u32, group: u32| {
        each(lanes, |lane| {
            format!(
                "let weight{further}_{group}_{lane} = kernel[tap + (group{group} * {lanes}u + {lane}u) * out_groups + channel + {further}u];"
            )
        })
    };
    let sums = |further: u32, group: u32| {
        each(pixels, |pixel| {
            let product = |lane| lanes_out.dot(&format!("value{further}_{pixel}"), &format!("weight{further}_{group}_{lane}"));
            let products: Vec<String> = (0..lanes).map(product).collect();
            format!("sum{pixel}_{group} += {written}({});", products.join(", "))
        })
    };
    let sums = match ahead {
        1 => each(groups, |group| weights(0, group) + &sums(0, group)),
        _ => each_pair(ahead, groups, weights) + &each_pair(ahead, groups, sums),
    };
    let stores = each_pair(pixels, groups, |pixel, group| {
        format!(
            "if (x + {} < in_width && block + {group}u < in_groups) {{ \
             output[to + {}u * in_groups + {group}u] = sum{pixel}_{group}; }}",
            pixel * stride,
            pixel * stride
        )
    });
    // With a stride a pixel sees only some columns of the kernel. A thread takes pixels that see the same ones.
    let body = format!(
        "let tile = index / blocks;
let block = (index % blocks) * {groups}u;
let phase = i32(tile % {stride}u);
let place = tile / {stride}u;
let x = i32(place % tiles) * {across} + phase;
let row = i32(place / tiles);
let y = row % in_height;
{start}for (var kernel_row = 0; kernel_row < {edge}; kernel_row++) {{
let far_y = y + top - kernel_row;
if (far_y < 0 || far_y % {stride} != 0 || far_y / {stride} >= height) {{ continue; }}
let line = (row / in_height * height + far_y / {stride}) * width;
for (var kernel_column = 0; kernel_column < {edge}; kernel_column++) {{
let far_x = x + left - kernel_column;
// Shifted to where it cannot be negative: division rounds towards zero.
let shifted = far_x + {edge} * {stride};
if (shifted % {stride} != 0) {{ continue; }}
let first = shifted / {stride} - {edge};
{places}let tap = u32(kernel_row * {edge} + kernel_column) * in_groups * {lanes}u * out_groups;
for (var channel = 0u; channel < out_groups; channel += {ahead}u) {{
{values}{sums}}}
}}
}}
let to = u32(row * in_width + x) * in_groups + block;
{stores}",
        across = pixels * stride
    );
    let sizes = format!(
        "{CONVOLUTION_SIZES}let tiles = ((u32(in_width) + {}u) / {stride}u + {}u) / {pixels}u;
let blocks = (in_groups + {}u) / {groups}u;",
        stride - 1,
        pixels - 1,
        groups - 1
    );
    let threads = format!("u32(batch * in_height) * tiles * {stride}u * blocks");
    bindings + &entry_point(Variant(Text::Convolution(variant)).entry_point(), &sizes, &threads, &body)
}
