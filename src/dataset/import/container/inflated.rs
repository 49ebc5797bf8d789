//! Unpacking that stops where an archive grows beyond any that holds images.

use std::io::{self, Read};

use crate::dataset::import::error::ImportError;
use crate::dataset::import::limits;

/// Bytes that come out of `inner`, as many as `taken_in` bytes may become.
pub struct Inflated<'p, Inner> {
    inner: Inner,
    path: &'p str,
    taken_in: fn(&Inner) -> u64,
    given_out: u64,
}

impl<'p, Inner> Inflated<'p, Inner> {
    /// `taken_in` says how many packed bytes `inner` has read.
    pub fn new(inner: Inner, path: &'p str, taken_in: fn(&Inner) -> u64) -> Self {
        Self { inner, path, taken_in, given_out: 0 }
    }
}

impl<Inner: Read> Read for Inflated<'_, Inner> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.given_out += count as u64;
        let path = || self.path.to_owned();
        if self.given_out > limits::UNPACKED_BYTES {
            return Err(ImportError::UnpacksToTooMuch { path: path() }.into_io());
        }
        let most = (self.taken_in)(&self.inner).saturating_mul(limits::INFLATION).max(limits::INFLATION_COUNTS_FROM);
        if self.given_out > most {
            return Err(ImportError::Inflates { path: path() }.into_io());
        }
        Ok(count)
    }
}
