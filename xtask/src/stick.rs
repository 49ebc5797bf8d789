//! `cargo xtask dist --zip`: the page with a small server, to be run from a USB stick in rooms without internet.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{compressed, project, shell};

/// What lies beside the page in the archive, and whether it is a program.
const BESIDE: [(&str, bool); 5] =
    [("READ_ME.txt", false), ("serve.py", false), ("start-linux.sh", true), ("start-macos.command", true), ("start-windows.bat", false)];

/// Packs `dist/` and gives the archive.
pub fn pack() -> Result<PathBuf> {
    let archive = project::root().join("target/resnet-playground.zip");
    shell::step(&format!("packing {}", project::shown(&archive)));
    write(&project::dist(), &archive)?;
    println!("{}: unpack it anywhere and read READ_ME.txt", project::shown(&archive));
    Ok(archive)
}

fn write(page: &Path, archive: &Path) -> Result<()> {
    let file = File::create(archive).with_context(|| format!("cannot create {}", project::shown(archive)))?;
    let mut zip = ZipWriter::new(file);
    let folder = "resnet-playground";
    for (name, is_program) in BESIDE {
        let permissions = if is_program { 0o755 } else { 0o644 };
        zip.start_file(format!("{folder}/{name}"), SimpleFileOptions::default().unix_permissions(permissions))?;
        zip.write_all(&project::read(&project::root().join("xtask/stick").join(name))?)?;
    }
    // The server beside the page sends files as they are.
    for path in project::files_within(page)?.into_iter().filter(|path| !compressed::is_compressed(path)) {
        let name = path.strip_prefix(page)?.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        zip.start_file(format!("{folder}/playground/{name}"), SimpleFileOptions::default().unix_permissions(0o644))?;
        zip.write_all(&project::read(&path)?)?;
    }
    zip.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_holds_the_page_and_programs_that_can_be_started() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path();
        project::write(&folder.join("page/index.html"), "a page").unwrap();
        project::write(&folder.join("page/data/starter/manifest.json"), "{}").unwrap();
        project::write(&folder.join("page/index.html.br"), "compressed").unwrap();
        let archive = folder.join("stick.zip");
        write(&folder.join("page"), &archive).unwrap();
        let mut zip = zip::ZipArchive::new(File::open(&archive).unwrap()).unwrap();
        let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        for expected in ["playground/index.html", "playground/data/starter/manifest.json", "start-windows.bat", "READ_ME.txt"] {
            assert!(names.contains(&format!("resnet-playground/{expected}")), "{expected}: {names:?}");
        }
        assert!(!names.iter().any(|name| name.ends_with(".br")), "{names:?}");
        let mode = zip.by_name("resnet-playground/start-linux.sh").unwrap().unix_mode().unwrap();
        assert_eq!(mode & 0o777, 0o755);
    }
}
