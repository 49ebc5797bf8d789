//! Picture files of any kind, in the folders of two classes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| resnet_playground_fuzz::run("picture", bytes));
