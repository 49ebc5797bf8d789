//! Unpacking that stops where an archive grows beyond any that holds images.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::dataset::import::error::ImportError;
use crate::dataset::import::limits;

/// Bytes that a decoder gives, as many as the packed bytes that it took may become.
pub struct Inflated<Decoder> {
    decoder: Decoder,
    path: String,
    taken_in: Rc<Cell<u64>>,
    given_out: u64,
}

/// Packed bytes, counted on their way into a decoder.
pub struct Counted<Packed> {
    packed: Packed,
    count: Rc<Cell<u64>>,
}

impl<Decoder> Inflated<Decoder> {
    /// Unpacks `packed`, which lies at `path`, with the decoder that is made of it.
    ///
    /// # Errors
    /// When the decoder does not start.
    pub fn new<Packed>(path: &str, packed: Packed, decoder: impl FnOnce(Counted<Packed>) -> io::Result<Decoder>) -> io::Result<Self> {
        let taken_in = Rc::new(Cell::new(0));
        let decoder = decoder(Counted { packed, count: Rc::clone(&taken_in) })?;
        Ok(Self { decoder, path: path.into(), taken_in, given_out: 0 })
    }
}

impl<Packed: Read> Read for Counted<Packed> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.packed.read(buffer)?;
        self.count.set(self.count.get() + count as u64);
        Ok(count)
    }
}

impl<Decoder: Read> Read for Inflated<Decoder> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.decoder.read(buffer)?;
        self.given_out += count as u64;
        if self.given_out > limits::UNPACKED_BYTES {
            return Err(ImportError::UnpacksToTooMuch { path: self.path.clone() }.into_io());
        }
        let most = self.taken_in.get().saturating_mul(limits::INFLATION).max(limits::INFLATION_COUNTS_FROM);
        if self.given_out > most {
            return Err(ImportError::Inflates { path: self.path.clone() }.into_io());
        }
        Ok(count)
    }
}
