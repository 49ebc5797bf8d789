//! The browser for the tests: yours, the system's, or Playwright's own.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

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
    if can_use_apt(&sh) {
        shell::step("installing Chromium for the browser tests (apt-get)");
        cmd!(sh, "apt-get update -qq").run()?;
        cmd!(sh, "apt-get install -y -qq chromium").env("DEBIAN_FRONTEND", "noninteractive").run()?;
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

/// Debian's package is a real browser; Ubuntu's only asks for a snap.
fn can_use_apt(sh: &Shell) -> bool {
    let debian = std::fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=debian"));
    let root = cmd!(sh, "id -u").ignore_stderr().read().is_ok_and(|id| id == "0");
    debian && root && Path::new("/usr/bin/apt-get").is_file()
}
