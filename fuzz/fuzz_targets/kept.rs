//! What the browser keeps: runs and lists of runs. Checksums guard them, so each input is also given one that fits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use resnet_playground::checkpoint::autosave::KeptWork;
use resnet_playground::run::decode_runs;

fuzz_target!(|bytes: &[u8]| {
    drop(decode_runs(bytes));
    drop(KeptWork::from_bytes(bytes));
    let checksum = crc32fast::hash(bytes).to_le_bytes();
    drop(KeptWork::from_bytes(&[&checksum, bytes].concat()));
});
