//! Tells the page when the browser gives a trainer no more memory: Rust ends the program there, and the page would hear nothing
//! but `unreachable`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, Ordering};

use super::browser::post;
use crate::experiment::WorkerFailure;
use crate::language::format::bytes;
use crate::language::tr;
use crate::protocol::TrainEvent;

#[global_allocator]
static ALLOCATOR: Telling = Telling;

/// The system's allocator, which tells when it has nothing more.
struct Telling;

/// Telling takes a little memory itself, which may be refused as well.
static IS_TELLING: AtomicBool = AtomicBool::new(false);

/// A trainer has no use for less memory than it asked for, so its program ends with this.
#[cold]
fn tell(size_bytes: usize) {
    if !IS_TELLING.swap(true, Ordering::Relaxed) {
        let reason = tr!("{amount} more were refused", amount = bytes(size_bytes as u64));
        post(&TrainEvent::Failed(WorkerFailure::OutOfMemory { reason }.into()));
        IS_TELLING.store(false, Ordering::Relaxed);
    }
}

fn told(given: *mut u8, size_bytes: usize) -> *mut u8 {
    if given.is_null() {
        tell(size_bytes);
    }
    given
}

#[expect(unsafe_code, reason = "an allocator's contract is unsafe; all calls go to the system's as they come")]
// SAFETY: what `System` promises holds, since its answers are given on.
unsafe impl GlobalAlloc for Telling {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract.
        told(unsafe { System.alloc(layout) }, layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract.
        told(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller keeps the contract.
        told(unsafe { System.realloc(place, layout, new_size) }, new_size)
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract.
        unsafe { System.dealloc(place, layout) }
    }
}
