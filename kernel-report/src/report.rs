//! Estimates as text.

use std::fmt::Write;

use resnet_kernels::wgsl::Tile;

use crate::card::Card;
use crate::estimate::{Estimate, Total};

/// Between these the documentation holds the table.
pub const MARKS: [&str; 2] = ["<!-- cargo xtask kernels writes from here -->", "<!-- to here -->"];
/// Share of the step below which kernels stand together in one line.
const LEAST_SHARE: f64 = 0.005;
const NUMBER_BYTES: usize = 4;

/// Totals of every tile, then the kernels of the one that was asked for, or of the one whose step is the shortest.
pub fn markdown(network: &str, card: Card, of_tiles: &[(Tile, Vec<Estimate>)], tile: Option<usize>) -> String {
    let mut text = format!("{network}; {} with {} SIMDs at {} MHz.\n\n", card.family(), card.simds(), card.mega_hertz());
    totals(&mut text, card, of_tiles);
    let cycles = |place: &usize| Total::of(&of_tiles[*place].1).cycles;
    let shortest = (0..of_tiles.len()).min_by(|one, other| cycles(one).total_cmp(&cycles(other)));
    if let Some((tile, estimates)) = tile.or(shortest).and_then(|place| of_tiles.get(place)) {
        line(&mut text, &format!("\nKernels with tiles of {}, the longest in a step first:\n", tile.name()));
        kernels(&mut text, estimates);
    }
    text
}

fn totals(text: &mut String, card: Card, of_tiles: &[(Tile, Vec<Estimate>)]) {
    line(
        text,
        "| tile | launches a step | a step, cycles | a step, ms | inverse throughput × waves ÷ SIMDs, cycles | the same with RADV's guess of the loops |",
    );
    line(text, "|---|---|---|---|---|---|");
    for (tile, estimates) in of_tiles {
        let Total { launches, cycles, shared, guessed } = Total::of(estimates);
        let ms = cycles / card.mega_hertz() / 1_000.0;
        line(text, &format!("| {} | {launches} | {cycles:.0} | {ms:.2} | {shared:.0} | {guessed:.0} |", tile.name()));
    }
}

fn kernels(text: &mut String, estimates: &[Estimate]) {
    line(
        text,
        "| kernel | sizes | times | threads | VGPRs | subgroups per SIMD | latency | inverse throughput | code, bytes | workgroup memory, bytes \
         | read | written | multiply-adds | cycles of one | of the step |",
    );
    line(text, "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    let total = Total::of(estimates).cycles;
    let (shown, others): (Vec<&Estimate>, Vec<&Estimate>) = estimates.iter().partition(|each| each.step_cycles() >= LEAST_SHARE * total);
    for each in shown {
        line(text, &row(each, total));
    }
    let times: usize = others.iter().map(|each| each.times).sum();
    let cycles: f64 = others.iter().map(|each| each.step_cycles()).sum();
    line(text, &format!("| others | | {times} | | | | | | | | | | | | {:.1} % |", 100.0 * cycles / total));
}

fn row(each: &Estimate, total: f64) -> String {
    let launch = &each.launch;
    format!(
        "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {:.0} | {:.1} % |",
        launch.kernel.variant.entry_point(),
        launch.sizes,
        each.times,
        launch.kernel.threads,
        each.vgprs,
        each.subgroups_per_simd,
        each.latency,
        each.inverse_throughput,
        each.code_bytes,
        each.workgroup_bytes,
        bytes(launch.numbers_read),
        bytes(launch.numbers_written),
        launch.multiply_adds,
        each.launch_cycles(),
        100.0 * each.step_cycles() / total
    )
}

fn bytes(numbers: usize) -> String {
    match numbers * NUMBER_BYTES {
        few @ ..10_240 => format!("{few} B"),
        some @ ..10_485_760 => format!("{} KiB", some / 1_024),
        many => format!("{} MiB", many / 1_048_576),
    }
}

fn line(text: &mut String, line: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{line}");
}
