//! A tar, plain or zipped with gzip.

use std::io::{self, Read};

use flate2::read::GzDecoder;

use super::entry::{Container, Entry, Visitor, tidied};
use super::inflated::Inflated;
use crate::dataset::import::error::ImportError;
use crate::dataset::import::limits;
use crate::dataset::import::source::{SourceReader, Upload, Window};

pub struct TarFile<'a> {
    upload: &'a Upload,
    is_zipped: bool,
}

impl<'a> TarFile<'a> {
    pub fn plain(upload: &'a Upload) -> Self {
        Self { upload, is_zipped: false }
    }

    pub fn zipped(upload: &'a Upload) -> Self {
        Self { upload, is_zipped: true }
    }
}

impl Container for TarFile<'_> {
    fn visit(&self, visitor: &mut Visitor<'_>) -> Result<(), ImportError> {
        let path = &self.upload.path;
        let window = Window::on(self.upload.bytes.as_ref());
        if !self.is_zipped {
            return visit_entries(path, window.reader(), visitor);
        }
        let taken_in = |decoder: &GzDecoder<SourceReader<'_>>| decoder.get_ref().position();
        visit_entries(path, Inflated::new(GzDecoder::new(window.reader()), path, taken_in), visitor)
    }
}

fn visit_entries(archive: &str, bytes: impl Read, visitor: &mut Visitor<'_>) -> Result<(), ImportError> {
    let damaged = |error: io::Error| ImportError::while_reading(archive, error);
    let mut tar = tar::Archive::new(bytes);
    let mut files = 0;
    for entry in tar.entries().map_err(damaged)? {
        let mut contents = entry.map_err(damaged)?;
        files += 1;
        if files > limits::FILES {
            return Err(ImportError::TooManyFiles { what: archive.into() });
        }
        if !contents.header().entry_type().is_file() {
            continue;
        }
        let Some(path) = tidied(&contents.path_bytes()) else { continue };
        let entry = Entry { path, bytes: contents.size() };
        visitor(&entry, &mut contents)?;
    }
    Ok(())
}
