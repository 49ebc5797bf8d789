//! Every thread sums by itself, four channels at once where it can: a software adapter runs a long loop as fast as many short ones, and
//! waits for a barrier ten times as long as a card.

use super::super::text::{each, entry_point, loop_ahead};
use super::{BatchNormText, COEFFICIENTS, GRADIENTS, Part, ROWS_AHEAD, SIZES, declared, slope, statistics};

const PLACE: &str = "let group = index % groups_of_channels;
let part = index / groups_of_channels;
";

pub(super) fn source(text: BatchNormText) -> String {
    let BatchNormText { part, lanes, relu, together } = text;
    let kind = lanes.kind();
    // Rows of these maps from `row` on, then what is done with each.
    let rows_loop = |apart: &str, maps: &[&str], body: &dyn Fn(u32) -> String| {
        let rows = |count| {
            let place = |row| format!("let place{row} = (row + {row}u * {apart}) * groups_of_channels + group;");
            let read = |row| maps.iter().map(|map| format!("let {map}{row} = {map}[place{row}];\n")).collect();
            each(count, place) + &each(count, read) + &each(count, body)
        };
        let ahead = if together { ROWS_AHEAD } else { 1 };
        format!("var row = part;\n{}", loop_ahead("row", apart, "rows", ahead, rows))
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
    let added_up = format!(
        "var first = {kind}(0.0);
var second = {kind}(0.0);
for (var share = 0u; share < shares; share++) {{
first += partial[share * 2u * groups_of_channels + group];
second += partial[(share * 2u + 1u) * groups_of_channels + group];
}}
"
    );
    let body = match part {
        // Sums of differences from one of the numbers: a mean far from 0 costs no digits.
        Part::Sums => {
            let add = |row: u32| {
                format!(
                    "let difference{row} = input{row} - near;
first += difference{row};
second = fma(difference{row}, difference{row}, second);"
                )
            };
            "let near = input[group];\n".to_owned() + &share_loop(&["input"], &add)
        }
        Part::Statistics => added_up + &statistics(kind),
        Part::Output => {
            // Not `max`, which may swallow what is no number: a network that diverged must not look as if it had not.
            let kept = |value: &str| if relu { format!("select({value}, {kind}(0.0), {value} < {kind}(0.0))") } else { value.into() };
            let store = |row: u32| {
                let value = format!("let value{row} = (input{row} - mean) * inverse * gamma + beta;");
                format!("{value}\noutput[place{row}] = {};", kept(&format!("value{row}")))
            };
            COEFFICIENTS.to_owned() + &rows_loop("chunks", &["input"], &store)
        }
        Part::GradientSums => {
            let add = |row: u32| slope(text, row) + &format!("first = fma(slope{row}, normalised{row}, first);\nsecond += slope{row};");
            COEFFICIENTS.to_owned() + &share_loop(&["gradient", "input"], &add)
        }
        Part::Gradients => added_up + GRADIENTS,
        Part::InputGradient => {
            let of_group = "let scale = gamma * inverse;
let along = sums[group] / f32(rows);
let level = sums[groups_of_channels + group] / f32(rows);
";
            let store =
                |row: u32| slope(text, row) + &format!("output[place{row}] = scale * (slope{row} - level - normalised{row} * along);");
            COEFFICIENTS.to_owned() + of_group + &rows_loop("chunks", &["gradient", "input"], &store)
        }
    };
    let threads = match part {
        Part::Sums | Part::GradientSums => "groups_of_channels * shares",
        Part::Statistics | Part::Gradients => "groups_of_channels",
        Part::Output | Part::InputGradient => "groups_of_channels * chunks",
    };
    declared(text) + &entry_point(text.entry_point(), SIZES, threads, &(PLACE.to_owned() + &body))
}
