//! Runs the exported code of varied networks in the libraries it was written for, on exported weights, and
//! compares probabilities with ours.

mod burn_crate;
mod notebooks;

use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::{project, python, shell};

/// Keras runs on JAX, the lightest of its backends that has every layer on the CPU. PyTorch's package on
/// PyPI brings its GPU libraries along (5 GB); only its CPU part is used.
const PACKAGES: [&str; 5] = ["keras==3.15.1", "jax==0.7.2", "torch==2.13.0", "safetensors==0.6.2", "numpy"];

/// Name and options of each network; together they use every choice of the spec.
const CASES: [(&str, &str); 13] = [
    ("tutorial", "--start-filters 8"),
    ("deeper", "--depth 29 --start-filters 4 --classes 7 --activation elu"),
    ("version_1", "--depth 20 --start-filters 4 --order convolution-first --activation leaky-relu"),
    ("two_convolutions", "--depth 14 --start-filters 4 --convolutions-per-block 2 --first-widening 1 --activation gelu"),
    ("four_convolutions", "--depth 26 --start-filters 3 --convolutions-per-block 4 --kernel-size 5 --activation silu"),
    ("no_batch_norm", "--depth 20 --start-filters 4 --no-batch-norm --activation selu"),
    ("plain", "--depth 20 --start-filters 4 --no-skip-connections --activation tanh"),
    ("switched", "--depth 29 --start-filters 3 --switched-blocks 0.1-1.0-2.2 --activation softplus --no-dense-batch-norm"),
    ("own_blocks", "--blocks-in-stages 1-3-2 --start-filters 3 --switched-blocks 1.2 --activation elu"),
    ("paper", "--preset paper-164 --depth 29 --start-filters 8"),
    ("plain_but_one", "--depth 20 --start-filters 4 --no-skip-connections --switched-blocks 1.1 --activation sigmoid --pool 4"),
    (
        "large_images",
        "--image-edge 64 --stages 4 --depth 14 --start-filters 3 --later-widening 3 --pool 4 --dense-units 33 --activation none",
    ),
    (
        "small_grey_images",
        "--image-edge 16 --image-channels 1 --stages 2 --depth 14 --start-filters 4 --order convolution-first --convolutions-per-block 2 --depth 10 --pool 4 --dense-units 0",
    ),
];

pub fn command() -> Result<()> {
    let sh = shell::shell()?;
    shell::step("writing code, weights and our probabilities for each network");
    let mut folders = Vec::new();
    for (name, words) in CASES {
        let folder = workplace().join("cases").join(name);
        let words = words.split_whitespace();
        cmd!(sh, "cargo run --quiet --package resnet-playground --bin resnet-playground -- export-case {folder} {words...}").run()?;
        folders.push(folder);
    }
    shell::step("installing Keras and PyTorch in an environment of their own (5 GB the first time)");
    let python = python::environment(&workplace().join("venv"), python::usual(), &[PACKAGES.as_slice(), &notebooks::PACKAGES].concat())?;
    shell::step("running the Keras and PyTorch code");
    cmd!(sh, "{python} xtask/src/verify_exports/check.py {folders...}").run()?;
    shell::step("running notebooks from top to bottom, without the network");
    notebooks::check(&workplace(), &python)?;
    shell::step("compiling and running the Burn code");
    burn_crate::check(&CASES.map(|(name, _)| name))?;
    println!(
        "{} networks give the same probabilities within 1e-4 in Keras, PyTorch and Burn; notebooks measure what their runs measured",
        CASES.len()
    );
    Ok(())
}

/// Everything the check makes; safe to delete.
fn workplace() -> PathBuf {
    project::root().join("target/verify-exports")
}
