//! CIFAR's pickled batches.
#![no_main]

use libfuzzer_sys::fuzz_target;
use resnet_playground_fuzz::import_files;

fuzz_target!(|bytes: &[u8]| {
    import_files(vec![("data_batch_1", bytes.to_vec()), ("batches.meta", bytes.to_vec())]);
});
