//! Where things are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository's root: cargo tells where xtask lies, and xtask lies in the root.
pub fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Where cargo puts what it builds.
pub fn target() -> Result<PathBuf> {
    let sh = crate::shell::shell()?;
    let printed = xshell::cmd!(sh, "cargo metadata --no-deps --format-version 1").read()?;
    let metadata: serde_json::Value = serde_json::from_str(&printed).context("`cargo metadata` printed something else than JSON")?;
    metadata["target_directory"].as_str().map(PathBuf::from).context("`cargo metadata` names no target directory")
}

pub fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", shown(path)))
}

pub fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", shown(path)))
}

pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory).with_context(|| format!("cannot create {}", shown(directory)))?;
    }
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", shown(path)))
}

/// A text of which several write a part: the part between these marks is `written` in the place of what was there, or at the end.
pub fn with_part(text: &str, marks: [&str; 2], written: &str) -> String {
    let [begin, end] = marks;
    let others = match (text.split_once(begin), text.split_once(end)) {
        (Some((head, _)), Some((_, tail))) => format!("{head}{}", tail.trim_start()),
        _ => text.to_owned(),
    };
    let gap = if others.is_empty() || others.ends_with('\n') { "" } else { "\n" };
    format!("{others}{gap}{begin}\n{written}{end}\n")
}

/// Puts `written` between these marks of a page of the repository.
pub fn write_between(page: &str, marks: [&str; 2], written: &str) -> Result<()> {
    let path = root().join(page);
    let text = replace_between(&read_text(&path)?, marks, written).with_context(|| format!("{page} has lost its marks"))?;
    write(&path, text)
}

/// `text` with `written` between these marks, in the place of what was there; None where a mark is missing.
fn replace_between(text: &str, marks: [&str; 2], written: &str) -> Option<String> {
    let [begin, end] = marks;
    let (before, rest) = text.split_once(begin)?;
    let (_, after) = rest.split_once(end)?;
    Some(format!("{before}{begin}\n\n{}\n\n{end}{after}", written.trim()))
}

/// Puts these elements into the head of the page in this folder, in the place of those that begin so too.
pub fn write_metas(page: &Path, beginning: &str, metas: &str) -> Result<()> {
    let index = page.join("index.html");
    let before = read_text(&index)?;
    let mut after = before.clone();
    while let Some(from) = after.find(beginning) {
        let length = after[from..].find('>').context("index.html ends within a tag")?;
        after.replace_range(from..=from + length, "");
    }
    let head = after.find("</head>").context("index.html has no end of its head")?;
    after.insert_str(head, metas);
    // Untouched where nothing changes: a development server would load the page anew.
    if after == before { Ok(()) } else { write(&index, after) }
}

/// The files directly inside `directory`, by name.
pub fn files(directory: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(directory).and_then(|entries| entries.collect::<std::io::Result<Vec<_>>>());
    let entries = entries.with_context(|| format!("cannot list {}", shown(directory)))?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}

/// The files inside `directory` and inside the folders in it, by name.
pub fn files_within(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![directory.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", shown(&folder)))?;
        for entry in entries {
            let path = entry.with_context(|| format!("cannot list {}", shown(&folder)))?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A path as a reader wants it: relative to the root.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_the_page_stays() {
        let marks = ["<from>", "<to>"];
        let page = replace_between("before\n<from>\nold\n<to>\nafter", marks, "new\n");
        assert_eq!(page.as_deref(), Some("before\n<from>\n\nnew\n\n<to>\nafter"));
        assert_eq!(replace_between("no marks", marks, "new"), None, "nowhere to write");
    }
}
