//! The page.

fn main() {
    resnet_playground::ui::mount();
}
