//! Batch norm with the batch's own statistics, with the ReLU behind it where there is one.
//!
//! Statistics and gradients are sums over all pixels of all images: every thread takes a share of them, and the shares
//! are added up afterwards in a fixed order.

use super::text::{bindings, entry_point};
use super::{Extents, Lanes, Text, Variant, WgslKernel};

/// Enough threads to occupy a GPU; more would only leave more shares to add up.
const THREADS: usize = 8_192;
/// Shares that one thread adds up, at most.
const MOST_SHARES: usize = 256;
/// Rows that one thread writes.
const ROWS: usize = 8;

/// Rows of channels that are normalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows {
    /// Pixels of all images.
    pub rows: usize,
    /// Channels.
    pub channels: usize,
    /// Whether a ReLU follows.
    pub relu: bool,
}

/// What decides the text of a kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct BatchNormText {
    part: Part,
    lanes: Lanes,
    relu: bool,
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
        self.kernel(Part::Sums, self.shares() * self.groups(), 0.0)
    }

    /// Reads `partial`, `input`, `gamma` and `beta`; writes `mean` and `variance`, `[channels]` each, and the
    /// `coefficients` of what follows, `[4, channels]`: mean, 1 / standard deviation, gamma, beta.
    pub fn statistics(&self, epsilon: f32) -> WgslKernel {
        self.kernel(Part::Statistics, self.groups(), epsilon)
    }

    /// Reads `input` and `coefficients`, writes `output`.
    pub fn output(&self) -> WgslKernel {
        self.kernel(Part::Output, self.rows.div_ceil(ROWS) * self.groups(), 0.0)
    }

    /// Reads `gradient` of the output, `input` and `coefficients`, writes `partial`.
    pub fn gradient_sums(&self) -> WgslKernel {
        self.kernel(Part::GradientSums, self.shares() * self.groups(), 0.0)
    }

    /// Reads `partial`, writes the gradients of `gamma` and `beta`, `[channels]` each.
    pub fn gradients(&self) -> WgslKernel {
        self.kernel(Part::Gradients, self.groups(), 0.0)
    }

    /// Reads `gradient` of the output, `input`, `coefficients` and the gradients of `gamma` and `beta`; writes `output`,
    /// the gradient of the input.
    pub fn input_gradient(&self) -> WgslKernel {
        self.kernel(Part::InputGradient, self.rows.div_ceil(ROWS) * self.groups(), 0.0)
    }

    fn lanes(&self) -> Lanes {
        Lanes::of(self.channels)
    }

    fn groups(&self) -> usize {
        self.channels / self.lanes().count()
    }

    fn kernel(&self, part: Part, threads: usize, epsilon: f32) -> WgslKernel {
        let chunks = self.rows.div_ceil(ROWS);
        let mut extents = Extents::default();
        for (extent, size) in extents.iter_mut().zip([self.rows, self.groups(), self.shares(), chunks]) {
            *extent = size as u32;
        }
        extents[4] = epsilon.to_bits();
        // Where the ReLU changes nothing the text is shared.
        let relu = self.relu && matches!(part, Part::Output | Part::GradientSums | Part::InputGradient);
        WgslKernel { variant: Variant(Text::BatchNorm(BatchNormText { part, lanes: self.lanes(), relu })), threads, extents }
    }
}

const SIZES: &str = "let rows = extents[0];
let groups_of_channels = extents[1];
let shares = extents[2];
let chunks = extents[3];";

const PLACE: &str = "let group = index % groups_of_channels;
let part = index / groups_of_channels;
";

/// Rounds of the loops of a text.
pub(super) fn loops(text: BatchNormText, [rows, _, shares, chunks, ..]: Extents) -> Vec<f64> {
    let [rows, shares, chunks] = [rows, shares, chunks].map(f64::from);
    match text.part {
        Part::Sums | Part::GradientSums => vec![rows / shares],
        Part::Statistics | Part::Gradients => vec![shares],
        Part::Output | Part::InputGradient => vec![rows / chunks],
    }
}

pub(super) fn source(text: BatchNormText) -> String {
    let BatchNormText { part, lanes, relu } = text;
    let kind = lanes.kind();
    let declared = |read: &[&'static str], written: &[&'static str]| {
        let [read, written] = [read, written].map(|names| names.iter().map(|name| (*name, kind)).collect::<Vec<_>>());
        bindings(&read, &written)
    };
    let coefficients = "let mean = coefficients[group];
let inverse = coefficients[groups_of_channels + group];
let gamma = coefficients[2u * groups_of_channels + group];
let beta = coefficients[3u * groups_of_channels + group];
";
    // In the order in which Keras rounds: with the scale worked out beforehand the network ends visibly farther from Keras'
    // after three steps. What the ReLU let through is what was positive before it, to the last digit.
    let passed = if relu {
        format!("let slope = select(gradient[place], {kind}(0.0), (input[place] - mean) * inverse * gamma + beta <= {kind}(0.0));")
    } else {
        "let slope = gradient[place];".into()
    };
    let share_loop = |body: &str| {
        format!(
            "var first = {kind}(0.0);
var second = {kind}(0.0);
for (var row = part; row < rows; row += shares) {{
let place = row * groups_of_channels + group;
{body}
}}
partial[part * 2u * groups_of_channels + group] = first;
partial[(part * 2u + 1u) * groups_of_channels + group] = second;
"
        )
    };
    let added_up = format!(
        "var first = {kind}(0.0);
var second = {kind}(0.0);
for (var share = 0u; share < shares; share++) {{
first += partial[share * 2u * groups_of_channels + group];
second += partial[(share * 2u + 1u) * groups_of_channels + group];
}}
"
    );
    let rows_loop = |body: &str| {
        format!(
            "for (var row = part; row < rows; row += chunks) {{
let place = row * groups_of_channels + group;
{body}
}}
"
        )
    };
    let (buffers, body) = match part {
        // Sums of differences from one of the numbers: a mean far from 0 costs no digits.
        Part::Sums => (
            declared(&["input"], &["partial"]),
            "let near = input[group];\n".to_owned()
                + &share_loop("let difference = input[place] - near;\nfirst += difference;\nsecond = fma(difference, difference, second);"),
        ),
        Part::Statistics => (
            declared(&["partial", "input", "gamma", "beta"], &["mean", "variance", "coefficients"]),
            added_up
                + &format!(
                    "let count = f32(rows);
let shift = first / count;
let spread = max(second / count - shift * shift, {kind}(0.0));
mean[group] = input[group] + shift;
variance[group] = spread;
coefficients[group] = input[group] + shift;
coefficients[groups_of_channels + group] = inverseSqrt(spread + bitcast<f32>(extents[4]));
coefficients[2u * groups_of_channels + group] = gamma[group];
coefficients[3u * groups_of_channels + group] = beta[group];
"
                ),
        ),
        Part::Output => {
            let value = "(input[place] - mean) * inverse * gamma + beta";
            // Not `max`, which may swallow what is no number: a network that diverged must not look as if it had not.
            let kept = if relu { format!("select(value, {kind}(0.0), value < {kind}(0.0))") } else { "value".into() };
            let store = format!("let value = {value};\noutput[place] = {kept};");
            (declared(&["input", "coefficients"], &["output"]), coefficients.to_owned() + &rows_loop(&store))
        }
        Part::GradientSums => (
            declared(&["gradient", "input", "coefficients"], &["partial"]),
            coefficients.to_owned()
                + &share_loop(&format!(
                    "let normalised = (input[place] - mean) * inverse;
{passed}
first = fma(slope, normalised, first);
second += slope;"
                )),
        ),
        Part::Gradients => (declared(&["partial"], &["gamma", "beta"]), added_up + "gamma[group] = first;\nbeta[group] = second;\n"),
        Part::InputGradient => (
            declared(&["gradient", "input", "coefficients", "of_gamma", "of_beta"], &["output"]),
            format!(
                "{coefficients}let scale = gamma * inverse;\nlet along = of_gamma[group] / f32(rows);\nlet level = of_beta[group] / f32(rows);\n"
            ) + &rows_loop(&format!(
                "let normalised = (input[place] - mean) * inverse;
{passed}
output[place] = scale * (slope - level - normalised * along);"
            )),
        ),
    };
    let threads = match part {
        Part::Sums | Part::GradientSums => "groups_of_channels * shares",
        Part::Statistics | Part::Gradients => "groups_of_channels",
        Part::Output | Part::InputGradient => "groups_of_channels * chunks",
    };
    buffers + &entry_point(text.entry_point(), SIZES, threads, &(PLACE.to_owned() + &body))
}
