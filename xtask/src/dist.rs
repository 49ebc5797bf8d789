//! `cargo xtask dist`: the page as static files that work on any host, under any path.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::{project, setup, shell, sizes, stick};

/// What only Trunk's development server puts into a page.
const DEVELOPMENT_ONLY: [&str; 3] = ["__trunk_address__", "{{__TRUNK", ".well-known/trunk/ws"];

/// What takes time to make the page small, where nobody downloads it. The trainers are always built as they are published: with less
/// optimisation a training step takes several times as long, and the tests train for minutes.
const QUICK_PAGE: [(&str, &str); 3] =
    [("CARGO_PROFILE_PAGE_OPT_LEVEL", "1"), ("CARGO_PROFILE_PAGE_LTO", "off"), ("CARGO_PROFILE_PAGE_CODEGEN_UNITS", "16")];

/// How well the page's own programs are optimised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Optimised {
    /// As they are published.
    Fully,
    /// Hardly: the files and what they do are the same, their sizes are not.
    Quickly,
}

pub fn command(zip: bool) -> Result<()> {
    shell::step("set-up");
    setup::page()?;
    build(Optimised::Fully)?;
    sizes::check()?;
    if zip { stick::pack().map(drop) } else { Ok(()) }
}

pub fn build(optimised: Optimised) -> Result<()> {
    shell::step("building the page into dist/ (Trunk, release)");
    let sh = shell::shell()?;
    if optimised == Optimised::Quickly {
        QUICK_PAGE.iter().for_each(|(name, value)| sh.set_var(name, value));
    }
    shell::trunk(&sh, "build").args(["--release", "--public-url", "./"]).run()?;
    let dist = project::dist();
    for path in project::files(&dist)? {
        let name = project::file_name(&path);
        ensure!(!name.ends_with(".map"), "dist/{name} is a source map; it must not be published");
        if name.ends_with(".html") || name.ends_with(".js") {
            let text = project::read_text(&path)?;
            let left = DEVELOPMENT_ONLY.iter().find(|mark| text.contains(*mark));
            ensure!(left.is_none(), "dist/{name} contains `{}`, which belongs to the development server", left.unwrap_or(&""));
            check_relative(&name, &text)?;
        }
    }
    // Without this file GitHub Pages leaves out names that begin with an underscore.
    project::write(&dist.join(".nojekyll"), b"")?;
    println!("dist/ is ready");
    Ok(())
}

/// The built file of this name, with or without a hash in it.
pub fn file(stem: &str, extension: &str) -> Result<PathBuf> {
    let is_it = |name: &str| {
        let middle = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(extension)?.strip_suffix('.'));
        middle.is_some_and(|middle| middle.is_empty() || middle.starts_with('-'))
    };
    let files = project::files(&project::dist()).context("run `cargo xtask dist` first")?;
    let found = files.into_iter().find(|path| is_it(&project::file_name(path)));
    found.with_context(|| format!("dist/ holds no {stem}.{extension}; run `cargo xtask dist`"))
}

/// A path from the server's root would break the page under a sub-path.
fn check_relative(name: &str, text: &str) -> Result<()> {
    for attribute in ["href=\"/", "src=\"/", "from '/", "from \"/"] {
        ensure!(!text.contains(attribute), "dist/{name} has a path from the server's root (`{attribute}`): make it relative");
    }
    Ok(())
}
