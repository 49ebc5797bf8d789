//! The file `_headers`, which Netlify and Cloudflare read: how long browsers keep each file, and what lets a page use threads and be
//! embedded. `docs/hosting.md` explains it.

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;

use crate::{compressed, project};

const HEADERS: &str = "_headers";
/// Between these the file is written here; what else is in it stays.
const MARKS: [&str; 2] = ["# How files are kept: docs/hosting.md", "# End of how files are kept"];
/// For every file.
const ALL: [&str; 4] = [
    "Cross-Origin-Opener-Policy: same-origin",
    "Cross-Origin-Embedder-Policy: require-corp",
    "Cross-Origin-Resource-Policy: cross-origin",
    "Access-Control-Allow-Origin: *",
];
/// What a name with a content hash allows.
const FOR_EVER: &str = "Cache-Control: public, max-age=31536000, immutable";

pub fn write(page: &Path) -> Result<()> {
    let path = page.join(HEADERS);
    let before = if path.is_file() { project::read_text(&path)? } else { String::new() };
    let names = project::files(page)?;
    let names = names.iter().filter(|path| !compressed::is_compressed(path)).map(|path| project::file_name(path));
    project::write(&path, project::with_part(&before, MARKS, &rules(names.filter(|name| is_immutable(name)))?))
}

/// Whether a name holds a hash of what is in the file: nothing else is ever called so. A hash has 16 digits, but Trunk leaves
/// out leading zeros. Fewer than eight digits would be one build in four thousand million.
pub fn is_immutable(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let hash = stem.strip_suffix("_bg").unwrap_or(stem).rsplit_once('-').map_or("", |(_, hash)| hash);
    (8..=16).contains(&hash.len()) && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A rule for each such file by its whole name: where two rules hold for a file, these hosts send both values. All other files are
/// asked for anew at each visit, which both hosts do by themselves.
fn rules(immutable: impl Iterator<Item = String>) -> Result<String> {
    let mut rules = format!("/*\n  {}\n/manifest.webmanifest\n  Content-Type: application/manifest+json\n", ALL.join("\n  "));
    for name in immutable {
        write!(rules, "/{name}\n  {FOR_EVER}\n")?;
    }
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_kept_for_ever_and_no_others() {
        for name in [
            "app-540566bc146c217c.js",
            "app-540566bc146c217c_bg.wasm",
            "app-5efde6823097b12.js",
            "trainer_cpu_bg-ed7f4a9d60e1a0cb.wasm",
            "favicon-942a9dd4a3fba9a7.svg",
        ] {
            assert!(is_immutable(name), "{name}");
        }
        for name in [
            "index.html",
            "service_worker.js",
            "resnet-playground.js",
            "resnet-playground.d.ts",
            "data-sets.json",
            "train-000.png",
            ".nojekyll",
        ] {
            assert!(!is_immutable(name), "{name}");
        }
    }

    #[test]
    fn a_page_gets_a_rule_for_each_such_file_and_none_for_its_compressed_form() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path();
        for name in ["index.html", "app-540566bc146c217c_bg.wasm", "app-540566bc146c217c_bg.wasm.br", "posters/11-540566bc146c217c.svg"] {
            project::write(&folder.join(name), "").unwrap();
        }
        write(folder).unwrap();
        let written = project::read_text(&folder.join(HEADERS)).unwrap();
        let paths: Vec<&str> = written.lines().filter(|line| line.starts_with('/')).collect();
        assert_eq!(paths, ["/*", "/manifest.webmanifest", "/app-540566bc146c217c_bg.wasm"]);
    }

    #[test]
    fn rules_are_written_once_and_what_else_is_there_stays() {
        let rules = rules(["app-540566bc146c217c.js".to_owned()].into_iter()).unwrap();
        assert!(rules.contains("/app-540566bc146c217c.js\n  Cache-Control: public, max-age=31536000, immutable\n"), "{rules}");
        let policy = "# A policy\n/*\n  Content-Security-Policy: default-src 'self'\n# End\n";
        let once = project::with_part(policy, MARKS, &rules);
        assert!(once.starts_with(policy), "{once}");
        assert_eq!(project::with_part(&once, MARKS, &rules), once);
        assert_eq!(once.matches("immutable").count(), 1, "{once}");
    }
}
