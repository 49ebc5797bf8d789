//! Batch norm with the batch's own statistics, with the ReLU behind it where there is one.
//!
//! Statistics and gradients are sums over all pixels of all images: every thread takes a share of them, and the shares
//! are added up afterwards in a fixed order.

use super::text::{bindings, each, entry_point, loop_ahead, rounds_ahead};
use super::{Extents, Lanes, Text, Variant, WgslKernel};

/// Enough threads to occupy a GPU; more would only leave more shares to add up.
const THREADS: usize = 8_192;
/// Shares that one thread adds up, at most.
const MOST_SHARES: usize = 256;
/// Rows that one thread writes.
const ROWS: usize = 8;
/// Rows and shares that are read before the first of them is used: a thread waits once for all of them.
const ROWS_AHEAD: u32 = 8;
const SHARES_AHEAD: u32 = 16;

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
        Part::Sums | Part::GradientSums => rounds_ahead(rows / shares, ROWS_AHEAD),
        Part::Statistics | Part::Gradients => rounds_ahead(shares, SHARES_AHEAD),
        Part::Output | Part::InputGradient => rounds_ahead(rows / chunks, ROWS_AHEAD),
    }
    .into()
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
    let slope = |place: u32| {
        let normalised = format!("let normalised{place} = (input{place} - mean) * inverse;");
        let slope = if relu {
            format!("let slope{place} = select(gradient{place}, {kind}(0.0), normalised{place} * gamma + beta <= {kind}(0.0));")
        } else {
            format!("let slope{place} = gradient{place};")
        };
        format!("{normalised}\n{slope}\n")
    };
    // Rows of these maps from `row` on, then what is done with each.
    let rows_loop = |apart: &str, maps: &[&str], body: &dyn Fn(u32) -> String| {
        let rounds = loop_ahead("row", apart, "rows", ROWS_AHEAD, |count| {
            let place = |place| format!("let place{place} = (row + {place}u * {apart}) * groups_of_channels + group;");
            let read = |place| maps.iter().map(|map| format!("let {map}{place} = {map}[place{place}];\n")).collect();
            each(count, place) + &each(count, read) + &each(count, body)
        });
        format!("var row = part;\n{rounds}")
    };
    let share_loop = |maps: &[&str], body: &dyn Fn(u32) -> String| {
        format!(
            "var first = {kind}(0.0);
var second = {kind}(0.0);
{}partial[part * 2u * groups_of_channels + group] = first;
partial[(part * 2u + 1u) * groups_of_channels + group] = second;
",
            rows_loop("shares", maps, body)
        )
    };
    let shares = loop_ahead("share", "1u", "shares", SHARES_AHEAD, |count| {
        each(count, |place| {
            format!(
                "let first{place} = partial[(share + {place}u) * 2u * groups_of_channels + group];
let second{place} = partial[((share + {place}u) * 2u + 1u) * groups_of_channels + group];"
            )
        }) + &each(count, |place| format!("first += first{place};\nsecond += second{place};"))
    });
    let added_up = format!(
        "var first = {kind}(0.0);
var second = {kind}(0.0);
var share = 0u;
{shares}"
    );
    let (buffers, body) = match part {
        // Sums of differences from one of the numbers: a mean far from 0 costs no digits.
        Part::Sums => (
            declared(&["input"], &["partial"]),
            "let near = input[group];\n".to_owned()
                + &share_loop(&["input"], &|place| {
                    format!(
                        "let difference{place} = input{place} - near;
first += difference{place};
second = fma(difference{place}, difference{place}, second);"
                    )
                }),
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
            // Not `max`, which may swallow what is no number: a network that diverged must not look as if it had not.
            let kept = |value: &str| {
                if relu { format!("select({value}, {kind}(0.0), {value} < {kind}(0.0))") } else { value.into() }
            };
            let store = |place: u32| {
                let value = format!("let value{place} = (input{place} - mean) * inverse * gamma + beta;");
                format!("{value}\noutput[place{place}] = {};", kept(&format!("value{place}")))
            };
            (declared(&["input", "coefficients"], &["output"]), coefficients.to_owned() + &rows_loop("chunks", &["input"], &store))
        }
        Part::GradientSums => (
            declared(&["gradient", "input", "coefficients"], &["partial"]),
            coefficients.to_owned()
                + &share_loop(&["gradient", "input"], &|place| {
                    slope(place) + &format!("first = fma(slope{place}, normalised{place}, first);\nsecond += slope{place};")
                }),
        ),
        Part::Gradients => (declared(&["partial"], &["gamma", "beta"]), added_up + "gamma[group] = first;\nbeta[group] = second;\n"),
        Part::InputGradient => (
            declared(&["gradient", "input", "coefficients", "of_gamma", "of_beta"], &["output"]),
            format!(
                "{coefficients}let scale = gamma * inverse;\nlet along = of_gamma[group] / f32(rows);\nlet level = of_beta[group] / f32(rows);\n"
            ) + &rows_loop("chunks", &["gradient", "input"], &|place| {
                slope(place) + &format!("output[place{place}] = scale * (slope{place} - level - normalised{place} * along);")
            }),
        ),
    };
    let threads = match part {
        Part::Sums | Part::GradientSums => "groups_of_channels * shares",
        Part::Statistics | Part::Gradients => "groups_of_channels",
        Part::Output | Part::InputGradient => "groups_of_channels * chunks",
    };
    buffers + &entry_point(text.entry_point(), SIZES, threads, &(PLACE.to_owned() + &body))
}
