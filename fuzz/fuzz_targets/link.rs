//! Links: any text gives an experiment, and the link of that experiment gives the same one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use resnet_playground::experiment::permalink::{read, write};

fuzz_target!(|query: &str| {
    let link = read(query);
    let again = read(&write(&link.experiment, &link.view));
    assert_eq!(again.experiment, link.experiment, "an experiment comes back through its own link");
});
