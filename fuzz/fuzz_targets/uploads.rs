//! What the targets share.

use resnet_playground::dataset::import::{ImportChoices, Upload, import};

/// Imports files in memory. Either outcome is fine; a refusal has to say something.
pub fn import_files(files: Vec<(&str, Vec<u8>)>) {
    let upload = |(path, bytes): (&str, Vec<u8>)| Upload { path: path.into(), bytes: Box::new(bytes) };
    let uploads: Vec<Upload> = files.into_iter().map(upload).collect();
    match import(&uploads, &ImportChoices::default(), &mut |_| ()) {
        Ok(images) => {
            let classes = images.classes.len();
            for side in [&images.training, &images.held_out] {
                assert!(side.labels.iter().all(|label| usize::from(*label) < classes), "every label is of a class that there is");
            }
        }
        Err(error) => assert!(!error.to_string().is_empty(), "a refusal is a sentence"),
    }
}
