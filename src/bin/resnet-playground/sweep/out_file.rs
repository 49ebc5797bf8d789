//! Where the lines go.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use resnet_playground::studies::sweep::{SweepLine, SweepResults};

/// A file that lines are appended to, or standard output.
pub enum Output {
    Stdout,
    File { path: PathBuf, file: File },
}

impl Output {
    /// Opens the file and reads the results that it has.
    ///
    /// # Errors
    /// When it cannot be read and written, or another sweep writes to it.
    pub fn open(path: Option<PathBuf>) -> Result<(Self, SweepResults), String> {
        let mut before = SweepResults::default();
        let Some(path) = path else { return Ok((Self::Stdout, before)) };
        let failed = |error: std::io::Error| format!("{}: {error}", path.display());
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(failed)?;
        // Two sweeps would make the same runs. Some file systems of clusters have no locks: there nobody is kept out.
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Err(format!("{}: another sweep writes to this file: give each shard a file of its own", path.display()));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        let counts = before.add(&bytes);
        if !bytes.is_empty() {
            counts.sentences().iter().for_each(|sentence| eprintln!("{}: {sentence}", path.display()));
        }
        // What follows a line that was cut off would be cut off with it.
        if bytes.last().is_some_and(|last| *last != b'\n') {
            file.seek(SeekFrom::End(0)).and_then(|_| file.write_all(b"\n")).map_err(failed)?;
        }
        Ok((Self::File { path, file }, before))
    }

    /// Writes a line so that it is there whatever happens next.
    ///
    /// # Errors
    /// When there is no place for it.
    pub fn append(&mut self, line: &SweepLine) -> Result<(), String> {
        let text = line.write() + "\n";
        match self {
            Self::Stdout => {
                let mut out = std::io::stdout().lock();
                out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| format!("the results cannot be printed: {error}"))
            }
            Self::File { path, file } => {
                let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_data());
                written
                    .map_err(|error| format!("{}: {error}: the sweep stops, and goes on when the same command comes again", path.display()))
            }
        }
    }
}
