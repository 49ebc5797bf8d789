//! How a camera was held, from the Exif data that it wrote: tag 0x0112 of the first directory (Exif 2.32, 4.6.4).

use crate::dataset::{IMAGE_BYTES, IMAGE_EDGE};

const ORIENTATION: u16 = 0x0112;
/// Bytes of an entry of a directory.
const ENTRY_BYTES: usize = 12;

/// One of eight ways to put a picture upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turned(u16);

impl Turned {
    /// As most are.
    pub const UPRIGHT: Self = Self(1);

    /// What the Exif data say; upright where they say nothing that can be read.
    pub fn of_exif(exif: &[u8]) -> Self {
        let number = Self::find(exif).filter(|number| (1..=8).contains(number));
        number.map_or(Self::UPRIGHT, Self)
    }

    fn find(exif: &[u8]) -> Option<u16> {
        let is_little = match exif.get(..2)? {
            b"II" => true,
            b"MM" => false,
            _ => return None,
        };
        let short = |place: usize| {
            let bytes = *exif.get(place..)?.first_chunk::<2>()?;
            Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
        };
        let long = |place: usize| {
            let bytes = *exif.get(place..)?.first_chunk::<4>()?;
            Some(if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
        };
        let directory = usize::try_from(long(4)?).ok()?;
        let entries = directory.checked_add(2)?;
        let count = usize::from(short(directory)?);
        let entry = (0..count).map(|index| entries.saturating_add(index * ENTRY_BYTES));
        entry.into_iter().find(|entry| short(*entry) == Some(ORIENTATION)).and_then(|entry| short(entry.saturating_add(8)))
    }

    /// The same image, upright.
    pub fn upright(self, image: &[u8; IMAGE_BYTES]) -> [u8; IMAGE_BYTES] {
        const LAST: usize = IMAGE_EDGE - 1;
        std::array::from_fn(|place| {
            let (pixel, channel) = (place / 3, place % 3);
            let (row, column) = (pixel / IMAGE_EDGE, pixel % IMAGE_EDGE);
            let (row, column) = match self.0 {
                2 => (row, LAST - column),
                3 => (LAST - row, LAST - column),
                4 => (LAST - row, column),
                5 => (column, row),
                6 => (LAST - column, row),
                7 => (LAST - column, LAST - row),
                8 => (column, LAST - row),
                _ => (row, column),
            };
            image[(row * IMAGE_EDGE + column) * 3 + channel]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exif(is_little: bool, orientation: u16) -> Vec<u8> {
        let short = |number: u16| if is_little { number.to_le_bytes() } else { number.to_be_bytes() };
        let long = |number: u32| if is_little { number.to_le_bytes() } else { number.to_be_bytes() };
        let mut bytes = if is_little { b"II".to_vec() } else { b"MM".to_vec() };
        bytes.extend(short(42));
        bytes.extend(long(8));
        bytes.extend(short(2));
        bytes.extend([short(0x010f), short(2)].concat());
        bytes.extend([long(4), long(0)].concat());
        bytes.extend([short(ORIENTATION), short(3)].concat());
        bytes.extend(long(1));
        bytes.extend([short(orientation), short(0)].concat());
        bytes
    }

    #[test]
    fn both_orders_of_bytes_are_read_and_anything_else_is_upright() {
        for is_little in [true, false] {
            assert_eq!(Turned::of_exif(&exif(is_little, 6)), Turned(6), "held upright, little-endian: {is_little}");
            assert_eq!(Turned::of_exif(&exif(is_little, 9)), Turned::UPRIGHT, "there are eight ways");
        }
        let whole = exif(true, 6);
        for length in 0..whole.len() - 4 {
            assert_eq!(Turned::of_exif(&whole[..length]), Turned::UPRIGHT, "cut short after {length} bytes");
        }
    }

    #[test]
    fn a_picture_taken_with_the_camera_on_its_side_is_turned_back() {
        // A mark in the corner that is on top at the left once the picture is upright, for each way (Exif 2.32, figure 6).
        let corners = [(1, 0, 0), (2, 0, 31), (3, 31, 31), (4, 31, 0), (5, 0, 0), (6, 31, 0), (7, 31, 31), (8, 0, 31)];
        for (way, row, column) in corners {
            let mut image = [0; IMAGE_BYTES];
            image[(row * IMAGE_EDGE + column) * 3] = 255;
            assert_eq!(Turned(way).upright(&image)[0], 255, "way {way}");
        }
        // Held on its side (6), what was stored as the bottom row becomes the left column.
        let mut image = [0; IMAGE_BYTES];
        image[31 * IMAGE_EDGE * 3..].iter_mut().for_each(|byte| *byte = 9);
        let upright = Turned(6).upright(&image);
        assert!((0..IMAGE_EDGE).all(|row| upright[row * IMAGE_EDGE * 3] == 9 && upright[row * IMAGE_EDGE * 3 + 3] == 0), "the left column");
    }
}
