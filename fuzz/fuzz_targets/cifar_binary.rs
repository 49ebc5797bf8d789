//! CIFAR's binary records.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| resnet_playground_fuzz::run("cifar_binary", bytes));
