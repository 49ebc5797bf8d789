//! `cargo xtask serve`: the page on this machine, rebuilt when a source file changes.

use anyhow::{Context, Result};

use crate::{options::Options, process, setup};

/// What the page is made of: without this list Trunk would also watch `target/` and `node_modules/`.
const WATCHED: [&str; 7] = ["src", "build.rs", "www", "index.html", "Cargo.toml", "Cargo.lock", "Trunk.toml"];

pub fn command(mut options: Options) -> Result<()> {
    let port = options.value("--port")?.unwrap_or_else(|| "8080".to_owned());
    let port: u16 = port.parse().with_context(|| format!("`{port}` is not a port"))?;
    options.finish()?;

    process::step("set-up");
    setup::page()?;

    println!("→ building the page (minutes the first time, seconds after that), then serving it at\n\n      http://127.0.0.1:{port}/\n");
    let mut trunk = process::trunk();
    // Release: a debug build of Burn trains too slowly to be of use.
    // Its own folder: what is served reloads itself, and dist/ is for publishing.
    trunk.args(["serve", "--release", "--dist", "target/serve", "--address", "127.0.0.1", "--port", &port.to_string()]);
    for path in WATCHED {
        trunk.args(["--watch", path]);
    }
    if has_display() {
        trunk.arg("--open");
    }
    process::run(&mut trunk)
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(target_os = "macos", windows)) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
