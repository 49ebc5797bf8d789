//! `cargo xtask sizes`: what a visitor downloads, brotli-compressed, against a limit for each part.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use brotli::enc::BrotliEncoderParams;

use crate::{options::Options, project};

/// A part of the page that is downloaded as one, and how many bytes that may take.
struct Part {
    name: &'static str,
    limit: usize,
    owns: fn(&str) -> bool,
}

const PARTS: [Part; 3] = [
    Part { name: "app", limit: 200_000, owns: |file| !file.starts_with("trainer_") },
    Part { name: "trainer_cpu", limit: 700_000, owns: |file| file.starts_with("trainer_cpu") },
    Part { name: "trainer_webgpu", limit: 3_000_000, owns: |file| file.starts_with("trainer_webgpu") },
];

struct Measured {
    file: String,
    raw: usize,
    compressed: usize,
}

pub fn command(options: Options) -> Result<()> {
    options.finish()?;
    check()
}

pub fn check() -> Result<()> {
    let measured = measure(&code_files()?)?;
    println!("{:>12} {:>12} {:>12}", "raw bytes", "brotli", "limit");
    let mut above = Vec::new();
    for part in PARTS {
        let files: Vec<_> = measured.iter().filter(|measured| (part.owns)(&measured.file)).collect();
        ensure!(files.iter().any(|file| file.file.ends_with(".wasm")), "dist/ has no wasm of the {}; run `cargo xtask dist`", part.name);
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

/// Each file in a thread of its own: the largest takes most of the time.
fn measure(files: &[PathBuf]) -> Result<Vec<Measured>> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = files.iter().map(|path| scope.spawn(move || measure_file(path))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| bail!("compressing stopped unexpectedly"))).collect()
    })
}

fn measure_file(path: &Path) -> Result<Measured> {
    let bytes = project::read(path)?;
    let mut compressed = Vec::new();
    // What a static host does ahead of time: the best quality, the largest window browsers take.
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut compressed, &parameters).context("cannot compress")?;
    Ok(Measured { file: project::file_name(path), raw: bytes.len(), compressed: compressed.len() })
}

#[cfg(test)]
mod tests {
    use super::PARTS;

    #[test]
    fn every_file_belongs_to_exactly_one_part() {
        for file in ["index.html", "app-1f3a_bg.wasm", "style-77.css", "trainer_cpu_bg.wasm", "trainer_webgpu_loader.js"] {
            assert_eq!(PARTS.iter().filter(|part| (part.owns)(file)).count(), 1, "{file}");
        }
    }
}
