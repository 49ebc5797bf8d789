//! Firefox for the tests: yours, or the system's. Playwright's own build is another program than the one that visitors have.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::apt;
use crate::shell;

const PROGRAMS: [&str; 2] = ["firefox", "firefox-esr"];
const APPLICATIONS: [&str; 1] = ["/Applications/Firefox.app/Contents/MacOS/firefox"];

/// Firefox, installed where it can be; or why there is none.
pub fn firefox() -> Result<Result<PathBuf, String>> {
    if let Some(chosen) = std::env::var_os("FIREFOX").filter(|chosen| !chosen.is_empty()) {
        let chosen = PathBuf::from(chosen);
        ensure!(chosen.is_file(), "FIREFOX says {}, which is not a file", chosen.display());
        return Ok(Ok(chosen));
    }
    if cfg!(windows) {
        return Ok(Err("Playwright cannot start the program between it and Firefox on Windows".to_owned()));
    }
    if let Some(installed) = installed() {
        println!("  Firefox: {}", installed.display());
        return Ok(Ok(installed));
    }
    let sh = shell::shell()?;
    if !apt::is_there(&sh) {
        return Ok(Err("Firefox is not installed: install it, or let FIREFOX name it".to_owned()));
    }
    // A machine without a network tests what it can.
    let failed = apt::install(&sh, "Firefox for the browser tests", &["firefox-esr"]).err();
    let why = || {
        failed.map_or_else(|| "Debian's package brings no Firefox".to_owned(), |error| format!("Firefox could not be installed: {error:#}"))
    };
    Ok(installed().ok_or_else(why))
}

fn installed() -> Option<PathBuf> {
    let program = PROGRAMS.iter().find_map(|program| shell::find(program));
    program.or_else(|| APPLICATIONS.iter().map(PathBuf::from).find(|path| path.is_file()))
}
