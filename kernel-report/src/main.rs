//! What the compiler of a graphics card makes of our kernels, without the card: every kernel of a training step, compiled by
//! Mesa's RADV for the sizes of a network. The table becomes a section of docs/performance.md.

mod card;
mod compiler;
mod driver;
mod estimate;
mod launches;
mod report;
mod schedule;
mod spirv;

use anyhow::Result;
use clap::Parser;
use resnet_kernels::wgsl::Tile;
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use xtask::project;

use card::Card;

const PAGE: &str = "docs/performance.md";

/// Compiles every kernel of a training step for a graphics card that need not be there.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask kernels", bin_name = "cargo xtask kernels")]
struct Options {
    /// Depth of the network
    #[arg(long, default_value_t = NetworkChoices::default().depth)]
    depth: usize,
    /// Filters of its stem
    #[arg(long, default_value_t = NetworkChoices::default().start_filters)]
    filters: usize,
    /// Images of a step
    #[arg(long, default_value_t = 32)]
    batch: usize,
    /// The tile whose kernels are listed, 0 for the first; without it the one with the shortest step
    #[arg(long, value_parser = clap::value_parser!(u8).range(..Tile::ALL.len() as i64))]
    tile: Option<u8>,
    /// The card
    #[arg(long, value_enum, default_value_t = Card::Navi21)]
    card: Card,
    /// Writes the table into docs/performance.md
    #[arg(long)]
    write: bool,
}

fn main() -> Result<()> {
    if std::env::args().nth(1).as_deref() == Some(compiler::COMPILE) {
        return compiler::answer();
    }
    let options = Options::parse();
    let choices = NetworkChoices { depth: options.depth, start_filters: options.filters, ..NetworkChoices::default() };
    let spec = ResNetSpec::new(choices)?;
    let estimates = |tile| Ok((tile, estimate::of_launches(launches::of_step(&spec, options.batch, tile), options.card)?));
    let of_tiles = Tile::ALL.into_iter().map(estimates).collect::<Result<Vec<_>>>()?;
    let network = format!("Depth {}, {} filters, batch {}", options.depth, options.filters, options.batch);
    let text = report::markdown(&network, options.card, &of_tiles, options.tile.map(usize::from));
    println!("{text}");
    if options.write {
        project::write_between(PAGE, report::MARKS, &text)?;
        println!("{PAGE} holds this table now");
    }
    Ok(())
}
