//! Picture files of any kind, in the folders of two classes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use resnet_playground_fuzz::import_files;

fuzz_target!(|bytes: &[u8]| {
    import_files(vec![("cats/1.png", bytes.to_vec()), ("dogs/1.png", bytes.to_vec())]);
});
