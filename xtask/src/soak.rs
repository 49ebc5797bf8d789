//! `cargo xtask soak`: trains in the page for hours, on the CPU and on WebGPU, and says whether anything grows.

use anyhow::Result;
use xshell::cmd;

use crate::{setup, setup::Browser, shell};

/// Fewer give no trend: the first quarter warms up.
pub const LEAST_MINUTES: i64 = 8;

/// Of the page in dist/.
pub fn command(minutes: u32) -> Result<()> {
    let (sh, npx) = (shell::shell()?, shell::npm("npx"));
    if let Browser::Installed(path) = setup::browser()? {
        sh.set_var("CHROME", path);
    }
    sh.set_var("SOAK_MINUTES", minutes.to_string());
    Ok(cmd!(sh, "{npx} playwright test --config tests/soak/playwright.config.ts").run()?)
}
