//! The page.

fn main() {
    resnet_playground::app::mount();
}
