//! `cargo xtask setup`: installs what is missing. Every other command runs it first, so it must be quick when all is there.

mod browser;
mod node;
mod rust;

use anyhow::Result;

use crate::options::Options;
pub use browser::{Browser, browser};
pub use node::install as node_packages;
pub use rust::can_build_threads;

pub fn command(mut options: Options) -> Result<()> {
    let with_browser = options.flag("--browser");
    options.finish()?;
    page()?;
    if with_browser {
        browser()?;
    }
    Ok(())
}

/// All that building the page takes.
pub fn page() -> Result<()> {
    rust::wasm_target()?;
    rust::standard_library()?;
    rust::trunk()?;
    rust::wasm_bindgen()?;
    node::packages()
}
