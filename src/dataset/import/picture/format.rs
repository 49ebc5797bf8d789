//! What a file is, by its first bytes. Its name says it only where the bytes of several formats are alike.

use image::ImageFormat;
use serde::{Deserialize, Serialize};

use super::names::ending_of;
use crate::language::{marked, text, translated};

/// Bytes from the start of a file that tell its format.
pub const START_BYTES: usize = 64;

/// Bytes of a text that are searched for what it is.
const TEXT_BYTES: usize = 1024;

/// What a camera calls its raw pictures. Most are TIFF inside, with a small preview as the first picture.
const RAW_ENDINGS: [&str; 24] = [
    "3fr", "arw", "cr2", "cr3", "crw", "dcr", "dng", "erf", "iiq", "kdc", "mef", "mos", "mrw", "nef", "nrw", "orf", "pef", "raf", "raw",
    "rw2", "rwl", "sr2", "srw", "x3f",
];

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FileFormat {
    /// Portable Network Graphics.
    Png,
    /// What most cameras write.
    Jpeg,
    /// Lossy or lossless, maybe animated.
    WebP,
    /// Maybe animated.
    Gif,
    /// Windows' bitmap.
    Bmp,
    /// Of scanners and microscopes.
    Tiff,
    /// Portable bitmap, graymap, pixmap or arbitrary map.
    Pnm,
    /// AV1 inside.
    Avif,
    /// What iPhones write.
    Heic,
    /// The successor of JPEG.
    JpegXl,
    /// Of medicine and maps.
    Jpeg2000,
    /// Windows' icon.
    Icon,
    /// A camera's raw picture.
    Raw,
    /// Photoshop's document.
    Psd,
    /// A vector drawing.
    Svg,
    /// A document.
    Pdf,
    /// Moving pictures.
    Video,
    /// HTML.
    WebPage,
    /// What Git keeps in place of a large file.
    LfsPointer,
    /// Zip, gzip, 7z, rar.
    Archive,
    /// Something to read.
    Text,
    /// No bytes at all.
    Empty,
    /// Something else.
    Unknown,
}

impl FileFormat {
    /// What the file is that starts with these bytes and lies there.
    pub fn of(path: &str, start: &[u8]) -> Self {
        use FileFormat::*;
        let ending = ending_of(path);
        let is_raw = RAW_ENDINGS.contains(&ending.as_str());
        match start {
            [] => Empty,
            [0x89, b'P', b'N', b'G', ..] => Png,
            [0xff, 0xd8, ..] => Jpeg,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => WebP,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => Video,
            [b'G', b'I', b'F', b'8', ..] => Gif,
            // The length of its second header: seven are in use.
            [b'B', b'M', ..] if matches!(start.get(14..18), Some([12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0])) => Bmp,
            [b'I', b'I', b'R', ..] | [b'I', b'I', b'U', ..] => Raw,
            [b'I', b'I', b'*' | b'+', 0, ..] | [b'M', b'M', 0, b'*' | b'+', ..] => {
                if is_raw || start.get(8..10) == Some(b"CR") {
                    Raw
                } else {
                    Tiff
                }
            }
            [b'P', b'1'..=b'7', space, ..] if space.is_ascii_whitespace() => Pnm,
            [0xff, 0x0a, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => JpegXl,
            [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] | [0xff, 0x4f, 0xff, 0x51, ..] => Jpeg2000,
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => of_brand(start),
            [_, _, _, _, b'm', b'o' | b'd', b'o' | b'a', b'v' | b't', ..] | [0x1a, 0x45, 0xdf, 0xa3, ..] | [0, 0, 1, 0xba | 0xb3, ..] => {
                Video
            }
            [0, 0, 1, 0, ..] => Icon,
            [b'8', b'B', b'P', b'S', ..] => Psd,
            [b'%', b'P', b'D', b'F', ..] => Pdf,
            [b'P', b'K', 3 | 5, _, ..] | [0x1f, 0x8b, ..] | [b'7', b'z', 0xbc, 0xaf, ..] | [b'R', b'a', b'r', b'!', ..] => Archive,
            _ if start.starts_with(b"FUJIFILMCCD-RAW") || is_raw => Raw,
            _ => of_text(&ending, start),
        }
    }

    /// What decodes it here, on every machine alike.
    pub fn decoder(self) -> Option<ImageFormat> {
        Some(match self {
            Self::Png => ImageFormat::Png,
            Self::Jpeg => ImageFormat::Jpeg,
            Self::WebP => ImageFormat::WebP,
            Self::Gif => ImageFormat::Gif,
            Self::Bmp => ImageFormat::Bmp,
            Self::Tiff => ImageFormat::Tiff,
            Self::Pnm => ImageFormat::Pnm,
            _ => return None,
        })
    }

    /// The media type under which some browsers decode it, if none does here.
    pub fn browser_type(self) -> Option<&'static str> {
        Some(match self {
            Self::Avif => "image/avif",
            Self::Heic => "image/heic",
            Self::JpegXl => "image/jxl",
            Self::Jpeg2000 => "image/jp2",
            Self::Icon => "image/x-icon",
            _ => return None,
        })
    }

    /// Whether pixels may come out of it.
    pub fn is_picture(self) -> bool {
        self.decoder().is_some() || self.browser_type().is_some()
    }

    /// Whether it shows something, but is no picture that is read.
    pub fn shows_something(self) -> bool {
        matches!(self, Self::Raw | Self::Psd | Self::Svg | Self::Pdf | Self::Video)
    }

    /// What it is called: one of them, or many.
    pub fn noun(self, is_one: bool) -> &'static str {
        let [one, many] = match self {
            Self::Png => [marked!("a PNG picture"), marked!("PNG pictures")],
            Self::Jpeg => [marked!("a JPEG picture"), marked!("JPEG pictures")],
            Self::WebP => [marked!("a WebP picture"), marked!("WebP pictures")],
            Self::Gif => [marked!("a GIF picture"), marked!("GIF pictures")],
            Self::Bmp => [marked!("a BMP picture"), marked!("BMP pictures")],
            Self::Tiff => [marked!("a TIFF picture"), marked!("TIFF pictures")],
            Self::Pnm => [marked!("a PNM picture"), marked!("PNM pictures")],
            Self::Avif => [marked!("an AVIF picture"), marked!("AVIF pictures")],
            Self::Heic => [marked!("a HEIC picture"), marked!("HEIC pictures")],
            Self::JpegXl => [marked!("a JPEG XL picture"), marked!("JPEG XL pictures")],
            Self::Jpeg2000 => [marked!("a JPEG 2000 picture"), marked!("JPEG 2000 pictures")],
            Self::Icon => [marked!("an icon (ICO)"), marked!("icons (ICO)")],
            Self::Raw => [marked!("a camera's raw picture"), marked!("a camera's raw pictures")],
            Self::Psd => [marked!("a Photoshop document"), marked!("Photoshop documents")],
            Self::Svg => [marked!("a vector drawing (SVG)"), marked!("vector drawings (SVG)")],
            Self::Pdf => [marked!("a PDF document"), marked!("PDF documents")],
            Self::Video => [marked!("a video"), marked!("videos")],
            Self::WebPage => [marked!("a web page, not a picture"), marked!("web pages, not pictures")],
            Self::LfsPointer => [marked!("Git LFS's stand-in for a file"), marked!("Git LFS's stand-ins for files")],
            Self::Archive => [marked!("an archive, not a picture"), marked!("archives, not pictures")],
            Self::Text => [marked!("a text, not a picture"), marked!("texts, not pictures")],
            Self::Empty => [marked!("an empty file"), marked!("empty files")],
            Self::Unknown => [marked!("no picture that is known here"), marked!("no pictures that are known here")],
        };
        translated(if is_one { one } else { many })
    }

    /// What can be done where it is not read.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Heic => text!("save as JPEG (for new photos set the phone's camera to “Most Compatible”)"),
            Self::Raw => text!("export as JPEG from the camera's program"),
            Self::Psd | Self::Svg => text!("export as PNG"),
            Self::Pdf => text!("export the pictures in it as PNG"),
            Self::Video => text!("save single frames as PNG or JPEG"),
            Self::WebPage => text!("the download failed, download again"),
            Self::LfsPointer => text!("run “git lfs pull” where it comes from"),
            Self::Archive => text!("unpack it first"),
            Self::Empty => text!("copy or download again"),
            _ => text!("save as PNG or JPEG"),
        }
    }
}

/// A file of boxes (ISO 14496-12): the brands in the first box say what is in it.
fn of_brand(start: &[u8]) -> FileFormat {
    let box_bytes = start.first_chunk::<4>().map_or(0, |length| u32::from_be_bytes(*length) as usize);
    let brands = start.get(8..box_bytes.clamp(12, start.len().max(12))).or_else(|| start.get(8..)).unwrap_or_default();
    let has = |wanted: &[&[u8; 4]]| brands.as_chunks::<4>().0.iter().any(|brand| wanted.contains(&brand));
    match () {
        () if has(&[b"avif", b"avis"]) => FileFormat::Avif,
        () if has(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]) => FileFormat::Heic,
        () if has(&[b"crx "]) => FileFormat::Raw,
        () if has(&[b"jp2 ", b"jpx "]) => FileFormat::Jpeg2000,
        () => FileFormat::Video,
    }
}

fn of_text(ending: &str, start: &[u8]) -> FileFormat {
    let start = start.get(..TEXT_BYTES).unwrap_or(start);
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start().to_ascii_lowercase();
    let begins = |with: &str| start.starts_with(with.as_bytes());
    let contains = |what: &str| start.windows(what.len()).any(|window| window == what.as_bytes());
    match () {
        () if begins("<svg") || (begins("<") && (ending == "svg" || contains("<svg"))) => FileFormat::Svg,
        () if ["<!doctype html", "<html", "<head", "<body", "<script"].iter().any(|tag| begins(tag)) => FileFormat::WebPage,
        () if begins("version https://git-lfs") => FileFormat::LfsPointer,
        () if !start.iter().any(|byte| matches!(byte, 0..=8 | 14..=31 | 127)) => FileFormat::Text,
        () => FileFormat::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::FileFormat::*;
    use super::*;

    #[test]
    fn the_bytes_say_what_a_file_is_whatever_its_ending() {
        let boxes = |brands: &str| [&[0, 0, 0, 8 + brands.len() as u8][..], b"ftyp", brands.as_bytes(), b"more"].concat();
        for (bytes, expected) in [
            (b"\x89PNG\r\n\x1a\n".to_vec(), Png),
            (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), Jpeg),
            (b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), WebP),
            (b"GIF89a".to_vec(), Gif),
            (b"BM\x36\x1b\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec(), Bmp),
            (b"II*\0\x08\0\0\0".to_vec(), Tiff),
            (b"MM\0*\0\0\0\x08".to_vec(), Tiff),
            (b"P5\n92 112\n255\n".to_vec(), Pnm),
            (boxes("avif\0\0\0\0mif1miaf"), Avif),
            (boxes("mif1\0\0\0\0avifmiaf"), Avif),
            (boxes("heic\0\0\0\0mif1heic"), Heic),
            (boxes("mif1\0\0\0\0heic"), Heic),
            (boxes("isom\0\0\x02\0isomiso2avc1mp41"), Video),
            (boxes("qt  \0\0\0\0"), Video),
            (boxes("crx \0\0\0\0isom"), Raw),
            (b"\xff\x0a\xfa".to_vec(), JpegXl),
            (b"\0\0\0\x0cJXL \r\n\x87\n".to_vec(), JpegXl),
            (b"\0\0\0\x0cjP  \r\n\x87\n".to_vec(), Jpeg2000),
            (b"\0\0\x01\0\x01\0\x10\x10".to_vec(), Icon),
            (b"II*\0\x10\0\0\0CR\x02\0".to_vec(), Raw),
            (b"FUJIFILMCCD-RAW 0201".to_vec(), Raw),
            (b"8BPS\0\x01".to_vec(), Psd),
            (b"%PDF-1.7".to_vec(), Pdf),
            (b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\">".to_vec(), Svg),
            (b"\n<!DOCTYPE html><html>".to_vec(), WebPage),
            (b"<html lang=\"en\">".to_vec(), WebPage),
            (b"version https://git-lfs.github.com/spec/v1\noid".to_vec(), LfsPointer),
            (b"\x1a\x45\xdf\xa3\x01".to_vec(), Video),
            (b"RIFF\x10\0\0\0AVI LIST".to_vec(), Video),
            (b"PK\x03\x04\x14\0".to_vec(), Archive),
            (b"BM is how this text begins, and no bitmap".to_vec(), Text),
            (b"{\"error\": \"not found\"}".to_vec(), Text),
            (Vec::new(), Empty),
            (b"\0\x01\x02".to_vec(), Unknown),
        ] {
            for path in ["cats/1.jpg", "cats/1.png", "cats/1"] {
                assert_eq!(FileFormat::of(path, &bytes), expected, "{path}: {:?}", String::from_utf8_lossy(&bytes));
            }
        }
    }

    #[test]
    fn the_name_decides_where_the_bytes_are_alike() {
        for path in ["a/IMG_1.NEF", "a/1.dng", "a/1.arw"] {
            assert_eq!(FileFormat::of(path, b"II*\0\x08\0\0\0"), Raw, "{path} is TIFF inside");
        }
        assert_eq!(FileFormat::of("a/1.svg", b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?><!-- Created wi"), Svg);
    }

    #[test]
    fn a_file_cut_short_anywhere_is_something() {
        let brand = b"\0\0\0\x1cftypmif1\0\0\0\0avifmiaf";
        let known = |length: &usize| FileFormat::of("1.avif", &brand[..*length]) == Avif;
        assert_eq!((0..brand.len()).find(known), Some(20), "once a brand says it");
        assert_eq!(FileFormat::of("1.heic", b"\0\0\0\x18ftypheic"), Heic, "though its first box says that it is longer");
    }
}
