//! A zip, its files in the order of their paths.

use std::io::{self, Read};

use rawzip::extra_fields::ExtraFieldId;
use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipArchiveEntryWayfinder, ZipFileHeaderRecord};

use super::entry::{Container, Entry, Visitor, tidied};
use super::foreign::Foreign;
use super::names::{NameReader, RawName};
use super::zip_method::{name_if_unread, unpacked};
use crate::dataset::import::error::ImportError;
use crate::dataset::import::limits;
use crate::dataset::import::source::{Upload, Window};

pub struct ZipFile<'a> {
    archive: ZipArchive<Window<'a>>,
    files: Vec<ZippedFile>,
}

struct ZippedFile {
    entry: Entry,
    place: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    is_protected: bool,
}

impl<'a> ZipFile<'a> {
    /// Reads the directory.
    ///
    /// # Errors
    /// When it cannot be read, or when nothing in the zip can.
    pub fn open(upload: &'a Upload) -> Result<Self, ImportError> {
        let path = upload.path.as_str();
        let damaged = |error: rawzip::Error| match error.kind() {
            rawzip::ErrorKind::MissingEndOfCentralDirectory if is_first_part(path) => Foreign::Spanned.at(path),
            _ => ImportError::while_reading(path, unwrapped(error)),
        };
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let window = Window::on(upload.bytes.as_ref());
        let archive =
            rawzip::ZipLocator::new().locate_in_reader(window, &mut buffer, upload.bytes.size()).map_err(|(_, error)| damaged(error))?;
        let mut found = Vec::new();
        let mut entries = archive.entries(&mut buffer);
        while let Some(entry) = entries.next_entry().map_err(damaged)? {
            if found.len() == limits::FILES {
                return Err(ImportError::TooManyFiles { what: path.into() });
            }
            let method = entry.compression_method();
            let is_protected = entry.flags().is_encrypted() || method == CompressionMethod::AES;
            let file = Entry { path: String::new(), bytes: entry.uncompressed_size_hint() };
            found.push((name_of(&entry), ZippedFile { entry: file, place: entry.wayfinder(), method, is_protected }));
        }
        let reader = NameReader::of(found.iter().map(|(name, _)| name));
        let named = |(name, mut file): (RawName, ZippedFile)| {
            file.entry.path = tidied(&reader.text(&name))?;
            Some(file)
        };
        let mut files: Vec<ZippedFile> = found.into_iter().filter_map(named).collect();
        files.sort_by(|left, right| left.entry.path.cmp(&right.entry.path));
        let contents = || files.iter().filter(|file| !file.entry.is_folder());
        if contents().count() > 0 && contents().all(|file| file.is_protected) {
            return Err(ImportError::Protected { path: path.into() });
        }
        let first_method = contents().next().and_then(|file| name_if_unread(file.method));
        if let Some(method) = first_method.filter(|_| contents().all(|file| name_if_unread(file.method).is_some())) {
            return Err(ImportError::Method { path: path.into(), method });
        }
        Ok(Self { archive, files })
    }
}

/// Whether a file is called like the first piece of a zip that was cut into pieces: `pets.zip.001`, `pets.z01`.
fn is_first_part(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let digits = ending.as_deref().map(|ending| ending.strip_prefix('z').unwrap_or(ending));
    digits.is_some_and(|digits| digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The name of a file, in Unicode if the zip has it so.
fn name_of(entry: &ZipFileHeaderRecord<'_>) -> RawName {
    let path = entry.file_path();
    let bytes = path.as_bytes();
    // Info-ZIP's field: a version, the checksum of the name that it belongs to, and the name in UTF-8.
    let unicode = entry.extra_fields().find(|(id, _)| *id == ExtraFieldId::INFO_ZIP_UNICODE_PATH).and_then(|(_, field)| {
        let (checksum, name) = field.strip_prefix(&[1])?.split_first_chunk::<4>()?;
        let belongs = u32::from_le_bytes(*checksum) == rawzip::crc32(bytes);
        str::from_utf8(name).ok().filter(|name| belongs && !name.is_empty())
    });
    match unicode {
        Some(name) => RawName::Text(name.into()),
        None if entry.flags().is_utf8() => RawName::utf8(bytes),
        None => RawName::Bytes(bytes.into()),
    }
}

impl Container for ZipFile<'_> {
    fn visit(&self, visitor: &mut Visitor<'_>) -> Result<(), ImportError> {
        for file in &self.files {
            visitor(&file.entry, &mut Lazy { zip: self, file, opened: None })?;
        }
        Ok(())
    }
}

/// The contents of a file, which is looked up when they are first asked for.
struct Lazy<'z, 'a> {
    zip: &'z ZipFile<'a>,
    file: &'z ZippedFile,
    opened: Option<Box<dyn Read + 'z>>,
}

impl<'z, 'a> Lazy<'z, 'a> {
    fn open(&self) -> io::Result<Box<dyn Read + 'z>> {
        let zip: &'z ZipFile<'a> = self.zip;
        let ZippedFile { entry: Entry { path, .. }, place, method, is_protected } = self.file;
        if *is_protected {
            return Err(ImportError::Protected { path: path.clone() }.into_io());
        }
        let entry = zip.archive.get_entry(*place).map_err(unwrapped)?;
        Ok(Box::new(entry.verifying_reader(unpacked(path, *method, entry.reader())?)))
    }
}

impl Read for Lazy<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut contents = match self.opened.take() {
            Some(contents) => contents,
            None => self.open()?,
        };
        let count = contents.read(buffer)?;
        self.opened = Some(contents);
        Ok(count)
    }
}

/// Keeps an error of our own that passes through.
fn unwrapped(error: rawzip::Error) -> io::Error {
    match error.into_kind() {
        rawzip::ErrorKind::IO(error) => error,
        other => io::Error::other(other.to_string()),
    }
}
