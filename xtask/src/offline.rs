//! The service worker that keeps the page for visits without a network: which files it keeps, and as what version.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::{content_hash, languages, project};

const WORKER: &str = "service_worker.js";
const META: &str = "<meta name=\"service-worker\" ";

/// Pages that are kept before a build is used, in all languages.
const PAGES: [&str; 3] = ["guide", "glossary", "teach"];
/// What else is kept then, beside what lies in the page's folder itself: the images to begin with.
const FOLDERS: [&str; 3] = ["icons", "data", "data/starter"];

/// Writes the worker, and its name into the page. While the page is developed the worker removes itself instead: it would show an
/// older build.
pub fn write(page: &Path, development: bool) -> Result<()> {
    let template = |name: &str| project::read_text(&project::root().join("www/offline").join(name));
    if development {
        return project::write(&page.join(WORKER), template("removed_service_worker.js")?);
    }
    project::write_metas(page, META, &format!("{META}content=\"{WORKER}\">"))?;
    let files = files(page)?;
    let contents = files.iter().map(|file| project::read(&page.join(file))).collect::<Result<Vec<_>>>()?;
    let version = content_hash::of(files.iter().map(String::as_str).zip(&contents));
    project::write(&page.join(WORKER), filled_in(&template(WORKER)?, &version, &files)?)
}

fn filled_in(template: &str, version: &str, files: &[String]) -> Result<String> {
    let (version_line, files_line) = ("const VERSION = '';", "const FILES = [];");
    ensure!(template.contains(version_line) && template.contains(files_line), "{WORKER} has no lines to fill in");
    let files = serde_json::to_string(files)?;
    Ok(template.replace(version_line, &format!("const VERSION = '{version}';")).replace(files_line, &format!("const FILES = {files};")))
}

/// Files that are kept, as the page's folder has them: all programs but the one that only machines with a GPU fetch, and what
/// belongs to other people's pages.
fn files(page: &Path) -> Result<Vec<String>> {
    let is_kept = |name: &str| {
        let is_code =
            [".html", ".js", ".wasm", ".css", ".svg", ".png", ".json", ".webmanifest", ".mo"].iter().any(|end| name.ends_with(end));
        is_code && !["trainer_webgpu", "resnet-playground.js", "messages.schema.json", WORKER].iter().any(|other| name.starts_with(other))
    };
    let mut kept = Vec::new();
    let in_languages = languages::tags()?.into_iter().flat_map(|tag| PAGES.map(|name| format!("{tag}/{name}")));
    let folders = ["".to_owned()].into_iter().chain(PAGES.map(str::to_owned)).chain(in_languages).chain(FOLDERS.map(str::to_owned));
    for folder in folders {
        let directory = page.join(&folder);
        if !directory.is_dir() {
            continue;
        }
        let names = project::files(&directory)?.into_iter().map(|path| project::file_name(&path));
        let paths = names.filter(|name| is_kept(name)).map(|name| if folder.is_empty() { name } else { format!("{folder}/{name}") });
        kept.extend(paths);
    }
    ensure!(kept.iter().any(|file| file == "index.html"), "{} holds no page", project::shown(page));
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("index.html", "<head><title>A page</title></head><body>"),
            ("app-0123456789abcdef.js", ""),
            ("trainer_cpu_bg-0123456789abcdef.wasm", ""),
            ("trainer_webgpu_bg-0123456789abcdef.wasm", ""),
            ("resnet-playground.js", ""),
            ("guide/index.html", ""),
            ("de/guide/index.html", ""),
            ("xx/guide/index.html", ""),
            ("data/data-sets.json", ""),
            ("data/starter/train-000.png", ""),
            ("data/full/train-000.png", ""),
            ("p/quick/card.png", ""),
        ] {
            project::write(&folder.path().join(name), text).unwrap();
        }
        folder
    }

    #[test]
    fn what_a_visit_without_a_network_needs_is_kept_and_no_more() {
        let temporary = page();
        let folder = temporary.path();
        let kept = files(folder).unwrap();
        let expected = [
            "app-0123456789abcdef.js",
            "index.html",
            "trainer_cpu_bg-0123456789abcdef.wasm",
            "guide/index.html",
            "de/guide/index.html",
            "data/data-sets.json",
            "data/starter/train-000.png",
        ];
        assert_eq!(kept, expected);
    }

    #[test]
    fn a_build_has_a_version_of_its_own_and_the_page_names_the_worker_once() {
        let temporary = page();
        let folder = temporary.path();
        let worker = || project::read_text(&folder.join(WORKER)).unwrap();
        write(folder, false).unwrap();
        let first = worker();
        write(folder, false).unwrap();
        assert_eq!(worker(), first);
        assert!(first.contains("const FILES = [\"app-0123456789abcdef.js\","), "{first}");
        assert_eq!(project::read_text(&folder.join("index.html")).unwrap().matches(META).count(), 1);
        project::write(&folder.join("guide/index.html"), "changed").unwrap();
        write(folder, false).unwrap();
        assert_ne!(worker(), first);
    }

    #[test]
    fn while_the_page_is_developed_an_earlier_worker_is_removed() {
        let temporary = page();
        let folder = temporary.path();
        write(folder, true).unwrap();
        assert!(project::read_text(&folder.join(WORKER)).unwrap().contains("registration.unregister()"));
        assert!(!project::read_text(&folder.join("index.html")).unwrap().contains(META));
    }
}
