//! What the loss feels of a change of the convolution's kernel and bias: sums over all pixels of all images, of which
//! every thread takes a share, added up afterwards in a fixed order.

use super::text::{CONVOLUTION_SIZES, bindings, each, entry_point, loop_ahead};
use super::{ConvolutionText, Operation, Text, Tile, Variant, Weights, WgslKernel, extents};
use crate::ConvolutionShape;

/// Threads that shares are made for, where each sums as many weights as it can: more would only leave more shares to add up. Where each
/// sums fewer there are more threads, and the same shares: their number decides the order of the sums.
const THREADS: usize = 4_096;

/// Shares into which the pixels are divided.
pub fn shares_of(shape: &ConvolutionShape) -> usize {
    let lines = (shape.batch * shape.height_out()).max(1);
    shares_wanted(shape).clamp(1, lines)
}

/// As [`shares_of`] where a batch has enough lines for them.
pub(super) fn shares_wanted(shape: &ConvolutionShape) -> usize {
    THREADS.div_ceil(threads_of_share(shape, Weights::Most).max(1))
}

/// Reads `input` and `gradient` of the output, writes `partial` `[shares, kernel and bias]`.
pub fn kernel_gradient(shape: &ConvolutionShape, tile: Tile) -> WgslKernel {
    // Pixels are cheaper to read ahead than channels: there are fewer numbers of one.
    let ahead = if tile.reads_ahead() { 2 * tile.ahead } else { 1 };
    let variant = ConvolutionText::new(Operation::KernelGradient(tile.weights), shape, ahead);
    let shares = shares_of(shape);
    let threads = threads_of_share(shape, tile.weights) * shares;
    WgslKernel { variant: Variant(Text::Convolution(variant)), threads, extents: extents(shape, shares) }
}

fn threads_of_share(shape: &ConvolutionShape, weights: Weights) -> usize {
    let [_, _, in_groups, _, _, out_groups, ..] = extents(shape, 1);
    let part = Part::new(weights, shape.kernel as u32);
    let [blocks_in, blocks_out] = [in_groups.div_ceil(part.groups_in), out_groups.div_ceil(part.groups_out)];
    let places = shape.kernel * shape.kernel / part.columns as usize;
    places * (blocks_in * blocks_out) as usize
}

/// What of a kernel of this edge a thread sums.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// Columns of one row of the kernel: all or one.
    columns: u32,
    /// Groups of input channels.
    groups_in: u32,
    /// Groups of output channels. More would not fit into registers.
    groups_out: u32,
}

impl Part {
    fn new(weights: Weights, edge: u32) -> Self {
        let groups_in = if edge == 1 { 2 } else { 1 };
        match weights {
            Weights::Most => Self { columns: edge, groups_in, groups_out: if edge > 3 { 1 } else { 2 } },
            Weights::Fewer => Self { columns: edge, groups_in, groups_out: 1 },
            Weights::Fewest => Self { columns: 1, groups_in: 1, groups_out: 1 },
        }
    }
}

pub(super) fn source(variant: ConvolutionText, weights: Weights) -> String {
    let ConvolutionText { edge, stride, lanes_in, lanes_out, ahead, .. } = variant;
    let part @ Part { columns, groups_in, groups_out } = Part::new(weights, edge);
    let (read, written, lanes) = (lanes_in.kind(), lanes_out.kind(), lanes_in.count() as u32);
    let bindings = bindings(&[("input", read), ("gradient", written)], &[("partial", written)]);
    let sums = |line: &dyn Fn(u32, u32, u32) -> String| {
        each(columns, |column| each(groups_in * lanes, |channel| each(groups_out, |group| line(column, channel, group))))
    };
    let start =
        each(groups_out, |group| format!("let group{group} = min(block + {group}u, out_groups - 1u);\nvar bias{group} = {written}(0.0);"))
            + &each(groups_in, |group| format!("let from{group} = min(in_block + {group}u, in_groups - 1u);"))
            + &sums(&|column, channel, group| format!("var sum{column}_{channel}_{group} = {written}(0.0);"));
    let stores = sums(&|column, channel, group| {
        format!(
            "if (in_block + {}u < in_groups && block + {group}u < out_groups) {{ partial[first + \
             ((u32(kernel_row) * {edge}u + u32(kernel_column) + {column}u) * in_groups * {lanes}u + in_block * {lanes}u + {channel}u) * \
             out_groups + block + {group}u] = sum{column}_{channel}_{group}; }}",
            channel / lanes
        )
    });
    let biases = each(groups_out, |group| {
        format!("if (block + {group}u < out_groups) {{ partial[first + size + block + {group}u] = bias{group}; }}")
    });
    let row = loop_ahead("x", "1", "width", ahead, |count| pixels(variant, part, count));
    let body = format!(
        "let share = index / tiles;
let tile = index % tiles;
let block = (tile % blocks) * {groups_out}u;
let in_block = (tile / blocks % in_blocks) * {groups_in}u;
let place = i32(tile / blocks / in_blocks);
let kernel_row = place / {columns_apart};
let kernel_column = place % {columns_apart};
{start}let lines = u32(batch * height);
for (var row = i32(lines * share / shares); row < i32(lines * (share + 1u) / shares); row++) {{
let in_y = row % height * {stride} + kernel_row - top;
// The middle row of the kernel also sums the bias, which feels every pixel; it is always inside.
if (in_y < 0 || in_y >= in_height) {{ continue; }}
let line = (row / height * in_height + in_y) * in_width;
{before}var x = 0;
{row}}}
let size = {taps}u * in_groups * {lanes}u * out_groups;
let first = share * (size + out_groups);
{stores}if (kernel_row == top && kernel_column == 0 && in_block == 0u) {{
{biases}}}",
        columns_apart = edge / columns,
        before = before_row(variant, part),
        taps = edge * edge
    );
    let sizes = format!(
        "{CONVOLUTION_SIZES}let in_blocks = (in_groups + {}u) / {groups_in}u;
let blocks = (out_groups + {}u) / {groups_out}u;
let tiles = {}u * in_blocks * blocks;",
        groups_in - 1,
        groups_out - 1,
        edge * edge / columns
    );
    bindings + &entry_point(Variant(Text::Convolution(variant)).entry_point(), &sizes, "tiles * shares", &body)
}

/// Without a stride neighbouring windows share all columns but one: they are read once and handed on.
fn handed_on(variant: ConvolutionText, part: Part) -> u32 {
    if variant.stride == 1 { part.columns - 1 } else { 0 }
}

/// What the first windows of a row share.
fn before_row(variant: ConvolutionText, part: Part) -> String {
    each(handed_on(variant, part), |place| {
        each(part.groups_in, |group| format!("var value{place}_{group} = {};", pixel(variant, &format!("{place} - left"), group)))
    })
}

/// A group of channels of the input, 0 outside of it.
fn pixel(variant: ConvolutionText, place: &str, group: u32) -> String {
    format!(
        "select({}(0.0), input[u32(line + clamp({place}, 0, in_width - 1)) * in_groups + from{group}], \
         ({place}) >= 0 && ({place}) < in_width)",
        variant.lanes_in.kind()
    )
}

/// What so many pixels from `x` on add to the sums. All is read before the first is added.
fn pixels(variant: ConvolutionText, part: Part, count: u32) -> String {
    let ConvolutionText { edge, stride, lanes_in, lanes_out, .. } = variant;
    let Part { columns, groups_in, groups_out } = part;
    let (written, lanes, handed_on) = (lanes_out.kind(), lanes_in.count() as u32, handed_on(variant, part));
    // Windows of neighbouring pixels overlap without a stride.
    let value_of = |pixel: u32, column: u32| if stride == 1 { pixel + column } else { pixel * columns + column };
    let values = value_of(count - 1, columns - 1) + 1;
    let column = if columns == edge { "" } else { " + kernel_column" };
    let place_of = |value: u32| match stride {
        1 => format!("x + {value}{column} - left"),
        _ => format!("(x + {}) * {stride} + {}{column} - left", value / columns, value % columns),
    };
    let loads = each(values - handed_on, |value| {
        let value = value + handed_on;
        each(groups_in, |group| format!("let value{value}_{group} = {};", pixel(variant, &place_of(value), group)))
    });
    let slopes = each(count, |pixel| {
        each(groups_out, |group| {
            format!("let slope{pixel}_{group} = gradient[u32(row * width + x + {pixel}) * out_groups + group{group}];")
        })
    });
    let products = each(count, |pixel| {
        each(groups_out, |group| format!("bias{group} += slope{pixel}_{group};"))
            + &each(columns, |column| {
                each(groups_in * lanes, |channel| {
                    each(groups_out, |group| {
                        let value = lanes_in.lane(&format!("value{}_{}", value_of(pixel, column), channel / lanes), channel % lanes);
                        let sum = format!("sum{column}_{channel}_{group}");
                        format!("{sum} = fma({written}({value}), slope{pixel}_{group}, {sum});")
                    })
                })
            })
    });
    let hand_on = each(handed_on, |place| each(groups_in, |group| format!("value{place}_{group} = value{}_{group};", place + count)));
    loads + &slopes + &products + &hand_on
}
