//! Packages of the system, where this may install them.

use std::path::Path;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::shell;

/// Debian as root. Ubuntu's package of Chromium only asks for a snap.
pub fn is_there(sh: &Shell) -> bool {
    let debian = std::fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=debian"));
    let root = cmd!(sh, "id -u").ignore_stderr().read().is_ok_and(|id| id == "0");
    debian && root && Path::new("/usr/bin/apt-get").is_file()
}

/// Installs packages, and says what for.
pub fn install(sh: &Shell, what: &str, packages: &[&str]) -> Result<()> {
    shell::step(&format!("installing {what} (apt-get)"));
    cmd!(sh, "apt-get update -qq").run()?;
    Ok(cmd!(sh, "apt-get install -y -qq {packages...}").env("DEBIAN_FRONTEND", "noninteractive").run()?)
}
