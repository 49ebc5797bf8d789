//! Archives that are not read, and files that only pretend to be archives: each has a word of its own and a remedy.

use crate::dataset::import::error::ImportError;
use crate::language::text;

/// What a file is instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foreign {
    SevenZip,
    Rar,
    Bzip2,
    Xz,
    Zstandard,
    Lzip,
    Lz4,
    Compress,
    Cabinet,
    Lha,
    Xar,
    Ar,
    DiskImage,
    Spanned,
    WebPage,
    LfsPointer,
    Parquet,
    Hdf5,
}

/// The first bytes of each.
const STARTS: [(&[u8], Foreign); 19] = [
    (b"7z\xbc\xaf\x27\x1c", Foreign::SevenZip),
    // Versions 1.5 to 4, and 5; the byte after differs.
    (b"Rar!\x1a\x07", Foreign::Rar),
    (b"\xfd7zXZ\0", Foreign::Xz),
    (b"\x28\xb5\x2f\xfd", Foreign::Zstandard),
    (b"LZIP", Foreign::Lzip),
    (b"\x04\x22\x4d\x18", Foreign::Lz4),
    (b"\x1f\x9d", Foreign::Compress),
    (b"MSCF\0\0\0\0", Foreign::Cabinet),
    (b"xar!", Foreign::Xar),
    (b"!<arch>\n", Foreign::Ar),
    (b"PK\x07\x08", Foreign::Spanned),
    (b"PK00PK", Foreign::Spanned),
    (b"hsqs", Foreign::DiskImage),
    (b"version https://git-lfs", Foreign::LfsPointer),
    (b"PAR1", Foreign::Parquet),
    (b"\x89HDF\r\n\x1a\n", Foreign::Hdf5),
    (b"conectix", Foreign::DiskImage),
    (b"QFI\xfb", Foreign::DiskImage),
    (b"KDMV", Foreign::DiskImage),
];

/// Which of them a file is that begins like this.
pub(super) fn foreign(start: &[u8]) -> Option<Foreign> {
    let known = STARTS.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, foreign)| *foreign);
    known.or(match start {
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => Some(Foreign::Bzip2),
        [_, _, b'-', b'l', b'h' | b'z', _, b'-', ..] => Some(Foreign::Lha),
        _ if is_web_page(start) => Some(Foreign::WebPage),
        _ => None,
    })
}

fn is_web_page(start: &[u8]) -> bool {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let begins = |with: &[u8]| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    begins(b"<!doctype html") || begins(b"<html")
}

impl Foreign {
    /// Whether files are packed in it: what else it holds beside folders of images is nobody's loss.
    pub fn is_archive(self) -> bool {
        !matches!(self, Self::WebPage | Self::LfsPointer | Self::Parquet | Self::Hdf5)
    }

    /// What is wrong with a file of that kind.
    pub fn at(self, path: &str) -> ImportError {
        let (what, remedy) = self.words();
        ImportError::Foreign { path: path.into(), what, remedy }
    }

    /// What it is, and what to do.
    fn words(self) -> (&'static str, &'static str) {
        let zip = text!("unpack it and choose the folder, or pack the folder as a zip");
        match self {
            Self::SevenZip => (text!("a 7z archive, which is not read here"), zip),
            Self::Rar => (text!("a RAR archive, which is not read here"), zip),
            Self::Bzip2 => (text!("packed with bzip2, which is not read here"), zip),
            Self::Xz => (text!("packed with xz, which is not read here"), zip),
            Self::Zstandard => (text!("packed with Zstandard, which is not read here"), zip),
            Self::Lzip => (text!("packed with lzip, which is not read here"), zip),
            Self::Lz4 => (text!("packed with LZ4, which is not read here"), zip),
            Self::Compress => (text!("packed with compress, which is not read here"), zip),
            Self::Cabinet => (text!("a cabinet of Windows, which is not read here"), zip),
            Self::Lha => (text!("an LHA archive, which is not read here"), zip),
            Self::Xar => (text!("a package of macOS, which is not read here"), zip),
            Self::Ar => (text!("an ar archive or a Debian package, which is not read here"), zip),
            Self::DiskImage => {
                (text!("an image of a disk, which is not read here"), text!("open it, copy the folder out of it and choose that"))
            }
            Self::Spanned => (
                text!("a part of a zip that was split"),
                text!("put the parts together with the program that split it, unpack it and choose the folder"),
            ),
            Self::WebPage => {
                (text!("a web page, not the file that was meant"), text!("open its address in a browser and download the file from there"))
            }
            Self::LfsPointer => (text!("Git LFS's note of where the file is"), text!("fetch the file itself with git lfs pull")),
            Self::Parquet => {
                (text!("a Parquet table, which is not read here"), text!("save its images as PNG files in a folder for each class"))
            }
            Self::Hdf5 => (text!("an HDF5 file, which is not read here"), text!("save its images as PNG files in a folder for each class")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_known_by_its_first_bytes() {
        let samples: [(&[u8], Foreign); 12] = [
            (b"7z\xbc\xaf\x27\x1c\0\x04", Foreign::SevenZip),
            (b"Rar!\x1a\x07\0", Foreign::Rar),
            (b"Rar!\x1a\x07\x01\0", Foreign::Rar),
            (b"BZh91AY&SY", Foreign::Bzip2),
            (b"\xfd7zXZ\0\0\x04", Foreign::Xz),
            (b"\x28\xb5\x2f\xfd\x04", Foreign::Zstandard),
            (b"\x1e\x5f-lh5-", Foreign::Lha),
            (b"PK\x07\x08PK\x03\x04", Foreign::Spanned),
            (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", Foreign::WebPage),
            (b"<HTML><head>", Foreign::WebPage),
            (b"version https://git-lfs.github.com/spec/v1\noid sha256:", Foreign::LfsPointer),
            (b"\x89HDF\r\n\x1a\n\0", Foreign::Hdf5),
        ];
        for (start, expected) in samples {
            assert_eq!(foreign(start), Some(expected), "{}", start.escape_ascii());
        }
        for start in [&b"PK\x03\x04"[..], b"BZh", b"\x89PNG\r\n", b"GIF89a", b"", b"hello"] {
            assert_eq!(foreign(start), None, "{}", start.escape_ascii());
        }
    }
}
