//! What the browser keeps: runs and lists of runs.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| resnet_playground_fuzz::run("kept", bytes));
