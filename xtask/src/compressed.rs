//! The files of the page compressed ahead of time, as `FILE.br` and `FILE.gz` beside them, for hosts that send such files.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use xshell::cmd;

use crate::{project, shell};

/// What gets smaller; pictures and weights do not.
const TEXT_AND_CODE: [&str; 9] = ["html", "js", "wasm", "css", "svg", "json", "webmanifest", "ts", "mo"];
const ENDINGS: [&str; 2] = ["br", "gz"];

/// Compresses what is in the folder, and in the folders in it, and takes away what was left of other files.
pub fn write(folder: &Path) -> Result<()> {
    let all = project::files_within(folder)?;
    for left in all.iter().filter(|path| is_compressed(path) && !path.with_extension("").is_file()) {
        std::fs::remove_file(left).with_context(|| format!("cannot remove {}", project::shown(left)))?;
    }
    let files: Vec<PathBuf> = all.into_iter().filter(|path| has_extension(path, &TEXT_AND_CODE)).collect();
    let count = files.len();
    shell::step(&format!("compressing {count} files of the page by brotli and gzip (a minute or two)"));
    let sh = shell::shell()?;
    let printed = cmd!(sh, "node xtask/compress.mjs {files...}").quiet().read().context("the page's files could not be compressed")?;
    let compressed = printed.lines().count();
    ensure!(compressed == count, "Node compressed {compressed} of {count} files");
    Ok(())
}

/// How many bytes a visitor downloads for this file.
pub fn size(file: &Path) -> Result<usize> {
    let brotli = PathBuf::from(format!("{}.br", file.display()));
    let sent = if brotli.is_file() { &brotli } else { file };
    Ok(project::read(sent)?.len())
}

/// Whether it is another file, compressed.
pub fn is_compressed(path: &Path) -> bool {
    has_extension(path, &ENDINGS)
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| extensions.iter().any(|one| extension == *one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gets_smaller_is_compressed_and_nothing_is_left_of_other_builds() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path();
        let page = "<p>the same again</p>".repeat(100);
        for (name, text) in
            [("index.html", page.as_str()), ("guide/index.html", &page), ("loader.js", "1"), ("card.png", &page), ("old.js.br", "x")]
        {
            project::write(&folder.join(name), text).unwrap();
        }
        write(folder).unwrap();
        let names: Vec<String> = project::files(folder).unwrap().iter().map(|path| project::file_name(path)).collect();
        assert_eq!(names, ["card.png", "index.html", "index.html.br", "index.html.gz", "loader.js"]);
        assert!(folder.join("guide/index.html.br").is_file());
        assert!(size(&folder.join("index.html")).unwrap() < page.len() / 10);
        assert_eq!(size(&folder.join("loader.js")).unwrap(), 1);
    }
}
