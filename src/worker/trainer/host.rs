//! What the command loop needs from its surroundings.

use std::future::Future;

pub use crate::protocol::workstation::KeepFailure;
use crate::protocol::{TrainCommand, TrainEvent};

/// A browser's worker, a native program, or a test.
pub trait Host {
    /// Sends an event to the page.
    fn send(&self, event: &TrainEvent);

    /// The next command that has already arrived.
    fn take_command(&self) -> Option<TrainCommand>;

    /// Waits for a command; `None` when none will ever come.
    fn next_command(&self) -> impl Future<Output = Option<TrainCommand>>;

    /// Lets messages arrive.
    fn yield_now(&self) -> impl Future<Output = ()>;

    /// Fetches a file, telling `progress` the bytes received so far.
    ///
    /// The error is a sentence for the user.
    fn fetch(&self, url: &str, progress: &mut dyn FnMut(u64)) -> impl Future<Output = Result<Vec<u8>, String>>;

    /// Fetches a file while something else is done.
    ///
    /// The error is a sentence for the user.
    fn fetch_quietly(&self, url: &str) -> impl Future<Output = Result<Vec<u8>, String>> {
        async { self.fetch(url, &mut |_| ()).await }
    }

    /// Keeps bytes under a name from visit to visit, in the place of what was kept under it; nowhere unless a host has a
    /// place for them.
    fn keep(&self, _name: &str, _bytes: &[u8]) -> impl Future<Output = Result<(), KeepFailure>> {
        async { Ok(()) }
    }

    /// What is kept under that name.
    fn kept(&self, _name: &str) -> impl Future<Output = Option<Vec<u8>>> {
        async { None }
    }

    /// Names of all that is kept.
    fn kept_names(&self) -> impl Future<Output = Vec<String>> {
        async { Vec::new() }
    }

    /// Size of the imported images that share the storage.
    fn image_bytes(&self) -> impl Future<Output = u64> {
        async { 0 }
    }

    /// Milliseconds since 1970; 0 for a host that keeps nothing.
    fn date_ms(&self) -> u64 {
        0
    }

    /// Milliseconds since some fixed moment; never goes back.
    fn now_ms(&self) -> f64;
}
