//! `cargo xtask serve`: the page on this machine, rebuilt when a source file changes.
//!
//! Trunk builds the page, its tasks and the CPU trainer in the profile `serve`, which takes the least time to compile, and
//! opens the page. Then the WebGPU trainer is built here, and again after each build of Trunk's. Only `dist` makes the trainer
//! for several threads.

use std::{path::PathBuf, time::Duration, time::SystemTime};

use anyhow::Result;

use crate::{project, setup, shell, workers};

/// What the page is made of: without this list Trunk would also watch `target/` and `node_modules/`.
const WATCHED: [&str; 7] = ["src", "www", "site", "index.html", "Cargo.toml", "Cargo.lock", "Trunk.toml"];

pub fn command(port: u16) -> Result<()> {
    shell::step("set-up");
    setup::page()?;
    println!(
        "→ building the page and its CPU trainer (minutes the first time, seconds after that), then serving them at\n\n      \
         http://127.0.0.1:{port}/\n"
    );
    let before = built_at();
    std::thread::spawn(move || follow_with_webgpu(before));
    let sh = shell::shell()?;
    // Its own folder: what is served reloads itself, and dist/ is for publishing.
    let mut trunk = shell::trunk(&sh, "serve").args(["--dist", "target/serve", "--address", "127.0.0.1", "--port", &port.to_string()]);
    for path in WATCHED {
        trunk = trunk.args(["--watch", path]);
    }
    if has_display() {
        trunk = trunk.arg("--open");
    }
    Ok(trunk.run()?)
}

fn served() -> PathBuf {
    project::root().join("target/serve")
}

/// When the served page was last written.
fn built_at() -> Option<SystemTime> {
    served().join("index.html").metadata().and_then(|file| file.modified()).ok()
}

/// Builds the WebGPU trainer after each build of the page.
fn follow_with_webgpu(mut followed: Option<SystemTime>) {
    loop {
        std::thread::sleep(Duration::from_secs(1));
        let built = built_at();
        if built.is_none() || built == followed {
            continue;
        }
        // Naming the trainer in the page changes the page once more, and then there is nothing left to do.
        followed = built;
        match workers::renew_served_webgpu(&served()) {
            Ok(true) => println!("→ the WebGPU trainer is there: reload the page to train on the graphics card"),
            Ok(false) => {}
            Err(error) => eprintln!("→ the page trains on the CPU alone: {error:#}"),
        }
    }
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(target_os = "macos", windows)) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
