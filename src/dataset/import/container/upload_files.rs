//! The files of an upload, those in archives and in archives inside of them too.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::arrangement::{Arrangement, Found};
use super::entry::{Container, Entry, Visitor};
use super::walk::{Event, Root, walk};
use crate::dataset::import::error::ImportError;
use crate::dataset::import::picture::is_picture_name;
use crate::dataset::import::source::Upload;
use crate::language::text;

/// The chosen files, or what is in them.
pub(in crate::dataset::import) struct UploadFiles<'a> {
    root: Root<'a>,
    /// How the folders of several archives go together; learnt when the first of them is met.
    arrangement: OnceCell<Arrangement>,
    /// What is learnt on the way. Each look at the files learns the same.
    notes: RefCell<Notes>,
}

#[derive(Default)]
struct Notes {
    /// Archives that could not be read, with their paths.
    unread: BTreeMap<String, ImportError>,
    /// Folders with letters beyond ASCII: the preferred spelling, and that of the first file in it.
    spellings: BTreeMap<String, String>,
    /// Whether a folder is written in two ways.
    has_two_spellings: bool,
}

impl<'a> UploadFiles<'a> {
    /// Looks at what was chosen.
    ///
    /// # Errors
    /// When it is one archive that cannot be opened.
    pub fn open(uploads: &'a [Upload]) -> Result<Self, ImportError> {
        Ok(Self { root: Root::of(uploads)?, arrangement: OnceCell::new(), notes: RefCell::default() })
    }

    /// Archives that could not be read, among others or inside of another.
    pub fn unread(&self) -> Vec<(String, ImportError)> {
        self.notes.borrow().unread.clone().into_iter().collect()
    }

    /// What the visitor should know about archives and names.
    pub fn notices(&self) -> Vec<String> {
        let mut notices = self.arrangement.get().map(|arrangement| arrangement.notices.clone()).unwrap_or_default();
        if self.notes.borrow().has_two_spellings {
            let notice =
                text!("Some folders have accents that are written in two ways, as macOS does it and as others do: they count as one.");
            notices.push(notice.into());
        }
        notices
    }

    /// How the folders of the archives go together.
    fn arrangement(&self) -> Result<&Arrangement, ImportError> {
        if let Some(arrangement) = self.arrangement.get() {
            return Ok(arrangement);
        }
        let mut archives: Vec<Found> = Vec::new();
        walk(&self.root, &mut |event| {
            match event {
                Event::Archive { parent, path } => archives.push(Found { parent, path: path.into(), pictures: Vec::new() }),
                Event::File { archive: Some(archive), entry, .. } if is_picture_name(&entry.path) => {
                    if let Some(archive) = archives.get_mut(archive) {
                        archive.pictures.push(entry.path.clone());
                    }
                }
                Event::File { .. } | Event::Unread { .. } => {}
            }
            Ok(())
        })?;
        Ok(self.arrangement.get_or_init(|| Arrangement::of(archives)))
    }

    /// The path as Unicode prefers to spell it: macOS writes an accent as a letter of its own.
    fn composed(&self, path: String) -> String {
        if path.is_ascii() {
            return path;
        }
        let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&path).into_owned();
        let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        if let (Some(written), Some(folder)) = (folder(&path), folder(&composed)) {
            let Notes { spellings, has_two_spellings, .. } = &mut *self.notes.borrow_mut();
            *has_two_spellings |= *spellings.entry(folder).or_insert_with(|| written.clone()) != written;
        }
        composed
    }
}

impl Container for UploadFiles<'_> {
    fn visit(&self, visitor: &mut Visitor<'_>) -> Result<(), ImportError> {
        walk(&self.root, &mut |event| match event {
            Event::Archive { .. } => Ok(()),
            Event::Unread { path, error } => {
                self.notes.borrow_mut().unread.insert(path.into(), error);
                Ok(())
            }
            Event::File { archive, entry, contents } => {
                let path = match archive {
                    Some(archive) => self.arrangement()?.path(archive, &entry.path),
                    None => entry.path.clone(),
                };
                visitor(&Entry { path: self.composed(path), bytes: entry.bytes }, contents)
            }
        })
    }
}
