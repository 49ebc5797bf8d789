//! The worker for what the page needs only now and then.

fn main() {
    #[cfg(target_family = "wasm")]
    resnet_playground::worker::tasks::start();
}
