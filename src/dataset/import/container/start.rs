//! Bytes whose start is looked at before they are read.

use std::io::{self, Read};

use super::kind::START_BYTES;

/// All bytes of `rest`, the first of which are known already.
pub(super) struct Started<'r> {
    start: Vec<u8>,
    given: usize,
    rest: &'r mut dyn Read,
}

impl<'r> Started<'r> {
    /// Looks at the start.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn new(rest: &'r mut dyn Read) -> io::Result<Self> {
        let mut start = Vec::new();
        (&mut *rest).take(START_BYTES as u64).read_to_end(&mut start)?;
        Ok(Self { start, given: 0, rest })
    }

    /// The first bytes, as many as tell what a file is.
    pub fn start(&self) -> &[u8] {
        &self.start
    }
}

impl Read for Started<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut left = self.start.get(self.given..).unwrap_or_default();
        if left.is_empty() {
            return self.rest.read(buffer);
        }
        let count = left.read(buffer)?;
        self.given += count;
        Ok(count)
    }
}
