//! What can be wrong with an upload, in sentences that say where.

use std::io;

use thiserror::Error;

use super::limits;
use crate::format::grouped;

/// An upload that cannot be used. The message is shown to the user as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// Nothing was chosen, or nothing in it is an image.
    #[error(
        "no image was found in {what}: a folder for each class with PNG or JPEG files in it, a zip of such folders, or CIFAR's own files are wanted"
    )]
    NoImages {
        /// The upload.
        what: String,
    },
    /// Images, but all of them unusable.
    #[error("none of the {files} images could be read; {first}")]
    NoneReadable {
        /// How many were tried.
        files: String,
        /// What is wrong with the first.
        first: String,
    },
    /// Nothing to tell apart.
    #[error("{found}: at least two classes with two images each are needed, each class in a folder of its own")]
    TooFewClasses {
        /// What there is.
        found: String,
    },
    /// More folders than a network here can tell apart.
    #[error("there are {found} folders of images, at most {} classes can be told apart", limits::CLASSES)]
    TooManyClasses {
        /// Folders.
        found: usize,
    },
    /// More files than are looked at.
    #[error("{what} holds more than {} files", grouped(limits::FILES))]
    TooManyFiles {
        /// Folder or archive.
        what: String,
    },
    /// A file that is larger than any of its kind.
    #[error("{path} has more than {limit} bytes")]
    TooLarge {
        /// Which.
        path: String,
        /// How many are read.
        limit: String,
    },
    /// An archive that unpacks to far more than it is.
    #[error("{path} unpacks to more than {} times its size, which no images do: it was not unpacked", limits::INFLATION)]
    Inflates {
        /// Which.
        path: String,
    },
    /// An archive that unpacks to more than fits.
    #[error("{path} unpacks to more than {} GiB", limits::UNPACKED_BYTES >> 30)]
    UnpacksToTooMuch {
        /// Which.
        path: String,
    },
    /// An archive that does not unpack.
    #[error("{path} is damaged or cut short ({reason}): download or pack it again")]
    Damaged {
        /// Which.
        path: String,
        /// The decoder's words.
        reason: String,
    },
    /// A binary file of CIFAR that ends in the middle of an image.
    #[error("record {record} of {records} is cut short in {path}: it has {bytes} of {record_bytes} bytes")]
    CutShort {
        /// Which file.
        path: String,
        /// Which record, from 1.
        record: String,
        /// Records there would be.
        records: String,
        /// What is left of it.
        bytes: usize,
        /// What it should have.
        record_bytes: String,
    },
    /// A label without a class.
    #[error("record {record} in {path} has label {label}, but there are {classes} classes")]
    Label {
        /// Which file.
        path: String,
        /// Which record, from 1.
        record: String,
        /// What it says.
        label: i64,
        /// How many there are.
        classes: usize,
    },
    /// A pickle with something else in it.
    #[error("{path} is not one of CIFAR's pickled batches: {reason}")]
    Pickle {
        /// Which file.
        path: String,
        /// What is in the way and where.
        reason: String,
    },
    /// Files of CIFAR-10 and CIFAR-100 together.
    #[error("{first} belongs to {first_set} and {second} to {second_set}: choose the files of one of them")]
    Mixed {
        /// One file.
        first: String,
        /// Its set.
        first_set: &'static str,
        /// The other.
        second: String,
        /// Its set.
        second_set: &'static str,
    },
    /// The browser could not read a chosen file.
    #[error("{path} could not be read ({reason}): choose it again")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        reason: String,
    },
}

impl ImportError {
    /// The same on its way through readers that know only errors of their own.
    pub(super) fn into_io(self) -> io::Error {
        io::Error::other(self)
    }

    /// An error while reading `path`: what [`Self::into_io`] wrapped, or what the unpacking of the file says.
    pub(super) fn while_reading(path: &str, error: io::Error) -> Self {
        let reason = error.to_string();
        let ours = error.into_inner().and_then(|inner| inner.downcast::<Self>().ok());
        ours.map_or_else(|| Self::Damaged { path: path.into(), reason }, |error| *error)
    }
}
