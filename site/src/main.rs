//! `site FOLDER`: writes the static pages into the folder that holds the page. `SITE_URL` says under which address the site will
//! be found; without it addresses in previews stay relative.

use std::path::PathBuf;

use anyhow::{Context, Result};
use site::SiteUrl;

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).context("usage: site FOLDER, where FOLDER holds the built page")?;
    let base = std::env::var("SITE_URL").ok().filter(|url| !url.trim().is_empty());
    let base = SiteUrl::new(base.as_deref())?;
    site::write(&folder, &base)
}
