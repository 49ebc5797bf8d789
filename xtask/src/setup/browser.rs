//! The browser for the tests: yours, the system's, or Playwright's own.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use xshell::cmd;

use super::apt;
use crate::shell;

pub enum Browser {
    Installed(PathBuf),
    /// Playwright finds its own.
    Playwright,
}

const PROGRAMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const APPLICATIONS: [&str; 2] =
    ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

pub fn browser() -> Result<Browser> {
    if let Some(chosen) = std::env::var_os("CHROME").filter(|chosen| !chosen.is_empty()) {
        let chosen = PathBuf::from(chosen);
        ensure!(chosen.is_file(), "CHROME says {}, which is not a file", chosen.display());
        return Ok(found(chosen));
    }
    if let Some(installed) = installed() {
        return Ok(found(installed));
    }
    let sh = shell::shell()?;
    if apt::is_there(&sh) {
        apt::install(&sh, "Chromium for the browser tests", &["chromium"])?;
        if let Some(installed) = installed() {
            return Ok(found(installed));
        }
    }
    shell::step("installing Playwright's Chromium for the browser tests");
    let npx = shell::npm("npx");
    cmd!(sh, "{npx} playwright install chromium").run()?;
    Ok(Browser::Playwright)
}

fn found(path: PathBuf) -> Browser {
    println!("  browser: {}", path.display());
    Browser::Installed(path)
}

fn installed() -> Option<PathBuf> {
    let program = PROGRAMS.iter().find_map(|program| shell::find(program));
    program.or_else(|| APPLICATIONS.iter().map(PathBuf::from).find(|path| path.is_file()))
}
