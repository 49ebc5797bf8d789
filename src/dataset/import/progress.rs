//! How far an import is.

/// Told after each file and each thousand images.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Images read so far.
    pub images: usize,
    /// Bytes of files done, unpacked.
    pub done_bytes: u64,
    /// Bytes of all files, unpacked.
    pub total_bytes: u64,
}
