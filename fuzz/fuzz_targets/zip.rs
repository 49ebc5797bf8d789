//! Zips.
#![no_main]

use libfuzzer_sys::fuzz_target;
use resnet_playground_fuzz::import_files;

fuzz_target!(|bytes: &[u8]| {
    import_files(vec![("pets.zip", bytes.to_vec())]);
});
