//! A web server for the test of how the page is hosted.

use std::path::Path;

use anyhow::Result;

use super::apt;
use crate::shell;

/// Debian keeps it where only administrators look for programs.
const PROGRAM: &str = "/usr/sbin/nginx";
/// What sends the files that brotli has compressed.
const MODULE: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// Installs nginx where it can be, or says why there is none.
pub fn nginx() -> Result<Option<String>> {
    let is_there = || Path::new(PROGRAM).is_file() && Path::new(MODULE).is_file();
    if is_there() {
        return Ok(None);
    }
    let sh = shell::shell()?;
    if !apt::is_there(&sh) {
        return Ok(Some("Debian's nginx with libnginx-mod-http-brotli-static is not installed".to_owned()));
    }
    // Debian would start it, on a port that may be in use, and the test starts its own.
    let failed = apt::install(&sh, "nginx for the test of hosting", &["nginx", "libnginx-mod-http-brotli-static"]).err();
    let why =
        || failed.map_or_else(|| "Debian's packages bring no nginx".to_owned(), |error| format!("nginx could not be installed: {error:#}"));
    Ok((!is_there()).then(why))
}
