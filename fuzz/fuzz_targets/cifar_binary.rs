//! CIFAR's binary records.
#![no_main]

use libfuzzer_sys::fuzz_target;
use resnet_playground_fuzz::import_files;

fuzz_target!(|bytes: &[u8]| {
    let (first, second) = bytes.split_at(bytes.len() / 2);
    import_files(vec![("data_batch_1.bin", first.to_vec()), ("test_batch.bin", second.to_vec())]);
    import_files(vec![("train.bin", first.to_vec()), ("test.bin", second.to_vec())]);
});
