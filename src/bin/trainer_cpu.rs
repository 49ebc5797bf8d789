//! The trainer that runs in a Web Worker and computes on the CPU.

// With threads nothing else names the library, whose exported functions a script calls.
use resnet_playground as _;

fn main() {
    // Every thread comes through here, and the script says which is the trainer.
    #[cfg(all(target_family = "wasm", not(feature = "threads")))]
    resnet_playground::worker::trainer::start_cpu();
}
