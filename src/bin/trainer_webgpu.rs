//! The trainer that runs in a Web Worker and computes on WebGPU.

fn main() {
    #[cfg(target_family = "wasm")]
    resnet_playground::worker::trainer::start_webgpu();
}
