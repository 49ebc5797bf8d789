//! Where the bytes of an upload come from: a file of the browser or memory, read piece by piece.

use std::cell::RefCell;
use std::io::{self, Read};

use rawzip::ReaderAt;

/// Bytes read from a file at once.
const WINDOW_BYTES: usize = 1 << 20;

/// Bytes that can be read from any place on.
pub trait Source {
    /// How many there are.
    fn size(&self) -> u64;

    /// Fills `buffer` from `offset` on as far as there are bytes, and says how many those were.
    ///
    /// # Errors
    /// When the file is gone or may not be read.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;
}

impl Source for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let rest = usize::try_from(offset).ok().and_then(|offset| self.get(offset..)).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }
}

/// A chosen file.
pub struct Upload {
    /// Its name, or its path from the chosen folder on, with `/` between.
    pub path: String,
    /// What is in it.
    pub bytes: Box<dyn Source>,
}

/// Keeps the piece of a file read last: readers ask for a few bytes at a time, and asking the browser takes long.
pub(super) struct Window<'a> {
    source: &'a dyn Source,
    piece: RefCell<(u64, Vec<u8>)>,
}

impl<'a> Window<'a> {
    pub fn on(source: &'a dyn Source) -> Self {
        Self { source, piece: RefCell::default() }
    }

    /// Reads from the start on.
    pub fn reader(&self) -> SourceReader<'_> {
        SourceReader { window: self, offset: 0 }
    }
}

impl ReaderAt for Window<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut piece = self.piece.borrow_mut();
        let (start, bytes) = &mut *piece;
        let is_inside = offset >= *start && offset < *start + bytes.len() as u64;
        if !is_inside {
            if buffer.len() >= WINDOW_BYTES {
                return self.source.read_at(buffer, offset);
            }
            bytes.resize(WINDOW_BYTES, 0);
            let count = self.source.read_at(bytes, offset)?;
            bytes.truncate(count);
            *start = offset;
        }
        let rest = bytes.get((offset - *start) as usize..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }
}

/// A source from one end to the other.
pub(super) struct SourceReader<'a> {
    window: &'a Window<'a>,
    offset: u64,
}

impl Read for SourceReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.window.read_at(buffer, self.offset)?;
        self.offset += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_in_order_however_small_the_pieces_asked_for() {
        let bytes: Vec<u8> = (0..3 * WINDOW_BYTES + 17).map(|index| (index % 253) as u8).collect();
        let window = Window::on(&bytes);
        let mut reader = window.reader();
        let mut read = Vec::new();
        let mut piece = vec![0; 70_001];
        loop {
            let count = reader.read(&mut piece).unwrap();
            if count == 0 {
                break;
            }
            read.extend_from_slice(&piece[..count]);
        }
        assert!(read == bytes, "across the edges of windows too");
        assert_eq!(window.read_at(&mut piece, u64::MAX).unwrap(), 0, "nothing lies behind the end");
    }
}
