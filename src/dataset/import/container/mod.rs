//! Files that come together: chosen ones, or those in an archive.

mod archive_tar;
mod archive_zip;
mod entry;
mod files;
mod inflated;

use super::error::ImportError;
use super::source::Upload;

use archive_tar::TarFile;
use archive_zip::ZipFile;
use files::Files;

pub(super) use entry::{Container, Entry, read_whole};

/// The files of an upload: those in it if it is one archive, else the chosen ones themselves.
///
/// # Errors
/// When it is an archive that cannot be opened.
pub(super) fn open(uploads: &[Upload]) -> Result<Box<dyn Container + '_>, ImportError> {
    let [upload] = uploads else { return Ok(Box::new(Files::new(uploads)?)) };
    let mut start = [0; 4];
    let read = upload.bytes.read_at(&mut start, 0).map_err(|error| ImportError::while_reading(&upload.path, error))?;
    let name = upload.path.to_ascii_lowercase();
    Ok(match start.get(..read).unwrap_or_default() {
        [0x1f, 0x8b, ..] => Box::new(TarFile::zipped(upload)),
        // An empty zip has nothing but the end of its directory.
        [b'P', b'K', 3 | 5, _] => Box::new(ZipFile::open(upload)?),
        _ if name.ends_with(".zip") => Box::new(ZipFile::open(upload)?),
        _ if name.ends_with(".tar") => Box::new(TarFile::plain(upload)),
        _ => Box::new(Files::new(uploads)?),
    })
}
