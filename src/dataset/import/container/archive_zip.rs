//! A zip, its files in the order of their paths.

use std::io::{self, Read};

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipArchiveEntryWayfinder, ZipReader};

use super::entry::{Container, Entry, Visitor, tidied};
use super::inflated::Inflated;
use crate::dataset::import::error::ImportError;
use crate::dataset::import::limits;
use crate::dataset::import::source::{Upload, Window};

pub struct ZipFile<'a> {
    path: &'a str,
    archive: ZipArchive<Window<'a>>,
    files: Vec<(Entry, ZipArchiveEntryWayfinder, CompressionMethod)>,
}

impl<'a> ZipFile<'a> {
    /// Reads the directory.
    pub fn open(upload: &'a Upload) -> Result<Self, ImportError> {
        let path = upload.path.as_str();
        let damaged = |error: rawzip::Error| ImportError::while_reading(path, unwrapped(error));
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let window = Window::on(upload.bytes.as_ref());
        let archive =
            rawzip::ZipLocator::new().locate_in_reader(window, &mut buffer, upload.bytes.size()).map_err(|(_, error)| damaged(error))?;
        let mut files = Vec::new();
        let mut entries = archive.entries(&mut buffer);
        let mut seen = 0;
        while let Some(entry) = entries.next_entry().map_err(damaged)? {
            seen += 1;
            if seen > limits::FILES {
                return Err(ImportError::TooManyFiles { what: path.into() });
            }
            let Some(name) = tidied(entry.file_path().as_bytes()) else { continue };
            let bytes = entry.uncompressed_size_hint();
            files.push((Entry { path: name, bytes }, entry.wayfinder(), entry.compression_method()));
        }
        files.sort_by(|(left, ..), (right, ..)| left.path.cmp(&right.path));
        Ok(Self { path, archive, files })
    }
}

impl Container for ZipFile<'_> {
    fn visit(&self, visitor: &mut Visitor<'_>) -> Result<(), ImportError> {
        let mut unpacked = 0u64;
        for (entry, place, method) in &self.files {
            let mut contents = Lazy { zip: self, entry, place: *place, method: *method, opened: None, unpacked: 0 };
            visitor(entry, &mut contents)?;
            // Many entries of an archive may share the same packed bytes.
            unpacked += contents.unpacked;
            if unpacked > limits::UNPACKED_BYTES {
                return Err(ImportError::UnpacksToTooMuch { path: self.path.into() });
            }
        }
        Ok(())
    }
}

/// The contents of an entry, which is looked up when they are first asked for.
struct Lazy<'z, 'a> {
    zip: &'z ZipFile<'a>,
    entry: &'z Entry,
    place: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    opened: Option<Box<dyn Read + 'z>>,
    unpacked: u64,
}

impl<'z, 'a> Lazy<'z, 'a> {
    fn open(&self) -> io::Result<Box<dyn Read + 'z>> {
        let zip: &'z ZipFile<'a> = self.zip;
        let entry = zip.archive.get_entry(self.place).map_err(unwrapped)?;
        let packed = entry.reader();
        if self.method == CompressionMethod::STORE {
            return Ok(Box::new(entry.verifying_reader(packed)));
        }
        if self.method != CompressionMethod::DEFLATE {
            let reason = "it is packed or encrypted in a way that is not supported: pack it with Deflate, without a password";
            return Err(ImportError::Damaged { path: self.entry.path.clone(), reason: reason.into() }.into_io());
        }
        let taken_in = |decoder: &DeflateDecoder<ZipReader<&Window<'_>>>| decoder.total_in();
        Ok(Box::new(entry.verifying_reader(Inflated::new(DeflateDecoder::new(packed), &self.entry.path, taken_in))))
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
        self.unpacked += count as u64;
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
