//! The threads that share the CPU trainer's sums: other workers, with the same program on the same memory.
//!
//! Starting a worker takes its parent's event loop, so a script starts them all before the trainer
//! (`www/threads/trainer_cpu_threads_loader.js`); each then waits here for its place in rayon's pool.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{LazyLock, Mutex, PoisonError};

use rayon::{ThreadBuilder, ThreadPoolBuilder};
use wasm_bindgen::prelude::*;

use super::browser::start_cpu;

type Places = (Sender<ThreadBuilder>, Mutex<Receiver<ThreadBuilder>>);

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let (give, take) = channel();
    (give, Mutex::new(take))
});

/// Works as one thread of the pool; never returns while the pool lives.
#[wasm_bindgen]
pub fn help() {
    // The lock is let go before the work begins: the next worker waits for it.
    let place = PLACES.1.lock().unwrap_or_else(PoisonError::into_inner).recv();
    if let Ok(place) = place {
        place.run();
    }
}

/// Starts the trainer on this worker and `helpers` others, each of which calls [`help`] now or soon.
///
/// # Errors
/// When there is no pool to be had.
#[wasm_bindgen]
pub fn start_with_helpers(helpers: usize) -> Result<(), JsError> {
    let give = |place: ThreadBuilder| PLACES.0.send(place).map_err(|gone| std::io::Error::other(gone.to_string()));
    // The trainer's own thread takes its share too, so that nobody waits for it to wake up.
    ThreadPoolBuilder::new().num_threads(helpers + 1).use_current_thread().spawn_handler(give).build_global()?;
    start_cpu();
    Ok(())
}
