//! All files of an upload, one after another, and the archives on the way.

use std::io::{self, Read};

use super::archive::open_archive;
use super::arrangement::is_archive_name;
use super::entry::{Container, Entry, read_whole, tidied};
use super::kind::Kind;
use super::start::Started;
use crate::dataset::import::error::ImportError;
use crate::dataset::import::limits;
use crate::dataset::import::picture::is_picture_name;
use crate::dataset::import::source::{Upload, Window};
use crate::language::text;

/// What was chosen.
pub(super) enum Root<'a> {
    /// A single archive: its folders are those of the upload.
    Archive(Box<dyn Container + 'a>),
    /// Files in the order of their paths.
    Files(Vec<(Entry, &'a Upload)>),
}

/// What is met.
pub(super) enum Event<'e> {
    /// An archive among others or inside of another. They are numbered in the order in which they are met.
    Archive { parent: Option<usize>, path: &'e str },
    /// A file, in an archive or by itself, or a folder of an archive.
    File { archive: Option<usize>, entry: &'e Entry, contents: &'e mut dyn Read },
    /// An archive that is not read.
    Unread { path: &'e str, error: ImportError },
}

/// What is called for each.
pub(super) type EventVisitor<'v> = dyn FnMut(Event<'_>) -> Result<(), ImportError> + 'v;

impl<'a> Root<'a> {
    /// Looks at what was chosen.
    ///
    /// # Errors
    /// When it is one archive that cannot be opened, or too many files.
    pub fn of(uploads: &'a [Upload]) -> Result<Self, ImportError> {
        if let [upload] = uploads
            && let Some(archive) = open_archive(upload, kind_of(upload)?)?
        {
            return Ok(Self::Archive(archive));
        }
        if uploads.len() > limits::FILES {
            return Err(ImportError::TooManyFiles { what: text!("the folder").into() });
        }
        let entry = |upload: &'a Upload| Some((Entry { path: tidied(&upload.path)?, bytes: upload.bytes.size() }, upload));
        let mut files: Vec<_> = uploads.iter().filter_map(entry).collect();
        // Browsers list a folder in an order of their own.
        files.sort_by(|(left, _), (right, _)| left.path.cmp(&right.path));
        Ok(Self::Files(files))
    }
}

/// What an upload is: by its bytes, or by its name if it is damaged at the start.
fn kind_of(upload: &Upload) -> Result<Kind, ImportError> {
    let kind = Kind::of(upload.bytes.as_ref()).map_err(|error| ImportError::while_reading(&upload.path, error))?;
    Ok(if kind == Kind::File { Kind::of_name(&upload.path) } else { kind })
}

/// Shows all files, and the archives around them before.
///
/// # Errors
/// The visitor's, and those of the one chosen archive. Other archives that cannot be read are told of.
pub(super) fn walk(root: &Root<'_>, visitor: &mut EventVisitor<'_>) -> Result<(), ImportError> {
    let is_packed = matches!(root, Root::Archive(_));
    let mut walk = Walk { visitor, is_packed, archives: 0, files: 0, unpacked_bytes: 0, has_ended: false };
    match root {
        Root::Archive(archive) => walk.through(archive.as_ref(), None, 1),
        Root::Files(files) => files.iter().try_for_each(|(entry, upload)| walk.upload(entry, upload)),
    }
}

struct Walk<'w, 'v> {
    visitor: &'w mut EventVisitor<'v>,
    /// Whether files without a number of an archive are in one all the same.
    is_packed: bool,
    archives: usize,
    files: usize,
    unpacked_bytes: u64,
    /// After an error that ends the walk; others leave a single archive out.
    has_ended: bool,
}

impl Walk<'_, '_> {
    /// Files of an archive. There are `depth` archives around them.
    fn through(&mut self, container: &dyn Container, archive: Option<usize>, depth: usize) -> Result<(), ImportError> {
        container.visit(&mut |entry, contents| self.entry(entry, contents, archive, depth))
    }

    /// A chosen file.
    fn upload(&mut self, entry: &Entry, upload: &Upload) -> Result<(), ImportError> {
        let kind = if is_picture_name(&entry.path) { Kind::File } else { kind_of(upload)? };
        if kind.is_read_archive() {
            return self.archive(&entry.path, upload, None, 1);
        }
        self.tell_of_foreign(kind, &entry.path)?;
        self.file(entry, &mut Window::on(upload.bytes.as_ref()).reader(), None)
    }

    /// A file in an archive.
    fn entry(&mut self, entry: &Entry, contents: &mut dyn Read, archive: Option<usize>, depth: usize) -> Result<(), ImportError> {
        let path = entry.path.as_str();
        if entry.is_folder() || is_picture_name(path) {
            return self.file(entry, contents, archive);
        }
        let mut contents = match Started::new(contents) {
            Ok(contents) => contents,
            // Whoever reads a file hears of it; an archive has no other reader.
            Err(error) if is_archive_name(path) => return self.unread(path, ImportError::while_reading(path, error)),
            Err(error) => return self.file(entry, &mut Unreadable(Some(error)), archive),
        };
        let kind = Kind::of_start(contents.start());
        if !kind.is_read_archive() {
            self.tell_of_foreign(kind, path)?;
            return self.file(entry, &mut contents, archive);
        }
        if depth >= limits::NESTED_ARCHIVES {
            return self.unread(path, ImportError::NestedTooDeep { path: path.into() });
        }
        let bytes = match read_whole(entry, &mut contents, limits::NESTED_BYTES) {
            Ok(bytes) => bytes,
            Err(error) => return self.unread(path, error),
        };
        self.count(bytes.len() as u64, path)?;
        self.archive(path, &Upload { path: path.into(), bytes: Box::new(bytes) }, archive, depth + 1)
    }

    /// Says that an archive of another kind is not read. Other documents beside the images are nobody's loss.
    fn tell_of_foreign(&mut self, kind: Kind, path: &str) -> Result<(), ImportError> {
        match kind {
            Kind::Foreign(foreign) if foreign.is_archive() || is_archive_name(path) => self.unread(path, foreign.at(path)),
            _ => Ok(()),
        }
    }

    fn archive(&mut self, path: &str, upload: &Upload, parent: Option<usize>, depth: usize) -> Result<(), ImportError> {
        let number = self.archives;
        self.archives += 1;
        self.tell(Event::Archive { parent, path })?;
        let outcome = kind_of(upload).and_then(|kind| open_archive(upload, kind)).and_then(|archive| match archive {
            Some(archive) => self.through(archive.as_ref(), Some(number), depth),
            None => Ok(()),
        });
        match outcome {
            Err(error) if !self.has_ended => self.unread(path, error),
            outcome => outcome,
        }
    }

    fn file(&mut self, entry: &Entry, contents: &mut dyn Read, archive: Option<usize>) -> Result<(), ImportError> {
        self.files += 1;
        if self.files > limits::FILES {
            self.has_ended = true;
            return Err(ImportError::TooManyFiles { what: text!("the upload").into() });
        }
        let mut contents = Counting { contents, count: 0 };
        self.tell(Event::File { archive, entry, contents: &mut contents })?;
        if self.is_packed || archive.is_some() { self.count(contents.count, &entry.path) } else { Ok(()) }
    }

    fn unread(&mut self, path: &str, error: ImportError) -> Result<(), ImportError> {
        self.tell(Event::Unread { path, error })
    }

    fn tell(&mut self, event: Event<'_>) -> Result<(), ImportError> {
        let outcome = (self.visitor)(event);
        self.has_ended |= outcome.is_err();
        outcome
    }

    /// Bytes that came out of archives, all together: many files may share the same packed ones.
    fn count(&mut self, bytes: u64, path: &str) -> Result<(), ImportError> {
        self.unpacked_bytes = self.unpacked_bytes.saturating_add(bytes);
        if self.unpacked_bytes > limits::UNPACKED_BYTES {
            self.has_ended = true;
            return Err(ImportError::UnpacksToTooMuch { path: path.into() });
        }
        Ok(())
    }
}

/// Contents that count what is read of them.
struct Counting<'r> {
    contents: &'r mut dyn Read,
    count: u64,
}

impl Read for Counting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.contents.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

/// Contents whose start could not be read.
struct Unreadable(Option<io::Error>);

impl Read for Unreadable {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.take().unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into()))
    }
}
