//! The trainer that runs in a Web Worker and computes on the CPU.

fn main() {
    #[cfg(target_family = "wasm")]
    resnet_playground::worker::start_cpu();
}
