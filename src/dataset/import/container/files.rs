//! Chosen files, in the order of their paths.

use super::entry::{Container, Entry, Visitor, tidied};
use crate::dataset::import::error::ImportError;
use crate::dataset::import::limits;
use crate::dataset::import::source::{Upload, Window};

pub struct Files<'a> {
    files: Vec<(Entry, &'a Upload)>,
}

impl<'a> Files<'a> {
    pub fn new(uploads: &'a [Upload]) -> Result<Self, ImportError> {
        if uploads.len() > limits::FILES {
            return Err(ImportError::TooManyFiles { what: "the folder".into() });
        }
        let entry = |upload: &'a Upload| Some((Entry { path: tidied(upload.path.as_bytes())?, bytes: upload.bytes.size() }, upload));
        let mut files: Vec<_> = uploads.iter().filter_map(entry).collect();
        // Browsers list a folder in an order of their own.
        files.sort_by(|(left, _), (right, _)| left.path.cmp(&right.path));
        Ok(Self { files })
    }
}

impl Container for Files<'_> {
    fn visit(&self, visitor: &mut Visitor<'_>) -> Result<(), ImportError> {
        for (entry, upload) in &self.files {
            let window = Window::on(upload.bytes.as_ref());
            visitor(entry, &mut window.reader())?;
        }
        Ok(())
    }
}
