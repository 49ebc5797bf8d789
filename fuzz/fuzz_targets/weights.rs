//! Files of weights and checkpoints, whole or damaged.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use resnet_playground::checkpoint::{FileContents, read};
use resnet_playground::spec::{NetworkChoices, ResNetSpec};

static SPEC: LazyLock<ResNetSpec> = LazyLock::new(|| {
    ResNetSpec::new(NetworkChoices::default()).expect("the network of the tutorial")
});

fuzz_target!(|bytes: &[u8]| {
    drop(FileContents::of(bytes));
    if let Err(error) = read(bytes, &SPEC) {
        assert!(!error.to_string().is_empty(), "a refusal is a sentence");
    }
});
