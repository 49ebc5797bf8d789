//! Messages between the page, its workers and a program of the visitor.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| resnet_playground_fuzz::run("worker_messages", bytes));
