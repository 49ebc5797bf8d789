//! Any archive that is read.

use super::archive_tar::TarFile;
use super::archive_zip::ZipFile;
use super::entry::Container;
use super::kind::Kind;
use crate::dataset::import::error::ImportError;
use crate::dataset::import::source::Upload;

/// The files in an archive of that kind; nothing for a file that is none.
///
/// # Errors
/// When it cannot be opened.
pub(super) fn open_archive(upload: &Upload, kind: Kind) -> Result<Option<Box<dyn Container + '_>>, ImportError> {
    Ok(Some(match kind {
        Kind::Zip => Box::new(ZipFile::open(upload)?),
        Kind::Tar => Box::new(TarFile::plain(upload)),
        Kind::Packed(packing) => Box::new(TarFile::packed(upload, packing)),
        Kind::Foreign(foreign) => return Err(foreign.at(&upload.path)),
        Kind::File => return Ok(None),
    }))
}
