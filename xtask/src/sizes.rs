//! `cargo xtask sizes`: what a visitor downloads, brotli-compressed, against a limit for each part.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::{compressed, project};

/// A part of the page that is downloaded as one, and how many bytes that may take.
struct Part {
    name: &'static str,
    limit: usize,
    owns: fn(&str) -> bool,
}

const PARTS: [Part; 6] = [
    // All that a visitor gets at once: HTML with its styles, script, program. The program is mostly what Leptos makes of typed
    // views, effects and memos. Reading another language's catalogue (`tr`) is 45 kB of it.
    Part { name: "page", limit: 1_100_000, owns: |file| !["trainer_", "tasks", EMBED].iter().any(|other| file.starts_with(other)) },
    // Two thirds read what people bring: pictures of every common format (`image`), names in archives of any encoding
    // (`chardetng`, `encoding_rs`), one spelling of accents (`icu_normalizer`).
    Part { name: "tasks", limit: 680_000, owns: |file| file.starts_with("tasks") },
    Part { name: "trainer_cpu", limit: 720_000, owns: |file| file.starts_with("trainer_cpu") && !for_threads(file) },
    Part { name: "trainer_cpu_threads", limit: 720_000, owns: for_threads },
    Part { name: "trainer_webgpu", limit: 2_100_000, owns: |file| file.starts_with("trainer_webgpu") },
    // What other people's pages load before anyone clicks on Play.
    Part { name: "embed", limit: 5_000, owns: |file| file == EMBED },
];

/// The script of `<resnet-playground>`.
const EMBED: &str = "resnet-playground.js";

/// Downloaded instead of `trainer_cpu` where memory may be shared.
fn for_threads(file: &str) -> bool {
    file.starts_with("trainer_cpu_threads") || file.starts_with("trainer_cpu_helper")
}

struct Measured {
    file: String,
    raw: usize,
    compressed: usize,
}

pub fn check() -> Result<()> {
    compressed::write(&project::dist()).context("run `cargo xtask dist` first")?;
    let measured = code_files()?.iter().map(|path| measured(path)).collect::<Result<Vec<_>>>()?;
    println!("{:>12} {:>12} {:>12}", "raw bytes", "brotli", "limit");
    let mut above = Vec::new();
    for part in PARTS {
        let files: Vec<_> = measured.iter().filter(|measured| (part.owns)(&measured.file)).collect();
        let is_complete = files.iter().any(|file| file.file.ends_with(".wasm") || file.file == EMBED);
        ensure!(is_complete, "dist/ has not all files of the {}; run `cargo xtask dist`", part.name);
        let (raw, compressed) = files.iter().fold((0, 0), |sum, file| (sum.0 + file.raw, sum.1 + file.compressed));
        println!("{raw:>12} {compressed:>12} {:>12}  {}", part.limit, part.name);
        for file in &files {
            println!("{:>12} {:>12} {:>12}    {}", file.raw, file.compressed, "", file.file);
        }
        if compressed > part.limit {
            above.push(format!("{} is {compressed} bytes compressed, {} above its limit", part.name, compressed - part.limit));
        }
    }
    if !above.is_empty() {
        bail!("{}", above.join("; "));
    }
    Ok(())
}

/// Scripts, wasm, styles and the page itself; images and data are downloaded when they are needed.
fn code_files() -> Result<Vec<PathBuf>> {
    let mut files = project::files(&project::dist()).context("run `cargo xtask dist` first")?;
    files.retain(|path| path.extension().is_some_and(|kind| ["html", "js", "wasm", "css"].iter().any(|code| kind == *code)));
    Ok(files)
}

fn measured(path: &Path) -> Result<Measured> {
    Ok(Measured { file: project::file_name(path), raw: project::read(path)?.len(), compressed: compressed::size(path)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_embed_says_of_its_download_holds() {
        let root = project::root();
        let script = project::read_text(&root.join("www/embed").join(EMBED)).unwrap();
        let said = script.split_once("(loads up to ").and_then(|(_, rest)| rest.split_once(" MB)")).unwrap().0;
        let code: usize = PARTS.iter().filter(|part| ["page", "trainer_webgpu"].contains(&part.name)).map(|part| part.limit).sum();
        let images = project::files(&root.join("www/data/starter")).unwrap();
        let images: usize = images.iter().map(|file| project::read(file).unwrap().len()).sum();
        assert!(code + images <= said.parse::<usize>().unwrap() * 1_000_000, "{code} + {images} bytes are more than {said} MB");
    }

    #[test]
    fn every_file_belongs_to_exactly_one_part() {
        for file in [
            "index.html",
            "app-1f3a.js",
            "app-1f3a_bg.wasm",
            "style-77.css",
            "tasks_bg-77.wasm",
            "trainer_cpu_bg-77.wasm",
            "trainer_cpu_threads_bg-77.wasm",
            "trainer_cpu_helper-77.js",
            "trainer_webgpu_loader-77.js",
            "resnet-playground.js",
        ] {
            assert_eq!(PARTS.iter().filter(|part| (part.owns)(file)).count(), 1, "{file}");
        }
    }
}
