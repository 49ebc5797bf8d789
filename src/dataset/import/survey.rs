//! The first look at an upload: names and sizes of its files.

use std::io::Read;

use super::cifar::{CifarFile, CifarSet, Contents, Form, file_kind};
use super::error::ImportError;
use super::folders::is_picture_name;
use super::limits;
use super::source::Upload;
use crate::dataset::import::container::{Container, Entry, read_whole};
use crate::dataset::name_from;

/// What there is.
pub(super) struct Survey {
    /// What the upload is called.
    pub name: String,
    /// Which CIFAR, if there is a file of its images.
    pub cifar: Option<CifarSet>,
    /// CIFAR's files with their paths.
    pub cifar_files: Vec<(String, CifarFile)>,
    /// Lists of names and what is in them.
    pub names: Vec<(CifarFile, Vec<u8>)>,
    /// Paths of pictures.
    pub pictures: Vec<String>,
    /// Bytes of CIFAR's images, and of pictures.
    pub bytes: [u64; 2],
}

impl Survey {
    /// Looks at every file.
    ///
    /// # Errors
    /// When the container cannot be read, or files of CIFAR-10 and CIFAR-100 are mixed.
    pub fn of(container: &dyn Container, uploads: &[Upload]) -> Result<Self, ImportError> {
        let paths: Vec<&str> = uploads.iter().map(|upload| upload.path.as_str()).collect();
        let mut survey = Self {
            name: name_of_upload(&paths),
            cifar: None,
            cifar_files: Vec::new(),
            names: Vec::new(),
            pictures: Vec::new(),
            bytes: [0; 2],
        };
        container.visit(&mut |entry, contents| survey.look_at(entry, contents))?;
        let of_images = |(_, file): &&(String, CifarFile)| matches!(file.contents, Contents::Training(_) | Contents::Test(_));
        let mut with_images = survey.cifar_files.iter().filter(of_images);
        if let Some((first, file)) = with_images.next() {
            if let Some((second, other)) = with_images.find(|(_, other)| other.set != file.set) {
                let (first, second) = (first.clone(), second.clone());
                return Err(ImportError::Mixed { first, first_set: file.set.name(), second, second_set: other.set.name() });
            }
            survey.cifar = Some(file.set);
        }
        Ok(survey)
    }

    fn look_at(&mut self, entry: &Entry, contents: &mut dyn Read) -> Result<(), ImportError> {
        if is_picture_name(&entry.path) {
            self.pictures.push(entry.path.clone());
            self.bytes[1] = self.bytes[1].saturating_add(entry.bytes);
            return Ok(());
        }
        let Some(file) = file_kind(&entry.path, entry.bytes) else { return Ok(()) };
        match file.contents {
            // Names as plain as "train" are common: a pickle begins with its version.
            Contents::Training(Form::Python) | Contents::Test(Form::Python) if !begins_with(0x80, entry, contents)? => return Ok(()),
            Contents::NamesAsText { .. } | Contents::NamesPickled => {
                self.names.push((file, read_whole(entry, contents, limits::NAMES_FILE_BYTES)?));
            }
            _ => self.bytes[0] = self.bytes[0].saturating_add(entry.bytes),
        }
        self.cifar_files.push((entry.path.clone(), file));
        Ok(())
    }
}

fn begins_with(byte: u8, entry: &Entry, contents: &mut dyn Read) -> Result<bool, ImportError> {
    let mut start = [0];
    let read = contents.read(&mut start).map_err(|error| ImportError::while_reading(&entry.path, error))?;
    Ok(read == 1 && start == [byte])
}

/// The name of what was uploaded: the folder that holds all files, or the file without its endings.
fn name_of_upload(paths: &[&str]) -> String {
    let first = paths.first().copied().unwrap_or_default();
    match first.split_once('/') {
        Some((folder, _)) if paths.iter().all(|path| path.split('/').next() == Some(folder)) => name_from(folder),
        _ => {
            let file = first.rsplit('/').next().unwrap_or(first);
            let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
            if paths.len() == 1 { name_from(stem) } else { name_from("") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_is_called_like_its_folder_or_its_file() {
        assert_eq!(name_of_upload(&["My pets.tar.gz"]), "my-pets");
        assert_eq!(name_of_upload(&["pets/cats/1.png", "pets/dogs/1.png"]), "pets", "the chosen folder");
        assert_eq!(name_of_upload(&["data_batch_1.bin"]), "data-batch-1");
        assert_eq!(name_of_upload(&["a.png", "b.png"]), "images", "several without a folder");
    }
}
