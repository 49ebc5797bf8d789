//! `cargo xtask split`: cuts the page's program into what everybody downloads at once and parts that are fetched when
//! they are needed. Trunk runs it after its own builds (`Trunk.toml`).
//!
//! `src/ui/parts.rs` marks the functions through which a part is entered. The linker leaves in the program what refers to
//! what (`build.rs`), so that all that can be reached through one part alone becomes a file of its own, what several parts
//! need files that they share, and the rest the main file. All are one program with one memory. Trunk has put the uncut
//! program into the page; here the cut one takes its place:
//!
//! ```text
//! app.wasm ──split──► main ──wasm-bindgen──wasm-opt──► app-HASH.js, app-HASH_bg.wasm
//!                 ├─► parts ───────────────wasm-opt──► part-HASH-NAME.wasm
//!                 └─► loader ────────────────────────► app-HASH-parts.js
//! ```
//!
//! The hash is of all of them: a page that a browser has kept never gets a part of another build.

use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail, ensure};
use sha2::{Digest, Sha256};

use crate::{options::Options, process, project};

/// Names of the files on the way, before the hash is known. The main file imports the loader by its name.
const MAIN: &str = "app.wasm";
const LOADER: &str = "./app-parts.js";
/// How the loader fetches a part, and how it does so from a server that does not know the type of wasm.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
const ANY_TYPE: &str = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";

pub fn command(options: Options) -> Result<()> {
    options.finish()?;
    let Some(page) = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        bail!("Trunk runs this when it builds the page: `cargo xtask dist` or `trunk build --release`");
    };
    // A debug build of the page is not cut.
    if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "debug") {
        return Ok(());
    }
    process::step("cutting the page's program into parts");
    let target = target_folder()?;
    let work = target.join("split");
    if work.exists() {
        std::fs::remove_dir_all(&work).with_context(|| format!("cannot empty {}", project::shown(&work)))?;
    }
    let parts = cut(&target.join("wasm32-unknown-unknown/page/app.wasm"), &work)?;
    let flags = optimiser_flags(&project::read_text(&project::root().join("index.html"))?)?;
    bind_main(&work)?;
    for file in parts.iter().map(PathBuf::as_path).chain([work.join("app_bg.wasm").as_path()]) {
        optimise(file, &flags)?;
    }
    put_into(&page, &work, &parts)
}

fn target_folder() -> Result<PathBuf> {
    let printed =
        process::output(process::cargo().args(["metadata", "--no-deps", "--format-version", "1"])).context("`cargo metadata` failed")?;
    let metadata: serde_json::Value = serde_json::from_str(&printed).context("`cargo metadata` printed something else than JSON")?;
    metadata["target_directory"].as_str().map(PathBuf::from).context("`cargo metadata` names no target directory")
}

/// Writes the main file, the parts and the loader; gives the paths of the parts.
fn cut(program: &Path, into: &Path) -> Result<Vec<PathBuf>> {
    let bytes = project::read(program).context("Trunk has built no page to cut")?;
    let main = into.join(MAIN);
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = into;
    options.main_out_path = &main;
    options.link_name = LOADER;
    options.main_module = "./app.js";
    let mut parts =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("the program cannot be cut: {error:#}"))?.split_modules;
    ensure!(!parts.is_empty(), "the program has no parts: was it built with debug assertions?");
    parts.sort();
    let loader = into.join(LOADER);
    let text = project::read_text(&loader)?;
    ensure!(text.contains(STREAMING), "the loader of `wasm_split_cli_support` fetches in another way than this version of xtask knows");
    project::write(&loader, text.replace(STREAMING, ANY_TYPE).as_bytes())?;
    Ok(parts)
}

/// What Trunk does with a program, for the main file.
fn bind_main(work: &Path) -> Result<()> {
    let mut bindgen = process::tool("wasm-bindgen");
    // The parts put their functions into the main file's table.
    bindgen
        .args(["--keep-lld-exports", "--target", "web", "--no-typescript", "--out-name", "app", "--out-dir"])
        .arg(work)
        .arg(work.join(MAIN));
    process::run(&mut bindgen)
}

/// The page's other program of the same kind says in `index.html` how it is made small.
fn optimiser_flags(index: &str) -> Result<Vec<String>> {
    let link = index.lines().find(|line| line.contains("data-bin=\"workbench\"")).context("index.html has no workbench")?;
    let attribute = |name: &str| {
        let value = link.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split('"').next());
        value.with_context(|| format!("the workbench has no {name} in index.html"))
    };
    let level = format!("-O{}", attribute("data-wasm-opt")?);
    Ok(std::iter::once(level).chain(attribute("data-wasm-opt-params")?.split_whitespace().map(str::to_owned)).collect())
}

fn optimise(file: &Path, flags: &[String]) -> Result<()> {
    process::run(process::tool("wasm-opt").args(flags).arg(file).arg("-o").arg(file))
}

/// Replaces the program that Trunk has put into the page.
fn put_into(page: &Path, work: &Path, parts: &[PathBuf]) -> Result<()> {
    let named: Vec<(String, &Path)> = parts.iter().map(|path| (project::file_name(path), path.as_path())).collect();
    let (script, loader) = (project::read_text(&work.join("app.js"))?, project::read_text(&work.join(LOADER))?);
    let hash = hash_of(work, parts, &[&script, &loader])?;
    // Only where it is fetched from changes: the main file knows it by its first name.
    let script = script.replace(&format!("from \"{LOADER}\""), &format!("from \"./app-{hash}-parts.js\""));
    let script = script.replace("app_bg.wasm", &format!("app-{hash}_bg.wasm"));
    let mut loader = loader.replace("./app.js", &format!("./app-{hash}.js"));
    for (name, path) in &named {
        let published = format!("part-{hash}-{}", name.replace("split_", "").replace("chunk_", "shared_"));
        ensure!(loader.contains(&format!("\"./{name}\"")), "the loader does not fetch {name}");
        loader = loader.replace(&format!("\"./{name}\""), &format!("\"./{published}\""));
        copy(path, &page.join(published))?;
    }
    copy(&work.join("app_bg.wasm"), &page.join(format!("app-{hash}_bg.wasm")))?;
    project::write(&page.join(format!("app-{hash}.js")), script.as_bytes())?;
    project::write(&page.join(format!("app-{hash}-parts.js")), loader.as_bytes())?;

    let index = page.join("index.html");
    let text = project::read_text(&index)?;
    let uncut = uncut_name(&text)?;
    project::write(&index, with_parts(&text, &uncut, &hash)?.as_bytes())?;
    for file in [format!("{uncut}.js"), format!("{uncut}_bg.wasm")] {
        std::fs::remove_file(page.join(&file)).with_context(|| format!("Trunk has written no {file}"))?;
    }
    Ok(())
}

fn hash_of(work: &Path, parts: &[PathBuf], texts: &[&str]) -> Result<String> {
    let mut digest = Sha256::new();
    texts.iter().for_each(|text| digest.update(text.as_bytes()));
    for path in parts.iter().map(PathBuf::as_path).chain([work.join("app_bg.wasm").as_path()]) {
        digest.update(project::read(path)?);
    }
    let mut hash = String::new();
    for byte in &digest.finalize()[..8] {
        write!(hash, "{byte:02x}")?;
    }
    Ok(hash)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::copy(from, to).with_context(|| format!("cannot write {}", project::shown(to))).map(drop)
}

/// `app-` and Trunk's hash.
fn uncut_name(index: &str) -> Result<String> {
    let is_name = |name: &&str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let of = |(at, _)| index[at..].split_once("_bg.wasm").map(|(name, _)| name).filter(is_name);
    index.match_indices("app-").find_map(of).map(str::to_owned).context("index.html names no program of the page")
}

/// The page with the main file in the uncut one's place, and with the loader fetched along with it.
fn with_parts(index: &str, uncut: &str, hash: &str) -> Result<String> {
    let cut = index.replace(uncut, &format!("app-{hash}"));
    let script = format!("app-{hash}.js");
    let preload = |link: &&str| link.contains("modulepreload") && link.contains(&script);
    let link =
        cut.split_inclusive('>').map(|tag| &tag[tag.rfind('<').unwrap_or(0)..]).find(preload).context("index.html preloads no script")?;
    ensure!(
        !link.contains("integrity"),
        "index.html holds a checksum of the uncut program: the link to the app needs data-integrity=\"none\""
    );
    Ok(cut.replacen(link, &format!("{link}{}", link.replace(&script, &format!("app-{hash}-parts.js"))), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<head><link crossorigin href=./app-12ab.js rel=modulepreload><link as=fetch href=./app-12ab_bg.wasm rel=preload>\
        <script type=module>import init from './app-12ab.js'; init({ module_or_path: './app-12ab_bg.wasm' })</script></head>";

    #[test]
    fn the_page_fetches_the_loader_along_with_the_main_file() {
        let uncut = uncut_name(INDEX).unwrap();
        assert_eq!(uncut, "app-12ab");
        let page = with_parts(INDEX, &uncut, "77").unwrap();
        assert!(!page.contains("12ab"), "nothing names the uncut program: {page}");
        assert!(
            page.contains(
                "<link crossorigin href=./app-77.js rel=modulepreload><link crossorigin href=./app-77-parts.js rel=modulepreload>"
            ),
            "{page}"
        );
    }

    #[test]
    fn a_checksum_of_the_uncut_program_is_refused() {
        let page = INDEX.replace("crossorigin", "integrity=sha384-AA");
        assert!(with_parts(&page, "app-12ab", "77").is_err());
    }

    #[test]
    fn parts_are_made_small_as_the_workbench_is() {
        let index = "<link data-bin=\"app\" data-wasm-opt=\"0\">\n<link data-bin=\"workbench\" data-wasm-opt=\"z\" data-wasm-opt-params=\"--a=0 --b\">";
        assert_eq!(optimiser_flags(index).unwrap(), ["-Oz", "--a=0", "--b"]);
    }
}
