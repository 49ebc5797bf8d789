//! A graphics adapter for the native tests: what the system has, else one that computes on the processor.

use anyhow::Result;

use super::apt;
use crate::shell;

/// The loader that finds adapters, and drivers, one of which needs no card.
const PACKAGES: [&str; 2] = ["libvulkan1", "mesa-vulkan-drivers"];
/// Where drivers leave a note of themselves.
const DRIVERS: [&str; 2] = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];

/// Makes sure that there is a driver where it can. Without one the tests that need it say so, and the others run.
pub fn vulkan() -> Result<()> {
    let sh = shell::shell()?;
    if cfg!(target_os = "linux") && !is_installed() && apt::is_there(&sh) {
        // A machine without a network tests what it can.
        if let Err(error) = apt::install(&sh, "a Vulkan driver for the tests on a GPU", &PACKAGES) {
            println!("  no Vulkan driver could be installed: {error:#}");
        }
    }
    Ok(())
}

fn is_installed() -> bool {
    let named = ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"].iter().any(|variable| std::env::var_os(variable).is_some());
    named || DRIVERS.iter().any(|folder| std::fs::read_dir(folder).is_ok_and(|mut drivers| drivers.next().is_some()))
}
