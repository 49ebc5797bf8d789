//! Runs exported notebooks from top to bottom, without the network.

use std::path::Path;

use anyhow::Result;
use xshell::cmd;

use crate::{project, shell};

/// What runs a notebook, and what it draws with.
pub const PACKAGES: [&str; 4] = ["nbclient==0.11.0", "nbformat==5.11.1", "ipykernel==7.4.0", "matplotlib==3.11.2"];

/// A short run of three classes, measured on all of their test images.
const LINK: &str = "v=1&depth=11&filters=4&dense=0&stem-dropout=0.1&images=300&held-out=150&batch=20&epochs=8&classes=0-3-5";
const LIBRARIES: [&str; 2] = ["keras", "pytorch"];

/// Trains, saves weights and notebook for each library, and runs the notebooks: with the weights and the very images, where they
/// must measure what we measured, and with neither, where they must say so.
pub fn check(workplace: &Path, python: &Path) -> Result<()> {
    let sh = shell::shell()?;
    let folder = workplace.join("notebooks");
    std::fs::create_dir_all(&folder)?;
    let images = project::root().join("www/data/starter");
    for library in LIBRARIES {
        let (weights, notebook) = (folder.join(format!("weights-{library}.safetensors")), folder.join(format!("run-{library}.ipynb")));
        cmd!(
            sh,
            "cargo run --quiet --package resnet-playground --bin resnet-playground -- train --config {LINK} --data {images} --layout {library} --save {weights} --notebook {notebook}"
        )
        .ignore_stdout()
        .run()?;
    }
    cmd!(sh, "{python} xtask/src/verify_exports/run_notebooks.py {images} {folder}").run()?;
    Ok(())
}
