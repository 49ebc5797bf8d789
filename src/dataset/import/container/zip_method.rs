//! How the files in a zip are packed.

use std::io::{self, Read};

use deflate64::Deflate64Decoder;
use flate2::read::DeflateDecoder;
use rawzip::CompressionMethod;

use super::inflated::Inflated;
use crate::dataset::import::error::ImportError;
use crate::language::{text, tr};

/// What `packed` unpacks to.
///
/// # Errors
/// When it is packed in a way that is not read.
pub(super) fn unpacked<'p>(path: &str, method: CompressionMethod, packed: impl Read + 'p) -> io::Result<Box<dyn Read + 'p>> {
    if let Some(method) = name_if_unread(method) {
        return Err(ImportError::Method { path: path.into(), method }.into_io());
    }
    Ok(match method {
        CompressionMethod::DEFLATE => Box::new(Inflated::new(path, packed, |packed| Ok(DeflateDecoder::new(packed)))?),
        // Windows packs like this what is larger than 2 GiB.
        CompressionMethod::DEFLATE64 => Box::new(Inflated::new(path, packed, |packed| Ok(Deflate64Decoder::new(packed)))?),
        _ => Box::new(packed),
    })
}

/// What the method is called, unless it is read.
pub(super) fn name_if_unread(method: CompressionMethod) -> Option<String> {
    let name = match method {
        CompressionMethod::STORE | CompressionMethod::DEFLATE | CompressionMethod::DEFLATE64 => return None,
        CompressionMethod::SHRUNK => "Shrink",
        CompressionMethod::IMPLODED => "Implode",
        CompressionMethod::BZIP2 => "bzip2",
        CompressionMethod::LZMA => "LZMA",
        CompressionMethod::ZSTD | CompressionMethod::ZSTD_DEPRECATED => "Zstandard",
        CompressionMethod::XZ => "xz",
        CompressionMethod::PPMD => "PPMd",
        CompressionMethod::JPEG => text!("WinZip's JPEG compression"),
        other => return Some(tr!("method {number}", number = other.as_u16())),
    };
    Some(name.into())
}
