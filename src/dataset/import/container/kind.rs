//! What a file is, by its first bytes: names lie, and archives are sent without an ending.

use std::io;

use super::foreign::{Foreign, foreign};
use crate::dataset::import::source::Source;

/// Bytes that tell: the header of a tar.
pub(super) const START_BYTES: usize = 512;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Zip,
    Tar,
    /// A tar, or another file, made smaller as a whole.
    Packed(Packing),
    /// An archive that is not read.
    Foreign(Foreign),
    /// Anything else.
    File,
}

/// How a whole file is made smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
}

impl Kind {
    /// What the file is.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(source: &dyn Source) -> io::Result<Self> {
        let read = |offset, wanted: usize| {
            let mut bytes = vec![0; wanted];
            source.read_at(&mut bytes, offset).map(|count| {
                bytes.truncate(count);
                bytes
            })
        };
        let kind = Self::of_start(&read(0, START_BYTES)?);
        // Images of disks say what they are further on.
        let is_image = || Ok::<_, io::Error>(read(0x8001, 5)? == *b"CD001" || read(source.size().saturating_sub(512), 4)? == *b"koly");
        Ok(if kind == Self::File && is_image()? { Self::Foreign(Foreign::DiskImage) } else { kind })
    }

    /// What a file should be that is called like that.
    pub fn of_name(path: &str) -> Self {
        let name = path.to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        match () {
            () if ends(&[".zip"]) => Self::Zip,
            () if ends(&[".tar"]) => Self::Tar,
            () if ends(&[".gz", ".tgz"]) => Self::Packed(Packing::Gzip),
            () => Self::File,
        }
    }

    /// Whether it is an archive that is read.
    pub fn is_read_archive(self) -> bool {
        matches!(self, Self::Zip | Self::Tar | Self::Packed(_))
    }

    /// What a file is that begins like this.
    pub fn of_start(start: &[u8]) -> Self {
        match start {
            // An empty zip has nothing but the end of its directory.
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Self::Zip,
            [0x1f, 0x8b, ..] => Self::Packed(Packing::Gzip),
            _ => match foreign(start) {
                Some(foreign) => Self::Foreign(foreign),
                None if is_tar_header(start) => Self::Tar,
                None => Self::File,
            },
        }
    }
}

/// Whether the header's checksum fits, which the oldest tars have too.
fn is_tar_header(start: &[u8]) -> bool {
    let Some(header) = start.first_chunk::<START_BYTES>() else { return false };
    let said = tar::Header::from_byte_slice(header).cksum();
    // The checksum counts as spaces.
    let sum: u32 = header.iter().enumerate().map(|(place, byte)| if (148..156).contains(&place) { 32 } else { u32::from(*byte) }).sum();
    said.is_ok_and(|said| said == sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_known_by_their_bytes() {
        let mut header = tar::Header::new_old();
        header.set_path("cats/1.png").unwrap();
        header.set_size(3);
        header.set_cksum();
        assert_eq!(Kind::of_start(header.as_bytes()), Kind::Tar, "an old tar, which has no magic number");
        assert_eq!(Kind::of_start(&[0; START_BYTES]), Kind::File, "nothing but zeros");
        assert_eq!(Kind::of_start(b"PK\x05\x06"), Kind::Zip);
        assert_eq!(Kind::of_start(b"\x89PNG\r\n\x1a\n"), Kind::File);
        assert_eq!(Kind::of_start(b""), Kind::File);
    }

    #[test]
    fn images_of_disks_are_known_by_their_middle_and_end() {
        let mut iso = vec![0; 40_000];
        iso[0x8001..0x8006].copy_from_slice(b"CD001");
        assert_eq!(Kind::of(&iso).unwrap(), Kind::Foreign(Foreign::DiskImage));
        let mut dmg = vec![7; 4096];
        dmg[3584..3588].copy_from_slice(b"koly");
        assert_eq!(Kind::of(&dmg).unwrap(), Kind::Foreign(Foreign::DiskImage));
        assert_eq!(Kind::of(&vec![7; 4096]).unwrap(), Kind::File);
    }
}
