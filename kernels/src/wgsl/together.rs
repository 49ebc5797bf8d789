//! Sums by threads that work together: those of a workgroup read, each some numbers, into memory that they share; then a few of them add, each
//! from the first number to the last. A card waits for its memory once for all of them, and every sum has the order that one thread alone
//! would give it.

use super::WORKGROUP;
use super::text::{each, loop_ahead, rounds_ahead};

/// Sums of a workgroup, beside each other in memory.
pub(super) const SUMS: u32 = 8;
/// Numbers of each that its threads read at once.
const ABREAST: u32 = WORKGROUP / SUMS;
/// Numbers of the shared memory that a thread reads before it adds the first.
const AHEAD: u32 = 16;

/// Which sum a thread reads for, and which of the numbers that are read at once.
pub(super) fn lane_and_slot() -> String {
    format!("let lane = local % {SUMS}u;\nlet slot = local / {SUMS}u;\n")
}

/// Text whose names have this number behind them.
pub(super) type Numbered<'a> = &'a dyn Fn(u32) -> String;

/// What is summed.
pub(super) struct Sum<'a> {
    /// Numbers of each that are in the shared memory at once.
    pub held: u32,
    /// How many there are.
    pub count: &'a str,
    /// What is kept of each.
    pub names: &'a [&'a str],
    /// Gives `names` their values from what is at `at`.
    pub read: Numbered<'a>,
    /// Adds `names`.
    pub add: Numbered<'a>,
}

impl Sum<'_> {
    /// The shared memory.
    pub fn memory(&self) -> String {
        self.names.iter().map(|name| format!("var<workgroup> {name}s: array<f32, {}>;\n", self.held * SUMS)).collect()
    }

    /// Adds everything. Afterwards the threads of slot 0 have the sums.
    pub fn text(&self) -> String {
        let Self { held, count, names, read, add } = self;
        let rounds = held / ABREAST;
        let at = |round: u32| format!("let at{round} = min(begin + slot + {}u, {count} - 1u);", round * ABREAST);
        let keep = |round: u32| {
            let place = format!("(slot + {}u) * {SUMS}u + lane", round * ABREAST);
            names.iter().map(|name| format!("{name}s[{place}] = {name}{round};\n")).collect()
        };
        let added = loop_ahead("place", "1u", "kept", AHEAD, |count| {
            let get = |further: u32| {
                names.iter().map(|name| format!("let {name}{further} = {name}s[(place + {further}u) * {SUMS}u + lane];\n")).collect()
            };
            each(count, get) + &each(count, add)
        });
        format!(
            "for (var begin = 0u; begin < {count}; begin += {held}u) {{
{}{}{}workgroupBarrier();
if (slot == 0u) {{
let kept = min({held}u, {count} - begin);
var place = 0u;
{added}}}
workgroupBarrier();
}}
",
            each(rounds, at),
            each(rounds, read),
            each(rounds, keep)
        )
    }
}

/// How often the loops of [`Sum::text`] run.
pub(super) fn loops(count: f64, held: u32) -> Vec<f64> {
    let rounds = (count / f64::from(held)).ceil();
    [vec![rounds], rounds_ahead(count / rounds, AHEAD)].concat()
}
