//! Sums by threads that work together, each for single channels.

use super::super::text::entry_point_of_workgroup;
use super::super::together::{self, Numbered, SUMS, Sum, lane_and_slot};
use super::{BatchNormText, COEFFICIENTS, GRADIENTS, Part, SIZES, declared, slope, statistics};

/// Rows of a map in the shared memory: a share has as few as eight.
const ROWS: u32 = 32;
/// Shares in the shared memory.
const SHARES: u32 = 128;

/// How often the loops run for so many rows of a share.
pub(super) fn loops_of_sums(rows: f64) -> Vec<f64> {
    together::loops(rows, ROWS)
}

/// How often the loops run for so many shares.
pub(super) fn loops_of_shares(shares: f64) -> Vec<f64> {
    together::loops(shares, SHARES)
}

/// The text of a sum over rows or shares; there is none of what is not summed.
pub(super) fn source(text: BatchNormText) -> String {
    let place = format!(
        "let blocks = (groups_of_channels + {}u) / {SUMS}u;
{}let channel = workgroup % blocks * {SUMS}u + lane;
let group = min(channel, groups_of_channels - 1u);
let part = workgroup / blocks;
// A launch in rows of workgroups may have more than were asked for.
if (part >= shares) {{ return; }}
var first = 0.0;
var second = 0.0;
",
        SUMS - 1,
        lane_and_slot()
    );
    let (memory, sum) = match text.part {
        Part::Sums | Part::GradientSums => of_rows(text),
        Part::Statistics => of_shares(&statistics("f32")),
        Part::Gradients | Part::Output | Part::InputGradient => of_shares(GRADIENTS),
    };
    declared(text) + &memory + &entry_point_of_workgroup(text.entry_point(), SIZES, &(place + &sum))
}

/// The other threads, and those beside the last channel, have no sums.
const WITH_SUMS: &str = "if (slot != 0u || channel >= groups_of_channels) { return; }\n";

/// Memory and text.
fn of_rows(text: BatchNormText) -> (String, String) {
    let place = |round: u32| format!("(part + at{round} * shares) * groups_of_channels + group");
    // Sums of differences from one of the numbers: a mean far from 0 costs no digits.
    let read_difference = |round: u32| format!("let difference{round} = input[{}] - near;", place(round));
    let add_difference =
        |number: u32| format!("first += difference{number};\nsecond = fma(difference{number}, difference{number}, second);");
    let read_slope = |round: u32| {
        let place = place(round);
        format!("let input{round} = input[{place}];\nlet gradient{round} = gradient[{place}];\n") + &slope(text, round)
    };
    let add_slope = |number: u32| format!("first = fma(slope{number}, normalised{number}, first);\nsecond += slope{number};");
    let (start, names, read, add): (&str, &[&str], Numbered<'_>, Numbered<'_>) = match text.part {
        Part::Sums => ("let near = input[group];\n", &["difference"], &read_difference, &add_difference),
        _ => (COEFFICIENTS, &["normalised", "slope"], &read_slope, &add_slope),
    };
    let sum = Sum { held: ROWS, count: "rows_of_part", names, read, add };
    let body = format!(
        "let rows_of_part = (rows - part + shares - 1u) / shares;
{start}{}{WITH_SUMS}partial[part * 2u * groups_of_channels + group] = first;
partial[(part * 2u + 1u) * groups_of_channels + group] = second;
",
        sum.text()
    );
    (sum.memory(), body)
}

/// Memory and text; `then` is what is made of the sums.
fn of_shares(then: &str) -> (String, String) {
    let read = |round: u32| {
        format!(
            "let one{round} = partial[at{round} * 2u * groups_of_channels + group];
let other{round} = partial[(at{round} * 2u + 1u) * groups_of_channels + group];"
        )
    };
    let add = |number: u32| format!("first += one{number};\nsecond += other{number};");
    let sum = Sum { held: SHARES, count: "shares", names: &["one", "other"], read: &read, add: &add };
    (sum.memory(), sum.text() + WITH_SUMS + then)
}
