//! The first look at an upload: names and sizes of its files, and how those begin whose names say nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use super::cifar::{CifarFile, CifarSet, Contents, Form, file_kind};
use super::error::ImportError;
use super::left_out::{LeftOut, Why};
use super::limits;
use super::picture::{FileFormat, START_BYTES, ending_of, is_picture_name};
use super::source::Upload;
use crate::dataset::import::container::{Container, Entry, name_of_parts, read_whole};
use crate::dataset::name_from;
use crate::language::format::grouped;
use crate::language::{text, tr};

/// Endings of files that are no pictures and are not looked into.
const OTHERS: [&str; 62] = [
    "txt", "md", "csv", "tsv", "json", "jsonl", "xml", "html", "htm", "yaml", "yml", "toml", "ini", "cfg", "log", "rtf", "doc", "docx",
    "odt", "xls", "xlsx", "ods", "ppt", "pptx", "py", "ipynb", "m", "r", "js", "css", "c", "h", "cpp", "rs", "sh", "bat", "mat", "npy",
    "npz", "h5", "hdf5", "pkl", "pickle", "pt", "pth", "tfrecord", "parquet", "arrow", "lmdb", "mdb", "db", "sqlite", "zip", "gz", "tgz",
    "tar", "7z", "rar", "bz2", "xz", "mp3", "wav",
];

/// Files without pictures that are named where there are no pictures at all.
const NAMED: usize = 3;

/// What there is.
#[derive(Default)]
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
    /// Tables, maybe of labels, and what is in them.
    pub tables: Vec<(String, Vec<u8>)>,
    /// Files that show something, but are no pictures that are read.
    pub unread: LeftOut,
    /// Folders without files.
    pub empty_folders: Vec<String>,
    /// Bytes of CIFAR's images, and of pictures.
    pub bytes: [u64; 2],
    /// The first file that says where things are in a picture.
    boxes: Option<String>,
    /// Plain texts: how many, and the first.
    texts: (usize, String),
    /// Other files by their ending: how many, and the first.
    others: BTreeMap<String, (usize, String)>,
}

impl Survey {
    /// Looks at every file.
    ///
    /// # Errors
    /// When the container cannot be read, or files of CIFAR-10 and CIFAR-100 are mixed.
    pub fn of(container: &dyn Container, uploads: &[Upload]) -> Result<Self, ImportError> {
        let paths: Vec<&str> = uploads.iter().map(|upload| upload.path.as_str()).collect();
        let mut survey = Self { name: name_of_upload(&paths), ..Self::default() };
        let (mut folders, mut full) = (BTreeSet::new(), BTreeSet::new());
        container.visit(&mut |entry, contents| {
            if let Some(folder) = entry.path.strip_suffix('/') {
                folders.insert(folder.to_owned());
                return Ok(());
            }
            fill(&mut full, &entry.path);
            survey.look_at(entry, contents)
        })?;
        survey.empty_folders = empty(folders, &full);
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

    /// A file that says where things are in the pictures, if there is one.
    pub fn boxes(&self) -> Option<&str> {
        let (texts, first) = &self.texts;
        let beside_each = *texts > 1 && texts * 2 >= self.pictures.len();
        self.boxes.as_deref().or_else(|| beside_each.then_some(first.as_str()))
    }

    /// What there is instead of pictures, after a comma; empty where there is nothing at all.
    pub fn instead(&self) -> String {
        let mut others: Vec<(&String, &(usize, String))> = self.others.iter().collect();
        others.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        let of_matlab = match self.others.contains_key("mat") {
            true => text!(" (of CIFAR the versions for Python and in binary are read, that for MATLAB is not)"),
            false => "",
        };
        let file = |(ending, (count, first)): &(&String, &(usize, String))| match (ending.as_str(), count) {
            (_, 1) => first.clone(),
            ("", count) => tr!("{files} files such as {first}", files = grouped(*count), first),
            (ending, count) => tr!("{files} files .{ending}", files = grouped(*count), ending),
        };
        let named: Vec<String> = others.iter().take(NAMED).map(file).collect();
        let more = if others.len() > NAMED { ", …" } else { "" };
        let files = named.join(", ") + more;
        if named.is_empty() { String::new() } else { tr!(", only {files}{of_matlab}", files, of_matlab) }
    }

    fn look_at(&mut self, entry: &Entry, contents: &mut dyn Read) -> Result<(), ImportError> {
        let ending = ending_of(&entry.path);
        if is_picture_name(&entry.path) {
            self.take_picture(entry);
            return Ok(());
        }
        let file = file_kind(&entry.path, entry.bytes);
        let may_be_pickled =
            file.is_some_and(|file| matches!(file.contents, Contents::Training(Form::Python) | Contents::Test(Form::Python)));
        let is_known = OTHERS.contains(&ending.as_str());
        let mut start = Vec::new();
        if may_be_pickled || (file.is_none() && !is_known) {
            // What cannot be unpacked is said where it is asked for in whole.
            drop((&mut *contents).take(START_BYTES as u64).read_to_end(&mut start));
        }
        // Names as plain as "train" are common: a pickle begins with its version.
        if let Some(file) = file.filter(|_| !may_be_pickled || start.first() == Some(&0x80)) {
            match file.contents {
                Contents::NamesAsText { .. } | Contents::NamesPickled => {
                    self.names.push((file, read_whole(entry, contents, limits::NAMES_FILE_BYTES)?));
                }
                _ => self.bytes[0] = self.bytes[0].saturating_add(entry.bytes),
            }
            self.cifar_files.push((entry.path.clone(), file));
            return Ok(());
        }
        let format = if is_known { FileFormat::Unknown } else { FileFormat::of(&entry.path, &start) };
        match format {
            format if format.is_picture() => self.take_picture(entry),
            format if format.shows_something() => self.unread.add(&entry.path, Why::Format(format), String::new),
            _ => self.look_at_other(entry, &ending, contents),
        }
        Ok(())
    }

    fn take_picture(&mut self, entry: &Entry) {
        self.pictures.push(entry.path.clone());
        self.bytes[1] = self.bytes[1].saturating_add(entry.bytes);
    }

    fn look_at_other(&mut self, entry: &Entry, ending: &str, contents: &mut dyn Read) {
        let path = entry.path.to_lowercase();
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let folder = folders.rsplit('/').next().unwrap_or_default();
        let is_boxes = (ending == "txt" && folder == "labels")
            || (ending == "xml" && folder.starts_with("annotation"))
            || (ending == "json" && (name.ends_with("coco.json") || name.starts_with("instances_")));
        if is_boxes {
            self.boxes.get_or_insert_with(|| entry.path.clone());
        }
        if ending == "txt" {
            self.texts.0 += 1;
            if self.texts.0 == 1 {
                self.texts.1.clone_from(&entry.path);
            }
        }
        // A form to fill in for a contest names every picture and tells nothing.
        let is_table = (ending == "csv" || ending == "tsv") && !name.contains("submission");
        if is_table && self.tables.len() < limits::TABLES && entry.bytes <= limits::TABLE_BYTES {
            match read_whole(entry, contents, limits::TABLE_BYTES) {
                Ok(bytes) => self.tables.push((entry.path.clone(), bytes)),
                Err(error) => self.unread.add_unread(&entry.path, error),
            }
        }
        self.others.entry(ending.to_owned()).or_insert_with(|| (0, entry.path.clone())).0 += 1;
    }
}

/// Adds the folders around a file or a folder.
fn fill(full: &mut BTreeSet<String>, path: &str) {
    let mut path = path;
    // What is around a known one is known.
    while let Some((folder, _)) = path.rsplit_once('/').filter(|(folder, _)| !full.contains(*folder)) {
        full.insert(folder.to_owned());
        path = folder;
    }
}

/// Folders that are not around anything.
fn empty(folders: BTreeSet<String>, full: &BTreeSet<String>) -> Vec<String> {
    let mut around = full.clone();
    folders.iter().for_each(|folder| fill(&mut around, folder));
    folders.into_iter().filter(|folder| !around.contains(folder)).collect()
}

/// The name of what was uploaded: the folder that holds all files, or the file without its endings.
fn name_of_upload(paths: &[&str]) -> String {
    let first = paths.first().copied().unwrap_or_default();
    match first.split_once('/') {
        Some((folder, _)) if paths.iter().all(|path| path.split('/').next() == Some(folder)) => name_from(folder),
        _ => {
            if let Some(name) = name_of_parts(paths) {
                return name_from(&name);
            }
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
        assert_eq!(name_of_upload(&["pets-001.zip", "pets-002.zip"]), "pets", "the parts of a download");
        assert_eq!(name_of_upload(&["a.png", "b.png"]), "images", "several without a folder");
    }

    #[test]
    fn a_folder_is_empty_if_nothing_lies_below_it() {
        let mut full = BTreeSet::new();
        fill(&mut full, "pets/cats/1.png");
        fill(&mut full, "pets/labels/1.txt");
        let folders = ["pets", "pets/cats", "pets/labels", "pets/birds", "pets/fish", "pets/fish/old"].map(str::to_owned);
        assert_eq!(empty(folders.into(), &full), ["pets/birds", "pets/fish/old"]);
    }
}
