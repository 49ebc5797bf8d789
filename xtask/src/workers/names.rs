//! How the files of the page's workers are called, and how the page learns it.
//!
//! All files of one worker get the same hash into their names, so that a page which a browser has kept never meets a worker of
//! another build: `trainer_cpu_bg.wasm` becomes `trainer_cpu_bg-HASH.wasm`. The page finds each worker's first script in its
//! head: `<meta name="worker" data-program="trainer_cpu" data-bytes="3874526" content="trainer_cpu_start-HASH.js">`, with the size of
//! the program, of which the trainers' scripts count what has arrived.

use std::{fmt::Write, path::Path};

use anyhow::{Context, Result, ensure};

use crate::{content_hash, project};

/// Each worker, as its files begin, and the script that starts it.
const WORKERS: [(&str, &str); 3] =
    [("tasks", "tasks_loader.js"), ("trainer_cpu", "trainer_cpu_loader.js"), ("trainer_webgpu", "trainer_webgpu_loader.js")];
/// Starts the CPU trainer where there are two of them: this one on several threads, or the other.
const CHOOSING: &str = "trainer_cpu_start.js";
const ON_THREADS: &str = "trainer_cpu_threads.js";
/// Scripts that load a trainer's program.
const LOADERS: [&str; 3] = ["trainer_cpu_loader.js", "trainer_cpu_threads_loader.js", "trainer_webgpu_loader.js"];
/// Goes before them.
const COUNTER: &str = include_str!("count_bytes.js");
const META: &str = "<meta name=\"worker\" ";

/// Puts the hash into the names where `hashed`, and writes into the page which workers there are.
pub fn publish(page: &Path, hashed: bool) -> Result<()> {
    let all = project::files(page)?.iter().map(|path| project::file_name(path)).collect::<Vec<_>>();
    let mut found = String::new();
    let there = |file: &str| all.iter().any(|name| name == file);
    for loader in LOADERS.iter().filter(|loader| there(loader)) {
        let before = project::read_text(&page.join(loader))?;
        let after = counting(&before);
        if after != before {
            project::write(&page.join(loader), after)?;
        }
    }
    for (program, script) in WORKERS {
        if !there(script) {
            continue;
        }
        let bytes = std::fs::metadata(page.join(format!("{program}_bg.wasm"))).map_or(0, |program| program.len());
        let script = if program == "trainer_cpu" && there(ON_THREADS) { CHOOSING } else { script };
        let files: Vec<&str> = all.iter().map(String::as_str).filter(|name| belongs_to(name, program)).collect();
        let script = if hashed { rename(page, &files, script)? } else { script.to_owned() };
        write!(found, "{META}data-program=\"{program}\" data-bytes=\"{bytes}\" content=\"{script}\">")?;
    }
    project::write_metas(page, META, &found)
}

/// A script that loads a program and tells how much of it has arrived.
pub fn counting(loader: &str) -> String {
    if loader.starts_with(COUNTER) { loader.to_owned() } else { format!("{COUNTER}{loader}") }
}

fn belongs_to(file: &str, program: &str) -> bool {
    file.strip_prefix(program).is_some_and(|rest| rest.starts_with(['.', '_']))
}

/// Renames the files of a worker and gives the new name of `script`.
fn rename(page: &Path, files: &[&str], script: &str) -> Result<String> {
    let contents = files.iter().map(|name| project::read(&page.join(name))).collect::<Result<Vec<_>>>()?;
    let hash = content_hash::of(files.iter().copied().zip(&contents));
    for (name, bytes) in files.iter().zip(contents) {
        let bytes = match String::from_utf8(bytes) {
            Ok(text) if name.ends_with(".js") => refer(&text, files, &hash).with_context(|| (*name).to_owned())?.into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(binary) => binary.into_bytes(),
        };
        project::write(&page.join(content_hash::in_name(name, &hash)), bytes)?;
        std::fs::remove_file(page.join(name)).with_context(|| format!("cannot rename {name}"))?;
    }
    Ok(content_hash::in_name(script, &hash))
}

/// A script that names files of its worker, with their new names.
fn refer(script: &str, files: &[&str], hash: &str) -> Result<String> {
    let mut script = script.to_owned();
    for name in files {
        let new = content_hash::in_name(name, hash);
        for quote in ['\'', '"', '`'] {
            for before in ['/', quote] {
                script = script.replace(&format!("{before}{name}{quote}"), &format!("{before}{new}{quote}"));
            }
        }
        ensure!(!script.contains(name), "names {name} in a way that cannot be replaced: write it between quotes");
    }
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of a CPU trainer on several threads, in a folder of its own.
    fn page() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("index.html", "<head><title>A page</title></head><body>"),
            ("trainer_cpu.js", "export default (at = new URL('trainer_cpu_bg.wasm', import.meta.url)) => at;"),
            ("trainer_cpu_bg.wasm", "\0asm"),
            ("trainer_cpu_loader.js", "import init from './trainer_cpu.js';await init();"),
            ("trainer_cpu_start.js", "await import(`./trainer_cpu_loader.js`); await import(\"./trainer_cpu_threads.js\");"),
            ("trainer_cpu_threads.js", "new Worker(new URL('./trainer_cpu_start.js', import.meta.url))"),
        ] {
            project::write(&folder.path().join(name), text).unwrap();
        }
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        project::files(folder).unwrap().iter().map(|path| project::file_name(path)).collect()
    }

    #[test]
    fn files_of_a_worker_get_one_hash_and_refer_to_each_other_by_it() {
        let temporary = page();
        let folder = temporary.path();
        publish(folder, true).unwrap();
        let index = project::read_text(&folder.join("index.html")).unwrap();
        let script = index
            .split_once("<meta name=\"worker\" data-program=\"trainer_cpu\" data-bytes=\"4\" content=\"")
            .unwrap()
            .1
            .split_once('"')
            .unwrap()
            .0;
        let hash = script.strip_prefix("trainer_cpu_start-").unwrap().strip_suffix(".js").unwrap();
        assert_eq!(hash.len(), 16, "{script}");
        let expected = ["", "_loader", "_start", "_threads"].map(|part| format!("trainer_cpu{part}-{hash}.js"));
        assert!(expected.iter().all(|name| names(folder).contains(name)), "{:?}", names(folder));
        assert!(names(folder).contains(&format!("trainer_cpu_bg-{hash}.wasm")), "{:?}", names(folder));
        assert_eq!(names(folder).len(), 6, "nothing is left under its old name: {:?}", names(folder));
        let text = |part: &str| project::read_text(&folder.join(format!("trainer_cpu{part}-{hash}.js"))).unwrap();
        assert!(text("").contains(&format!("new URL('trainer_cpu_bg-{hash}.wasm', import.meta.url)")), "{}", text(""));
        assert!(text("_loader").contains(&format!("from './trainer_cpu-{hash}.js'")), "{}", text("_loader"));
        assert!(text("_start").contains(&format!("import(`./trainer_cpu_loader-{hash}.js`)")), "{}", text("_start"));
        assert!(text("_start").contains(&format!("import(\"./trainer_cpu_threads-{hash}.js\")")), "{}", text("_start"));
    }

    #[test]
    fn any_changed_file_changes_all_names() {
        let hash_of = |contents: &str| content_hash::of([("a.js", "1"), ("b.wasm", contents)].into_iter());
        assert_eq!(hash_of("one"), hash_of("one"));
        assert_ne!(hash_of("one"), hash_of("two"));
    }

    #[test]
    fn a_page_names_the_workers_that_are_there_once() {
        let temporary = page();
        let folder = temporary.path();
        publish(folder, false).unwrap();
        let once = project::read_text(&folder.join("index.html")).unwrap();
        assert!(
            once.contains("<meta name=\"worker\" data-program=\"trainer_cpu\" data-bytes=\"4\" content=\"trainer_cpu_start.js\"></head>"),
            "{once}"
        );
        assert!(!once.contains("trainer_webgpu"), "it is not built yet: {once}");
        project::write(&folder.join("trainer_webgpu_loader.js"), "").unwrap();
        std::fs::remove_file(folder.join("trainer_cpu_threads.js")).unwrap();
        publish(folder, false).unwrap();
        let twice = project::read_text(&folder.join("index.html")).unwrap();
        assert!(twice.contains("content=\"trainer_webgpu_loader.js\""), "{twice}");
        let loader = project::read_text(&folder.join("trainer_cpu_loader.js")).unwrap();
        assert_eq!(loader.matches(COUNTER).count(), 1, "it counts what arrives, once: {loader}");
        assert_eq!(twice.matches("data-program=\"trainer_cpu\"").count(), 1, "{twice}");
        assert!(twice.contains("content=\"trainer_cpu_loader.js\""), "there is nothing to choose from: {twice}");
    }

    #[test]
    fn a_reference_that_cannot_be_followed_is_refused() {
        let error = refer("import('./' + 'trainer_cpu.js?x')", &["trainer_cpu.js"], "77").unwrap_err().to_string();
        assert!(error.contains("trainer_cpu.js"), "{error}");
    }
}
