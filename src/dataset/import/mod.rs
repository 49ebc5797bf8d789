//! Data sets of the visitor's own: CIFAR's files as their authors publish them, or pictures in a folder for each class.
//!
//! Bytes in, a [`LabelledImages`](crate::dataset::LabelledImages) or a sentence out, whatever the bytes:
//!
//! ```text
//! uploads ─► container (files, zip, tar) ─► survey ─┬─► cifar ───────────────────┐
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
pub use unfinished::{UnfinishedImport, WaitingPicture};

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
    let container = container::open(uploads)?;
    let survey = Survey::of(container.as_ref(), uploads)?;
    match survey.cifar {
        Some(set) => cifar_upload::read(container.as_ref(), &survey, set, choices, progress),
        None => picture_upload::read(container.as_ref(), &survey, choices, progress),
    }
}

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
