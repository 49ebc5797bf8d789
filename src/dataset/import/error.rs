//! What can be wrong with an upload, in sentences that say where.

use std::io;

use thiserror::Error;

use super::limits;
use crate::language::format::grouped;
use crate::language::{text, tr};

/// An upload that cannot be used. The message is shown to the user as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// Nothing was chosen, or nothing in it is an image.
    #[error(
        "{}",
        tr!(
            "no image was found in {what}{found}: a folder for each class with pictures in it, a zip of such folders, or CIFAR's own \
             files are wanted",
            what,
            found
        )
    )]
    NoImages {
        /// The upload.
        what: String,
        /// What is in it instead, after a comma; may be empty.
        found: String,
    },
    /// Images, but all of them unusable.
    #[error("{}", tr!("no picture could be used: {reasons}", reasons))]
    NoneReadable {
        /// Why, the commonest reason first.
        reasons: String,
    },
    /// No folders of classes, but names of files that look like classes. The import can be tried again with
    /// [`classes_from_names`](super::ImportChoices::classes_from_names).
    #[error(
        "{}",
        tr!(
            "the pictures lie in no folders of classes, but their names look like classes: {found}. Take the classes from the file \
             names, or put each class into a folder of its own",
            found
        )
    )]
    ClassesInNames {
        /// Classes and how many pictures of each.
        found: String,
    },
    /// Classes were to be taken from names of files, but there are none.
    #[error("{}", no_classes_in_names(*has_folders))]
    NoClassesInNames {
        /// Whether there are folders that could give them.
        has_folders: bool,
    },
    /// Pictures with labels for finding things in them.
    #[error(
        "{}",
        tr!(
            "{path} says where things are in a picture, not which class the picture belongs to: a network here tells whole pictures \
             apart, so cut the things out and put each class into a folder of its own",
            path
        )
    )]
    Boxes {
        /// A file of such labels.
        path: String,
    },
    /// Pictures and their outlines.
    #[error(
        "{}",
        tr!(
            "the folders {folders} hold pictures and answers for another task, not classes: put the pictures of each class into a \
             folder of its own",
            folders
        )
    )]
    NotClasses {
        /// Names of folders.
        folders: String,
    },
    /// Nothing to tell apart.
    #[error("{}", tr!("{found}: at least two classes with two images each are needed, each class in a folder of its own", found))]
    TooFewClasses {
        /// What there is.
        found: String,
    },
    /// More folders than a network here can tell apart.
    #[error("{}", tr!("there are {found} folders of images, at most {most} classes can be told apart", found, most = limits::CLASSES))]
    TooManyClasses {
        /// Folders.
        found: usize,
    },
    /// More files than are looked at.
    #[error("{}", tr!("{what} holds more than {most} files", what, most = grouped(limits::FILES)))]
    TooManyFiles {
        /// Folder or archive.
        what: String,
    },
    /// A file that is larger than any of its kind.
    #[error("{}", tr!("{path} has more than {limit} bytes", path, limit))]
    TooLarge {
        /// Which.
        path: String,
        /// How many are read.
        limit: String,
    },
    /// An archive that unpacks to far more than it is.
    #[error(
        "{}",
        tr!(
            "{path} unpacks to more than {times} times its size, which no images do: it was not unpacked",
            path,
            times = limits::INFLATION
        )
    )]
    Inflates {
        /// Which.
        path: String,
    },
    /// An archive that unpacks to more than fits.
    #[error("{}", tr!("{path} unpacks to more than {most} GiB", path, most = limits::UNPACKED_BYTES >> 30))]
    UnpacksToTooMuch {
        /// Which.
        path: String,
    },
    /// An archive, or a file in one, that only its owner can unpack.
    #[error(
        "{}",
        tr!("{path} is protected with a password: unpack the archive and choose the folder, or pack it again without a password", path)
    )]
    Protected {
        /// Which.
        path: String,
    },
    /// A zip, or a file in one, that is packed in an uncommon way.
    #[error(
        "{}",
        tr!(
            "{path} is packed with {method}, which is not read here: unpack the zip and choose the folder, or pack it again with \
             Deflate, the usual method",
            path,
            method
        )
    )]
    Method {
        /// Which.
        path: String,
        /// How.
        method: String,
    },
    /// An archive of another kind, or no archive.
    #[error("{}", tr!("{path} is {what}: {remedy}", path, what, remedy))]
    Foreign {
        /// Which.
        path: String,
        /// What it is.
        what: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// An archive in an archive in an archive …
    #[error(
        "{}",
        tr!(
            "{path} lies in more than {archives} archives, one in another: unpack it and choose the folder",
            path,
            archives = limits::NESTED_ARCHIVES
        )
    )]
    NestedTooDeep {
        /// Which.
        path: String,
    },
    /// An archive that does not unpack.
    #[error("{}", tr!("{path} is damaged or cut short ({reason}): download or pack it again", path, reason))]
    Damaged {
        /// Which.
        path: String,
        /// The decoder's words.
        reason: String,
    },
    /// A binary file of CIFAR that ends in the middle of an image.
    #[error(
        "{}",
        tr!(
            "record {record} of {records} is cut short in {path}: it has {bytes} of {record_bytes} bytes",
            record,
            records,
            path,
            bytes,
            record_bytes
        )
    )]
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
    #[error("{}", tr!("record {record} in {path} has label {label}, but there are {classes} classes", record, path, label, classes))]
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
    #[error("{}", tr!("{path} is not one of CIFAR's pickled batches: {reason}", path, reason))]
    Pickle {
        /// Which file.
        path: String,
        /// What is in the way and where.
        reason: String,
    },
    /// Files of CIFAR-10 and CIFAR-100 together.
    #[error(
        "{}",
        tr!(
            "{first} belongs to {first_set} and {second} to {second_set}: choose the files of one of them",
            first,
            first_set,
            second,
            second_set
        )
    )]
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
    #[error("{}", tr!("{path} could not be read ({reason}): choose it again", path, reason))]
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

fn no_classes_in_names(has_folders: bool) -> &'static str {
    match has_folders {
        true => text!(
            "the file names have fewer than two classes in them, as cat.1.jpg and dog.1.jpg would: let the folders give the classes, \
             not the file names"
        ),
        false => text!(
            "the file names have fewer than two classes in them, as cat.1.jpg and dog.1.jpg would: put each class into a folder of \
             its own"
        ),
    }
}
