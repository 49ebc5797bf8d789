//! Cuts the page's program into what everybody downloads at once and parts that are fetched when they are needed.
//!
//! `src/ui/parts.rs` marks the functions through which a part is entered. The linker leaves in the program what refers to
//! what (`build.rs`), so that all that can be reached through one part alone becomes a file of its own, what several parts
//! need files that they share, and the rest the main file. All are one program with one memory. Trunk has put the uncut
//! program into the page; here the cut one takes its place:
//!
//! ```text
//! app.wasm ──cut──► main ──wasm-bindgen──wasm-opt──► app-HASH.js, app-HASH_bg.wasm
//!               ├─► parts ───────────────wasm-opt──► part-HASH-NAME.wasm, part-HASH-shared_N.wasm
//!               └─► loader ────────────────────────► app-HASH-parts.js
//! ```
//!
//! The hash is of all of them: a page that a browser has kept never gets a part of another build.

mod page;

use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use xshell::cmd;

use crate::{project, shell};

/// Names of the files before the hash is known. The main file imports the loader by its name.
const MAIN: &str = "app.wasm";
const BOUND: &str = "app_bg.wasm";
const SCRIPT: &str = "app.js";
const LOADER: &str = "./app-parts.js";
/// The part without which a page that was opened with a link shows nothing.
const LINK: &str = "link";
/// How the loader fetches a part, and how it does from a server that does not know the type of wasm.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
const ANY_TYPE: &str = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";

/// What parts share may be a dozen bytes: up to this many are written into the loader, where a request would take longer.
const WITHIN_LOADER: usize = 1024;
/// How the loader reads them.
const FROM_TEXT: &str =
    "async function fromText(base64) { return new Response(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))); }\n";

/// The parts as they were cut.
struct Parts {
    /// Of all, in the order of their names.
    files: Vec<PathBuf>,
    /// Names of what [`LINK`] is made of, without extension.
    of_link: Vec<String>,
}

/// Cuts the program of the page that Trunk has built.
pub fn cut_page(page: &Path) -> Result<()> {
    shell::step("cutting the page's program into parts");
    let target = project::target()?;
    let work = target.join("split");
    if work.exists() {
        std::fs::remove_dir_all(&work).with_context(|| format!("cannot empty {}", project::shown(&work)))?;
    }
    let parts = cut(&target.join("wasm32-unknown-unknown/page").join(MAIN), &work)?;
    bind_main(&work)?;
    let flags = optimiser_flags(&project::read_text(&project::root().join("index.html"))?)?;
    let sh = shell::shell()?;
    for file in parts.files.iter().chain([&work.join(BOUND)]) {
        shell::quietly(cmd!(sh, "wasm-opt {file} -o {file}").args(&flags))?;
    }
    put_into(page, &work, &parts)
}

/// Writes the main file, the parts and the loader.
fn cut(program: &Path, into: &Path) -> Result<Parts> {
    let bytes = project::read(program).context("Trunk has built no page to cut")?;
    let main = into.join(MAIN);
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = into;
    options.main_out_path = &main;
    options.link_name = LOADER;
    options.main_module = "./app.js";
    let mut cut = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("the program cannot be cut: {error:#}"))?;
    ensure!(!cut.split_modules.is_empty(), "the program has no parts: was it built with debug assertions?");
    cut.split_modules.sort();
    let loader = into.join(LOADER);
    let text = project::read_text(&loader)?;
    ensure!(text.contains(STREAMING), "the loader of `wasm_split_cli_support` fetches in another way than this version of xtask knows");
    project::write(&loader, text.replace(STREAMING, ANY_TYPE).as_bytes())?;
    let of_link = cut.prefetch_map.remove(LINK).with_context(|| format!("there is no part `{LINK}`"))?;
    Ok(Parts { files: cut.split_modules, of_link })
}

/// What Trunk does with a program, for the main file.
fn bind_main(work: &Path) -> Result<()> {
    let sh = shell::shell()?;
    let program = work.join(MAIN);
    // The parts put their functions into the main file's table, which would be hidden otherwise.
    let flags = ["--keep-lld-exports", "--target", "web", "--no-typescript", "--out-name", "app"];
    shell::quietly(cmd!(sh, "wasm-bindgen {flags...} --out-dir {work} {program}"))
}

/// The page's other program of the same kind says in `index.html` how it is made small.
fn optimiser_flags(index: &str) -> Result<Vec<String>> {
    let link = index.lines().find(|line| line.contains("data-bin=\"tasks\"")).context("index.html has no tasks worker")?;
    let attribute = |name: &str| {
        let value = link.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split('"').next());
        value.with_context(|| format!("the tasks worker has no {name} in index.html"))
    };
    let level = format!("-O{}", attribute("data-wasm-opt")?);
    Ok(std::iter::once(level).chain(attribute("data-wasm-opt-params")?.split_whitespace().map(str::to_owned)).collect())
}

/// Puts all of it into the page, in the place of the program that Trunk has put there.
fn put_into(page: &Path, work: &Path, parts: &Parts) -> Result<()> {
    let (script, loader) = (project::read_text(&work.join(SCRIPT))?, project::read_text(&work.join(LOADER))?);
    let hash = hash_of(work, parts, &[&script, &loader])?;
    // Only where it is fetched from changes: the main file knows the loader by its first name.
    let script = script.replace(&format!("from \"{LOADER}\""), &format!("from \"./app-{hash}-parts.js\""));
    let script = script.replace(BOUND, &format!("app-{hash}_bg.wasm"));
    let mut loader = loader.replace("./app.js", &format!("./app-{hash}.js")) + FROM_TEXT;
    for path in &parts.files {
        let name = project::file_name(path);
        let fetched = format!("fetch(new URL(\"./{name}\", import.meta.url))");
        ensure!(loader.contains(&fetched), "the loader does not fetch {name}");
        let bytes = project::read(path)?;
        if name.starts_with("chunk_") && bytes.len() <= WITHIN_LOADER {
            loader = loader.replace(&fetched, &format!("fromText(\"{}\")", STANDARD.encode(bytes)));
        } else {
            let published = published(&hash, &name);
            loader = loader.replace(&fetched, &format!("fetch(new URL(\"./{published}\", import.meta.url))"));
            copy(path, &page.join(published))?;
        }
    }
    copy(&work.join(BOUND), &page.join(format!("app-{hash}_bg.wasm")))?;
    project::write(&page.join(format!("app-{hash}.js")), script.as_bytes())?;
    project::write(&page.join(format!("app-{hash}-parts.js")), loader.as_bytes())?;

    let index = page.join("index.html");
    let text = project::read_text(&index)?;
    let uncut = page::uncut_name(&text)?;
    let of_link = parts.of_link.iter().map(|name| format!("{name}.wasm")).map(|name| published(&hash, &name));
    let of_link: Vec<String> = of_link.filter(|name| page.join(name).is_file()).collect();
    project::write(&index, page::with_parts(&text, &uncut, &hash, &of_link)?.as_bytes())?;
    for file in [format!("{uncut}.js"), format!("{uncut}_bg.wasm")] {
        std::fs::remove_file(page.join(&file)).with_context(|| format!("Trunk has written no {file}"))?;
    }
    Ok(())
}

/// How a part is called in the page.
fn published(hash: &str, name: &str) -> String {
    format!("part-{hash}-{}", name.replace("split_", "").replace("chunk_", "shared_"))
}

fn hash_of(work: &Path, parts: &Parts, texts: &[&str]) -> Result<String> {
    let mut digest = Sha256::new();
    texts.iter().for_each(|text| digest.update(text.as_bytes()));
    for path in parts.files.iter().chain([&work.join(BOUND)]) {
        digest.update(project::read(path)?);
    }
    let mut hash = String::new();
    for byte in digest.finalize().iter().take(8) {
        write!(hash, "{byte:02x}")?;
    }
    Ok(hash)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::copy(from, to).with_context(|| format!("cannot write {}", project::shown(to))).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_made_small_as_the_tasks_worker_is() {
        let index =
            "<link data-bin=\"app\" data-wasm-opt=\"0\">\n<link data-bin=\"tasks\" data-wasm-opt=\"z\" data-wasm-opt-params=\"--a=0 --b\">";
        assert_eq!(optimiser_flags(index).unwrap(), ["-Oz", "--a=0", "--b"]);
    }

    #[test]
    fn a_part_is_called_after_what_it_is_for() {
        assert_eq!(published("77", "split_run.wasm"), "part-77-run.wasm");
        assert_eq!(published("77", "chunk_5.wasm"), "part-77-shared_5.wasm");
    }
}
