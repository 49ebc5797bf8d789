//! The threads of a workgroup read, each some rows, into memory that they share; then a few of them add, each a channel from the first row to
//! the last. A card waits for its memory once for all these rows, and every sum has the order that one thread alone would give it.

use super::super::text::{each, entry_point_of_workgroup, loop_ahead, rounds_ahead};
use super::{BatchNormText, COEFFICIENTS, Part, SIZES, WORKGROUP, declared, slope, statistics};

/// Channels of a workgroup.
pub(super) const CHANNELS: u32 = 8;
/// Rows that its threads read at once.
const ABREAST: u32 = WORKGROUP / CHANNELS;
/// Rows of a map in the shared memory: a share has as few as eight.
const ROWS: u32 = 32;
/// Shares in the shared memory.
const SHARES: u32 = 128;
/// Numbers of the shared memory that a thread reads before it adds the first.
const AHEAD: u32 = 16;

/// How often the loops run for so many rows of a share.
pub(super) fn loops_of_sums(rows: f64) -> Vec<f64> {
    loops(rows, ROWS)
}

/// How often the loops run for so many shares.
pub(super) fn loops_of_shares(shares: f64) -> Vec<f64> {
    loops(shares, SHARES)
}

fn loops(count: f64, held: u32) -> Vec<f64> {
    let rounds = (count / f64::from(held)).ceil();
    [vec![rounds], rounds_ahead(count / rounds, AHEAD)].concat()
}

/// Text whose names have this number behind them.
type Numbered<'a> = &'a dyn Fn(u32) -> String;

/// Two sums over rows or shares.
struct Sums<'a> {
    /// How many are in the shared memory at once.
    held: u32,
    /// How many there are.
    count: &'a str,
    /// Names `one` and `other`, what a thread puts there of what is at `at`, with this number behind each.
    read: Numbered<'a>,
    /// Adds `one` and `other` with this number behind each to `first` and `second`.
    add: Numbered<'a>,
}

impl Sums<'_> {
    fn text(&self) -> String {
        let Self { held, count, read, add } = self;
        let rounds = held / ABREAST;
        let at = |round: u32| format!("let at{round} = min(begin + slot + {}u, {count} - 1u);", round * ABREAST);
        let keep = |round: u32| {
            let place = format!("(slot + {}u) * {CHANNELS}u + lane", round * ABREAST);
            format!("ones[{place}] = one{round};\nothers[{place}] = other{round};")
        };
        let added = loop_ahead("place", "1u", "kept", AHEAD, |count| {
            let get = |further: u32| {
                let place = format!("(place + {further}u) * {CHANNELS}u + lane");
                format!("let one{further} = ones[{place}];\nlet other{further} = others[{place}];")
            };
            each(count, get) + &each(count, add)
        });
        format!(
            "var first = 0.0;
var second = 0.0;
for (var begin = 0u; begin < {count}; begin += {held}u) {{
{}{}{}workgroupBarrier();
if (slot == 0u) {{
let kept = min({held}u, {count} - begin);
var place = 0u;
{added}}}
workgroupBarrier();
}}
if (slot != 0u || channel >= groups_of_channels) {{ return; }}
",
            each(rounds, at),
            each(rounds, read),
            each(rounds, keep)
        )
    }
}

/// The text of a sum over rows or shares; there is none of what is not summed.
pub(super) fn source(text: BatchNormText) -> String {
    let place = format!(
        "let blocks = (groups_of_channels + {}u) / {CHANNELS}u;
let lane = local % {CHANNELS}u;
let slot = local / {CHANNELS}u;
let channel = workgroup % blocks * {CHANNELS}u + lane;
let group = min(channel, groups_of_channels - 1u);
let part = workgroup / blocks;
// A launch in rows of workgroups may have more than were asked for.
if (part >= shares) {{ return; }}
",
        CHANNELS - 1
    );
    let (held, body) = match text.part {
        Part::Sums | Part::GradientSums => (ROWS, of_rows(text)),
        Part::Statistics => (SHARES, of_shares() + &statistics("f32")),
        Part::Gradients | Part::Output | Part::InputGradient => (SHARES, of_shares() + "gamma[group] = first;\nbeta[group] = second;\n"),
    };
    let memory = ["ones", "others"].map(|name| format!("var<workgroup> {name}: array<f32, {}>;\n", held * CHANNELS)).concat();
    declared(text) + &memory + &entry_point_of_workgroup(text.entry_point(), SIZES, &(place + &body))
}

fn of_rows(text: BatchNormText) -> String {
    let place = |round: u32| format!("(part + at{round} * shares) * groups_of_channels + group");
    // Sums of differences from one of the numbers: a mean far from 0 costs no digits.
    let read_difference = |round: u32| format!("let one{round} = input[{}] - near;\nlet other{round} = one{round};", place(round));
    let add_difference = |number: u32| format!("first += one{number};\nsecond = fma(other{number}, other{number}, second);");
    let read_slope = |round: u32| {
        let place = place(round);
        format!("let input{round} = input[{place}];\nlet gradient{round} = gradient[{place}];\n")
            + &slope(text, round)
            + &format!("let one{round} = normalised{round};\nlet other{round} = slope{round};")
    };
    let add_slope = |number: u32| format!("first = fma(other{number}, one{number}, first);\nsecond += other{number};");
    let (start, read, add): (&str, Numbered<'_>, Numbered<'_>) = match text.part {
        Part::Sums => ("let near = input[group];\n", &read_difference, &add_difference),
        _ => (COEFFICIENTS, &read_slope, &add_slope),
    };
    let sums = Sums { held: ROWS, count: "rows_of_part", read, add }.text();
    format!(
        "let rows_of_part = (rows - part + shares - 1u) / shares;
{start}{sums}partial[part * 2u * groups_of_channels + group] = first;
partial[(part * 2u + 1u) * groups_of_channels + group] = second;
"
    )
}

fn of_shares() -> String {
    let read = |round: u32| {
        format!(
            "let one{round} = partial[at{round} * 2u * groups_of_channels + group];
let other{round} = partial[(at{round} * 2u + 1u) * groups_of_channels + group];"
        )
    };
    let add = |number: u32| format!("first += one{number};\nsecond += other{number};");
    Sums { held: SHARES, count: "shares", read: &read, add: &add }.text()
}
