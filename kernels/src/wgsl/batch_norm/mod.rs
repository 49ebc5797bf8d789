//! Batch norm with the batch's own statistics, with the ReLU behind it where there is one.
//!
//! Statistics and gradients are sums over all pixels of all images: every thread takes a share of them, and the shares
//! are added up afterwards in a fixed order.

mod alone;
mod together;

use super::text::{bindings, rounds_ahead};
use super::together::SUMS;
use super::{Extents, Lanes, Text, Tile, Variant, WORKGROUP, WgslKernel};

/// Enough threads to occupy a GPU; more would only leave more shares to add up.
const THREADS: usize = 8_192;
/// Shares that one thread adds up, at most.
const MOST_SHARES: usize = 256;
/// Rows that one thread writes.
const ROWS: usize = 8;
/// Of which a card reads all before it uses the first.
const ROWS_AHEAD: u32 = ROWS as u32;

/// Rows of channels that are normalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows {
    /// Pixels of all images.
    pub rows: usize,
    /// Channels.
    pub channels: usize,
    /// Whether a ReLU follows.
    pub relu: bool,
    /// What the convolutions of this adapter compute: with one that reads ahead, threads sum together. The numbers stay the same.
    pub tile: Tile,
}

/// What decides the text of a kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct BatchNormText {
    part: Part,
    lanes: Lanes,
    relu: bool,
    /// Whether the threads of a workgroup read for each other what one of them sums; for what is not summed, whether a thread reads ahead.
    together: bool,
}

impl BatchNormText {
    pub(super) fn entry_point(self) -> &'static str {
        match self.part {
            Part::Sums => "batch_norm_sums",
            Part::Statistics => "batch_norm_statistics",
            Part::Output => "batch_norm",
            Part::GradientSums => "batch_norm_gradient_sums",
            Part::Gradients => "batch_norm_gradients",
            Part::InputGradient => "batch_norm_input_gradient",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Sums,
    Statistics,
    Output,
    GradientSums,
    Gradients,
    InputGradient,
}

impl Rows {
    /// Shares into which the rows are divided.
    pub fn shares(&self) -> usize {
        THREADS.div_ceil(self.groups().max(1)).min(MOST_SHARES).clamp(1, self.rows.max(1))
    }

    /// Numbers of a buffer of `partial` sums: two for each channel of each share.
    pub fn partial_len(&self) -> usize {
        self.shares() * 2 * self.channels
    }

    /// Reads `input`, writes `partial`.
    pub fn sums(&self) -> WgslKernel {
        self.kernel(Part::Sums, self.shares() * self.groups())
    }

    /// Reads `partial` and `input`; moves the moving mean and variance in their places, each as [`follow`](crate::follow),
    /// `[channels]` each, and writes the `coefficients` of what follows, `[2, channels]`: mean and 1 / standard deviation of the
    /// batch.
    pub fn statistics(&self, epsilon: f32, momentum: f64) -> WgslKernel {
        let mut kernel = self.kernel(Part::Statistics, self.groups());
        for (extent, number) in kernel.extents.iter_mut().skip(4).zip([epsilon, momentum as f32, (1.0 - momentum) as f32]) {
            *extent = number.to_bits();
        }
        kernel
    }

    /// Reads `input`, `coefficients`, `gamma` and `beta`, writes `output`.
    pub fn output(&self) -> WgslKernel {
        self.kernel(Part::Output, self.rows.div_ceil(ROWS) * self.groups())
    }

    /// Reads `gradient` of the output, `input`, `coefficients`, `gamma` and `beta`, writes `partial`.
    pub fn gradient_sums(&self) -> WgslKernel {
        self.kernel(Part::GradientSums, self.shares() * self.groups())
    }

    /// Reads `partial`, writes the gradients of `gamma` and `beta`, `[channels]` each, and both again as `sums`, `[2, channels]`:
    /// what follows reads as many buffers as a device surely binds.
    pub fn gradients(&self) -> WgslKernel {
        self.kernel(Part::Gradients, self.groups())
    }

    /// Reads `gradient` of the output, `input`, `coefficients`, `gamma`, `beta` and `sums`; writes `output`, the gradient of the
    /// input.
    pub fn input_gradient(&self) -> WgslKernel {
        self.kernel(Part::InputGradient, self.rows.div_ceil(ROWS) * self.groups())
    }

    fn lanes(&self) -> Lanes {
        Lanes::of(self.channels)
    }

    fn groups(&self) -> usize {
        self.channels / self.lanes().count()
    }

    /// Workgroups that share the channels of a row.
    fn workgroups_of_row(&self) -> usize {
        self.channels.div_ceil(SUMS as usize)
    }

    fn kernel(&self, part: Part, threads: usize) -> WgslKernel {
        let chunks = self.rows.div_ceil(ROWS);
        let together = self.tile.reads_ahead();
        // Where threads sum together, each reads single channels.
        let (lanes, threads) = match part {
            Part::Sums | Part::GradientSums if together => (Lanes::One, self.shares() * self.workgroups_of_row() * WORKGROUP as usize),
            Part::Statistics | Part::Gradients if together => (Lanes::One, self.workgroups_of_row() * WORKGROUP as usize),
            _ => (self.lanes(), threads),
        };
        let mut extents = Extents::default();
        for (extent, size) in extents.iter_mut().zip([self.rows, self.channels / lanes.count(), self.shares(), chunks]) {
            *extent = size as u32;
        }
        // Where the ReLU changes nothing the text is shared.
        let relu = self.relu && matches!(part, Part::Output | Part::GradientSums | Part::InputGradient);
        WgslKernel { variant: Variant(Text::BatchNorm(BatchNormText { part, lanes, relu, together })), threads, extents }
    }
}

/// Rounds of the loops of a text.
pub(super) fn loops(text: BatchNormText, [rows, _, shares, chunks, ..]: Extents) -> Vec<f64> {
    let [rows, shares, chunks] = [rows, shares, chunks].map(f64::from);
    match text.part {
        Part::Sums | Part::GradientSums if text.together => together::loops_of_sums(rows / shares),
        Part::Statistics | Part::Gradients if text.together => together::loops_of_shares(shares),
        Part::Sums | Part::GradientSums => vec![rows / shares],
        Part::Statistics | Part::Gradients => vec![shares],
        Part::Output | Part::InputGradient if text.together => rounds_ahead(rows / chunks, ROWS_AHEAD),
        Part::Output | Part::InputGradient => vec![rows / chunks],
    }
}

pub(super) fn source(text: BatchNormText) -> String {
    match text.part {
        Part::Sums | Part::Statistics | Part::GradientSums | Part::Gradients if text.together => together::source(text),
        _ => alone::source(text),
    }
}

const SIZES: &str = "let rows = extents[0];
let groups_of_channels = extents[1];
let shares = extents[2];
let chunks = extents[3];";

/// What the way back needs of a channel or a group of them.
const COEFFICIENTS: &str = "let mean = coefficients[group];
let inverse = coefficients[groups_of_channels + group];
let gamma = gammas[group];
let beta = betas[group];
";

/// Names `normalised` and `slope` of a row, from its `input` and `gradient`, with this number behind each name.
///
/// In the order in which Keras rounds: with the scale worked out beforehand the network ends visibly farther from Keras'
/// after three steps. What the ReLU let through is what was positive before it, to the last digit.
fn slope(text: BatchNormText, row: u32) -> String {
    let kind = text.lanes.kind();
    let normalised = format!("let normalised{row} = (input{row} - mean) * inverse;");
    let slope = if text.relu {
        format!("let slope{row} = select(gradient{row}, {kind}(0.0), normalised{row} * gamma + beta <= {kind}(0.0));")
    } else {
        format!("let slope{row} = gradient{row};")
    };
    format!("{normalised}\n{slope}\n")
}

/// What follows the sums over gradients of a channel or of a group.
const GRADIENTS: &str = "of_gamma[group] = first;
of_beta[group] = second;
sums[group] = first;
sums[groups_of_channels + group] = second;
";

/// What follows the sums of a channel or of a group.
fn statistics(kind: &str) -> String {
    format!(
        "let count = f32(rows);
let shift = first / count;
let spread = max(second / count - shift * shift, {kind}(0.0));
let mean = input[group] + shift;
let kept = bitcast<f32>(extents[5]);
let taken = bitcast<f32>(extents[6]);
moving_mean[group] = moving_mean[group] * kept + mean * taken;
moving_variance[group] = moving_variance[group] * kept + spread * taken;
coefficients[group] = mean;
coefficients[groups_of_channels + group] = inverseSqrt(spread + bitcast<f32>(extents[4]));
"
    )
}

/// Names of the buffers that are read and written.
fn buffers(part: Part) -> (&'static [&'static str], &'static [&'static str]) {
    match part {
        Part::Sums => (&["input"], &["partial"]),
        Part::Statistics => (&["partial", "input"], &["moving_mean", "moving_variance", "coefficients"]),
        Part::Output => (&["input", "coefficients", "gammas", "betas"], &["output"]),
        Part::GradientSums => (&["gradient", "input", "coefficients", "gammas", "betas"], &["partial"]),
        Part::Gradients => (&["partial"], &["of_gamma", "of_beta", "sums"]),
        Part::InputGradient => (&["gradient", "input", "coefficients", "gammas", "betas", "sums"], &["output"]),
    }
}

fn declared(text: BatchNormText) -> String {
    let (read, written) = buffers(text.part);
    let [read, written] = [read, written].map(|names| names.iter().map(|name| (*name, text.lanes.kind())).collect::<Vec<_>>());
    bindings(&read, &written)
}
