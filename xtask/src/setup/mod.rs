//! `cargo xtask setup`: installs what is missing. Other commands run it first, so it must be quick when all is there.

mod apt;
mod browser;
mod firefox;
mod nginx;
mod node;
mod rust;
mod vulkan;

use anyhow::Result;

pub use browser::{Browser, browser};
pub use firefox::firefox;
pub use nginx::nginx;
pub use node::install as node_packages;
pub use rust::{can_build_threads, tools};
pub use vulkan::vulkan;

pub fn command(with_browser: bool) -> Result<()> {
    page()?;
    if with_browser {
        browser()?;
        if let Err(why) = firefox()? {
            println!("  no Firefox: {why}");
        }
    }
    Ok(())
}

/// All that building the page takes.
pub fn page() -> Result<()> {
    rust::toolchain()?;
    rust::tools()?;
    node::packages()
}
