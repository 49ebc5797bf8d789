//! CIFAR's pickled batches.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| resnet_playground_fuzz::run("cifar_pickle", bytes));
