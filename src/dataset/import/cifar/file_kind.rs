//! What a file of CIFAR is for, by its name and size.

use super::CifarSet;
use super::binary::record_bytes;

/// How images are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dataset::import) enum Form {
    /// Records of labels and pixels.
    Binary,
    /// A pickled dictionary.
    Python,
}

/// What is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dataset::import) enum Contents {
    /// Images to train on.
    Training(Form),
    /// Images to measure with.
    Test(Form),
    /// The names of classes, or those of the groups if `coarse`, a line each.
    NamesAsText {
        /// The groups' names.
        coarse: bool,
    },
    /// The names of classes, pickled.
    NamesPickled,
}

/// A file of CIFAR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dataset::import) struct CifarFile {
    /// Of which set.
    pub set: CifarSet,
    /// What for.
    pub contents: Contents,
}

/// What the file of that path and size is; nothing for files that are none of CIFAR's.
pub(in crate::dataset::import) fn file_kind(path: &str, bytes: u64) -> Option<CifarFile> {
    use CifarSet::{Hundred, Ten};
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let file = |set, contents| Some(CifarFile { set, contents });
    match name.as_str() {
        "batches.meta.txt" => return file(Ten, Contents::NamesAsText { coarse: false }),
        "fine_label_names.txt" => return file(Hundred, Contents::NamesAsText { coarse: false }),
        "coarse_label_names.txt" => return file(Hundred, Contents::NamesAsText { coarse: true }),
        "batches.meta" => return file(Ten, Contents::NamesPickled),
        "meta" => return file(Hundred, Contents::NamesPickled),
        "train" => return file(Hundred, Contents::Training(Form::Python)),
        "test" => return file(Hundred, Contents::Test(Form::Python)),
        _ => {}
    }
    let (stem, form) = match name.strip_suffix(".bin") {
        Some(stem) => (stem, Form::Binary),
        None => (name.as_str(), Form::Python),
    };
    // Downloads are renamed: `data_batch_1 (2).bin`.
    let begins = |with: &str| stem.starts_with(with);
    if form == Form::Python {
        let is_plain = !name.contains('.');
        return match () {
            () if is_plain && begins("data_batch") => file(Ten, Contents::Training(form)),
            () if is_plain && begins("test_batch") => file(Ten, Contents::Test(form)),
            () => None,
        };
    }
    let is_whole = |set| bytes > 0 && bytes.is_multiple_of(record_bytes(set) as u64);
    match () {
        () if begins("data_batch") => file(Ten, Contents::Training(form)),
        () if begins("test_batch") => file(Ten, Contents::Test(form)),
        () if begins("train") && !is_whole(Ten) => file(Hundred, Contents::Training(form)),
        () if begins("test") && !is_whole(Ten) => file(Hundred, Contents::Test(form)),
        () if is_whole(Ten) => file(Ten, if begins("test") { Contents::Test(form) } else { Contents::Training(form) }),
        () if is_whole(Hundred) => file(Hundred, Contents::Training(form)),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_names_are_known() {
        let kind = |path: &str, bytes| file_kind(path, bytes).map(|file| (file.set, file.contents));
        use CifarSet::{Hundred, Ten};
        let [binary, python] = [Form::Binary, Form::Python];
        for (path, bytes, expected) in [
            ("cifar-10-batches-bin/data_batch_3.bin", 30_730_000, (Ten, Contents::Training(binary))),
            ("data_batch_1 (2).bin", 17, (Ten, Contents::Training(binary))),
            ("cifar-10-batches-bin/test_batch.bin", 30_730_000, (Ten, Contents::Test(binary))),
            ("cifar-100-binary/train.bin", 153_700_000, (Hundred, Contents::Training(binary))),
            ("cifar-100-binary/test.bin", 30_740_000, (Hundred, Contents::Test(binary))),
            ("cifar-10-batches-py/data_batch_2", 31_035_704, (Ten, Contents::Training(python))),
            ("cifar-10-batches-py/test_batch", 31_035_526, (Ten, Contents::Test(python))),
            ("cifar-100-python/train", 155_249_918, (Hundred, Contents::Training(python))),
            ("cifar-100-python/meta", 1_557, (Hundred, Contents::NamesPickled)),
            ("cifar-10-batches-bin/batches.meta.txt", 61, (Ten, Contents::NamesAsText { coarse: false })),
            ("cifar-100-binary/coarse_label_names.txt", 244, (Hundred, Contents::NamesAsText { coarse: true })),
            ("mine.bin", 5 * 3073, (Ten, Contents::Training(binary))),
            ("mine.bin", 5 * 3074, (Hundred, Contents::Training(binary))),
            ("test.bin", 5 * 3073, (Ten, Contents::Test(binary))),
        ] {
            assert_eq!(kind(path, bytes), Some(expected), "{path} of {bytes} bytes");
        }
    }

    #[test]
    fn other_files_are_none_of_cifars() {
        for path in ["cats/1.png", "readme.html", "weights.bin", "file.txt~", "train/cats/1.jpg", "data_batch_1.png"] {
            assert_eq!(file_kind(path, 1000), None, "{path}");
        }
    }
}
