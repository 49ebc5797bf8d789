//! Data sets of the visitor's own: CIFAR's files as their authors publish them, or pictures in a folder for each class.
//!
//! Bytes in, a [`LabelledImages`](crate::dataset::LabelledImages) or a sentence out, whatever the bytes:
//!
//! ```text
//! uploads ─► container (files, archives) ─► survey ─┬─► cifar ───────────────────┐
//!                                                   └─► labelling ─► pictures ─┴─► pools ─► split ─► packing ─► shards, manifest
//! ```
//!
//! Every file is looked at twice: first its name and size, then its contents. So memory holds the images that are kept,
//! not the upload.

pub mod choice_texts;
mod choices;
mod cifar;
mod cifar_upload;
mod collector;
mod container;
mod error;
mod imported;
mod labelling;
mod left_out;
mod limits;
mod packing;
mod picture;
mod picture_upload;
mod pools;
mod progress;
mod source;
mod split;
mod summary;
mod survey;
mod text_file;
mod unfinished;

pub use choices::ImportChoices;
pub use cifar::CifarLabels;
pub use error::ImportError;
pub use imported::ImportedImages;
pub use left_out::{LeftOut, Reason, Why};
pub use packing::{PackedShard, Packing};
pub use picture::{FileFormat, is_unpacked};
pub use progress::Progress;
pub use source::{Source, Upload};
pub use summary::ImportSummary;
pub use text_file::text_of_file;
pub use unfinished::{UnfinishedImport, WaitingPicture};

use container::UploadFiles;
use survey::Survey;

/// Reads an upload where no browser helps, telling `progress` how far it is.
///
/// # Errors
/// When there is nothing in it to train on, in a sentence that says what is wrong and where. A picture that cannot be
/// read is left out and counted instead.
pub fn import(uploads: &[Upload], choices: &ImportChoices, progress: &mut dyn FnMut(Progress)) -> Result<ImportedImages, ImportError> {
    begin_import(uploads, choices, progress)?.finish()
}

/// Reads an upload but for the pictures that only a browser can decode.
///
/// # Errors
/// As [`import`].
pub fn begin_import(
    uploads: &[Upload],
    choices: &ImportChoices,
    progress: &mut dyn FnMut(Progress),
) -> Result<UnfinishedImport, ImportError> {
    let files = UploadFiles::open(uploads)?;
    let survey = Survey::of(&files, uploads)?;
    let import = match survey.cifar {
        Some(set) => cifar_upload::read(&files, &survey, set, choices, progress),
        None => picture_upload::read(&files, &survey, choices, progress),
    };
    with_unread_archives(import, &files)
}

/// Tells of archives that were not read: beside images they were left out, without any they are what is wrong.
fn with_unread_archives(import: Result<UnfinishedImport, ImportError>, files: &UploadFiles<'_>) -> Result<UnfinishedImport, ImportError> {
    let mut unread = files.unread();
    match import {
        Ok(mut import) => {
            import.notices.extend(files.notices());
            unread.into_iter().for_each(|(path, error)| import.left_out.add_unread(&path, error));
            Ok(import)
        }
        Err(ImportError::NoImages { .. }) if unread.len() == 1 => Err(unread.remove(0).1),
        Err(ImportError::NoImages { .. }) if !unread.is_empty() => {
            let mut left_out = LeftOut::default();
            unread.into_iter().for_each(|(path, error)| left_out.add_unread(&path, error));
            Err(ImportError::NoneReadable { reasons: left_out.reasons_in_words() })
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod archive_tests;
#[cfg(test)]
mod class_tests;
#[cfg(test)]
mod format_tests;
#[cfg(test)]
mod fuzz_tests;
#[cfg(test)]
mod made_up_files;
#[cfg(test)]
mod tests;
