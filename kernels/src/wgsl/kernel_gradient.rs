//! What the loss feels of a change of the convolution's kernel and bias: sums over all pixels of all images, of which
//! every thread takes a share, added up afterwards in a fixed order.

use super::text::{CONVOLUTION_SIZES, bindings, each, entry_point};
use super::{ConvolutionText, Operation, Text, Variant, WgslKernel, extents};
use crate::ConvolutionShape;

/// Enough threads to occupy a GPU; more would only leave more shares to add up.
const THREADS: usize = 4_096;

/// Shares into which the pixels are divided.
pub fn shares_of(shape: &ConvolutionShape) -> usize {
    let lines = (shape.batch * shape.height_out()).max(1);
    THREADS.div_ceil(tiles(shape).max(1)).clamp(1, lines)
}

/// Reads `input` and `gradient` of the output, writes `partial` `[shares, kernel and bias]`.
pub fn kernel_gradient(shape: &ConvolutionShape) -> WgslKernel {
    let variant = ConvolutionText::new(Operation::KernelGradient, shape);
    let shares = shares_of(shape);
    WgslKernel { variant: Variant(Text::Convolution(variant)), threads: tiles(shape) * shares, extents: extents(shape, shares) }
}

/// Reads `partial`, writes `kernel` `[edge, edge, in, out]` and `bias` `[out]`.
pub fn sum_shares(shape: &ConvolutionShape) -> WgslKernel {
    let variant = ConvolutionText::new(Operation::SumOfShares, shape);
    let numbers = shape.kernel_len() + shape.channels_out;
    WgslKernel {
        variant: Variant(Text::Convolution(variant)),
        threads: numbers / variant.lanes_out.count(),
        extents: extents(shape, shares_of(shape)),
    }
}

/// Threads of one share.
fn tiles(shape: &ConvolutionShape) -> usize {
    let variant = ConvolutionText::new(Operation::KernelGradient, shape);
    let [_, _, in_groups, _, _, out_groups, ..] = extents(shape, 1);
    let [blocks_in, blocks_out] = [in_groups.div_ceil(variant.groups_in()), out_groups.div_ceil(variant.groups_out())];
    shape.kernel * (blocks_in * blocks_out) as usize
}

impl ConvolutionText {
    /// Groups of input channels of a thread, beside all columns of one row of the kernel.
    fn groups_in(self) -> u32 {
        if self.edge == 1 { 2 } else { 1 }
    }

    /// Groups of output channels of a thread. More would not fit into registers.
    fn groups_out(self) -> u32 {
        if self.edge > 3 { 1 } else { 2 }
    }
}

pub(super) fn source(variant: ConvolutionText) -> String {
    let ConvolutionText { edge, stride, lanes_in, lanes_out, .. } = variant;
    let (groups_in, groups_out) = (variant.groups_in(), variant.groups_out());
    let (read, written, lanes) = (lanes_in.kind(), lanes_out.kind(), lanes_in.count() as u32);
    let bindings = bindings(&[("input", read), ("gradient", written)], &[("partial", written)]);
    let sums = |line: &dyn Fn(u32, u32, u32) -> String| {
        each(edge, |column| each(groups_in * lanes, |channel| each(groups_out, |group| line(column, channel, group))))
    };
    let start =
        each(groups_out, |group| format!("let group{group} = min(block + {group}u, out_groups - 1u);\nvar bias{group} = {written}(0.0);"))
            + &each(groups_in, |group| format!("let from{group} = min(in_block + {group}u, in_groups - 1u);"))
            + &sums(&|column, channel, group| format!("var sum{column}_{channel}_{group} = {written}(0.0);"));
    let pixel = |place: &str, group: u32| {
        format!(
            "select({read}(0.0), input[u32(line + clamp({place}, 0, in_width - 1)) * in_groups + from{group}], \
             ({place}) >= 0 && ({place}) < in_width)"
        )
    };
    // Without a stride neighbouring windows share all columns but one: they are read once and handed on.
    let (before_row, values) = if stride == 1 {
        let hand_on = |column, group| format!("value{column}_{group} = value{}_{group};", column + 1);
        let before = each(edge, |column| {
            each(groups_in, |group| match column {
                0 => format!("var value0_{group} = {read}(0.0);"),
                _ => format!("var value{column}_{group} = {};", pixel(&format!("{} - left", column - 1), group)),
            })
        });
        let values = each(edge - 1, |column| each(groups_in, |group| hand_on(column, group)))
            + &each(groups_in, |group| {
                let last = edge - 1;
                format!("value{last}_{group} = {};", pixel(&format!("x + {last} - left"), group))
            });
        (before, values)
    } else {
        let load =
            |column: u32, group| format!("let value{column}_{group} = {};", pixel(&format!("x * {stride} + {column} - left"), group));
        (String::new(), each(edge, |column| each(groups_in, |group| load(column, group))))
    };
    let products = sums(&|column, channel, group| {
        let value = lanes_in.lane(&format!("value{column}_{}", channel / lanes), channel % lanes);
        format!("sum{column}_{channel}_{group} = fma({written}({value}), slope{group}, sum{column}_{channel}_{group});")
    });
    let slopes = each(groups_out, |group| {
        format!("let slope{group} = gradient[u32(row * width + x) * out_groups + group{group}];\nbias{group} += slope{group};")
    });
    let stores = sums(&|column, channel, group| {
        format!(
            "if (in_block + {}u < in_groups && block + {group}u < out_groups) {{ partial[first + \
             ((u32(kernel_row) * {edge}u + {column}u) * in_groups * {lanes}u + in_block * {lanes}u + {channel}u) * out_groups + \
             block + {group}u] = sum{column}_{channel}_{group}; }}",
            channel / lanes
        )
    });
    let biases = each(groups_out, |group| {
        format!("if (block + {group}u < out_groups) {{ partial[first + size + block + {group}u] = bias{group}; }}")
    });
    let body = format!(
        "let share = index / tiles;
let tile = index % tiles;
let block = (tile % blocks) * {groups_out}u;
let in_block = (tile / blocks % in_blocks) * {groups_in}u;
let kernel_row = i32(tile / blocks / in_blocks);
{start}let lines = u32(batch * height);
for (var row = i32(lines * share / shares); row < i32(lines * (share + 1u) / shares); row++) {{
let in_y = row % height * {stride} + kernel_row - top;
// The middle row of the kernel also sums the bias, which feels every pixel; it is always inside.
if (in_y < 0 || in_y >= in_height) {{ continue; }}
let line = (row / height * in_height + in_y) * in_width;
{before_row}for (var x = 0; x < width; x++) {{
{values}{slopes}{products}}}
}}
let size = {taps}u * in_groups * {lanes}u * out_groups;
let first = share * (size + out_groups);
{stores}if (kernel_row == top && in_block == 0u) {{
{biases}}}",
        taps = edge * edge
    );
    let sizes = format!(
        "{CONVOLUTION_SIZES}let in_blocks = (in_groups + {}u) / {groups_in}u;
let blocks = (out_groups + {}u) / {groups_out}u;
let tiles = {edge}u * in_blocks * blocks;",
        groups_in - 1,
        groups_out - 1
    );
    bindings + &entry_point(Variant(Text::Convolution(variant)).entry_point(), &sizes, "tiles * shares", &body)
}

pub(super) fn source_of_sum(variant: ConvolutionText) -> String {
    let kind = variant.lanes_out.kind();
    let bindings = bindings(&[("partial", kind)], &[("kernel", kind), ("bias", kind)]);
    let sizes = format!(
        "{CONVOLUTION_SIZES}let size = {}u * in_groups * {}u * out_groups;\nlet numbers = size + out_groups;",
        variant.edge * variant.edge,
        variant.lanes_in.count()
    );
    let body = format!(
        "var sum = {kind}(0.0);
for (var share = 0u; share < shares; share++) {{ sum += partial[share * numbers + index]; }}
if (index < size) {{ kernel[index] = sum; }} else {{ bias[index - size] = sum; }}
"
    );
    bindings + &entry_point(Variant(Text::Convolution(variant)).entry_point(), &sizes, "numbers", &body)
}
