//! A tar, or what is made smaller as a whole: most often a tar as well.

use std::cell::OnceCell;
use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

use super::entry::{Container, Entry, Visitor, tidied};
use super::inflated::Inflated;
use super::kind::{Kind, Packing};
use super::names::{NameReader, RawName};
use super::start::Started;
use crate::dataset::import::error::ImportError;
use crate::dataset::import::limits;
use crate::dataset::import::source::{Upload, Window};

pub struct TarFile<'a> {
    upload: &'a Upload,
    packing: Option<Packing>,
    /// How names are read that are no UTF-8; learnt when there is one.
    names: OnceCell<NameReader>,
}

impl<'a> TarFile<'a> {
    pub fn plain(upload: &'a Upload) -> Self {
        Self { upload, packing: None, names: OnceCell::new() }
    }

    pub fn packed(upload: &'a Upload, packing: Packing) -> Self {
        Self { upload, packing: Some(packing), names: OnceCell::new() }
    }

    /// All bytes, unpacked.
    fn with_bytes<T>(&self, read: impl FnOnce(&mut dyn Read) -> Result<T, ImportError>) -> Result<T, ImportError> {
        let path = &self.upload.path;
        let window = Window::on(self.upload.bytes.as_ref());
        let packed = window.reader();
        match self.packing {
            None => read(&mut { packed }),
            Some(Packing::Gzip) => {
                let decoder = |packed| Ok(MultiGzDecoder::new(packed));
                read(&mut Inflated::new(path, packed, decoder).map_err(|error| ImportError::while_reading(path, error))?)
            }
        }
    }

    /// How many bytes a gzip says that it unpacks to, in its last four.
    fn unpacked_bytes(&self) -> u64 {
        let source = self.upload.bytes.as_ref();
        let mut end = [0; 4];
        let read = source.read_at(&mut end, source.size().saturating_sub(4));
        read.map_or(0, |_| u64::from(u32::from_le_bytes(end)))
    }

    /// Shows each file and folder of a tar with its name as it is written.
    fn each_file(&self, bytes: &mut dyn Read, visitor: &mut RawVisitor<'_>) -> Result<(), ImportError> {
        let path = &self.upload.path;
        let damaged = |error: io::Error| ImportError::while_reading(path, error);
        let mut tar = tar::Archive::new(bytes);
        let mut files = 0;
        for entry in tar.entries().map_err(damaged)? {
            let mut contents = entry.map_err(damaged)?;
            files += 1;
            if files > limits::FILES {
                return Err(ImportError::TooManyFiles { what: path.clone() });
            }
            let kind = contents.header().entry_type();
            let mut name = contents.path_bytes().into_owned();
            if kind.is_dir() && name.last() != Some(&b'/') {
                name.push(b'/');
            }
            if kind.is_file() || kind.is_dir() {
                let bytes = contents.size();
                visitor(name, bytes, &mut contents)?;
            }
        }
        Ok(())
    }

    /// The text of a name.
    fn text(&self, name: Vec<u8>) -> Result<String, ImportError> {
        let name = match String::from_utf8(name) {
            Ok(name) => return Ok(name),
            Err(error) => RawName::Bytes(error.into_bytes()),
        };
        if let Some(names) = self.names.get() {
            return Ok(names.text(&name));
        }
        let mut all = Vec::new();
        self.with_bytes(|bytes| {
            self.each_file(bytes, &mut |name, _, _| {
                all.push(RawName::Bytes(name));
                Ok(())
            })
        })?;
        Ok(self.names.get_or_init(|| NameReader::of(all.iter())).text(&name))
    }
}

/// What is called for each file with its name, its size and its contents.
type RawVisitor<'v> = dyn FnMut(Vec<u8>, u64, &mut dyn Read) -> Result<(), ImportError> + 'v;

impl Container for TarFile<'_> {
    fn visit(&self, visitor: &mut Visitor<'_>) -> Result<(), ImportError> {
        let path = &self.upload.path;
        self.with_bytes(|bytes| {
            let mut bytes = Started::new(bytes).map_err(|error| ImportError::while_reading(path, error))?;
            let name = path.rsplit('/').next().unwrap_or(path);
            // A single file is called like what it is packed into, without the ending.
            let inner = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let is_tar = self.packing.is_none() || [Kind::of_start(bytes.start()), Kind::of_name(inner)].contains(&Kind::Tar);
            if !is_tar {
                let Some(path) = tidied(inner) else { return Ok(()) };
                return visitor(&Entry { path, bytes: self.unpacked_bytes() }, &mut bytes);
            }
            self.each_file(&mut bytes, &mut |name, bytes, contents| {
                let Some(path) = tidied(&self.text(name)?) else { return Ok(()) };
                visitor(&Entry { path, bytes }, contents)
            })
        })
    }
}
