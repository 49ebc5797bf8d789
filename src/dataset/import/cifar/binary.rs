//! The binary version: records of a label, or for CIFAR-100 a group and a class, and 3,072 bytes of pixels.

use std::io::Read;

use super::{CifarLabels, CifarSet, from_planes};
use crate::dataset::IMAGE_BYTES;
use crate::dataset::import::container::Entry;
use crate::dataset::import::error::ImportError;
use crate::language::format::grouped;

/// Bytes of a record.
pub(super) fn record_bytes(set: CifarSet) -> usize {
    label_bytes(set) + IMAGE_BYTES
}

fn label_bytes(set: CifarSet) -> usize {
    match set {
        CifarSet::Ten => 1,
        CifarSet::Hundred => 2,
    }
}

/// Gives class and image of each record to `each`.
///
/// # Errors
/// Names the record that is cut short, or whose label is none of `classes`.
pub(in crate::dataset::import) fn read_records(
    set: CifarSet,
    labels: CifarLabels,
    classes: usize,
    entry: &Entry,
    contents: &mut dyn Read,
    each: &mut dyn FnMut(usize, &[u8; IMAGE_BYTES]),
) -> Result<(), ImportError> {
    let path = || entry.path.clone();
    let size = record_bytes(set);
    let mut record = vec![0; size];
    for number in 1.. {
        let read = fill(contents, &mut record).map_err(|error| ImportError::while_reading(&entry.path, error))?;
        if read == 0 {
            break;
        }
        if read < size {
            let records = grouped((entry.bytes as usize).div_ceil(size).max(number));
            let (record, record_bytes) = (grouped(number), grouped(size));
            return Err(ImportError::CutShort { path: path(), record, records, bytes: read, record_bytes });
        }
        let (said, planes) = record.split_at(label_bytes(set));
        // CIFAR-100 has the group first.
        let label = match labels {
            CifarLabels::Coarse => said.first(),
            CifarLabels::Fine => said.last(),
        };
        let label = usize::from(label.copied().unwrap_or_default());
        if label >= classes {
            return Err(ImportError::Label { path: path(), record: grouped(number), label: label as i64, classes });
        }
        each(label, &from_planes(|place| planes.get(place).copied().unwrap_or_default()));
    }
    Ok(())
}

/// Reads until `buffer` is full or there is nothing more.
fn fill(contents: &mut dyn Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match contents.read(rest) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(set: CifarSet, labels: CifarLabels, classes: usize, bytes: &[u8]) -> Result<Vec<(usize, u8)>, String> {
        let entry = Entry { path: "data_batch_1.bin".into(), bytes: bytes.len() as u64 };
        let mut found = Vec::new();
        let mut contents = bytes;
        read_records(set, labels, classes, &entry, &mut contents, &mut |class, image| found.push((class, image[1])))
            .map_err(|error| error.to_string())?;
        Ok(found)
    }

    fn record(labels: &[u8], green: u8) -> Vec<u8> {
        let mut record = labels.to_vec();
        record.extend([7; 1024]);
        record.extend([green; 1024]);
        record.extend([9; 1024]);
        record
    }

    #[test]
    fn each_record_gives_its_label_and_its_pixels() {
        let bytes = [record(&[3], 30), record(&[9], 90)].concat();
        assert_eq!(read(CifarSet::Ten, CifarLabels::Fine, 10, &bytes), Ok(vec![(3, 30), (9, 90)]));
        let bytes = [record(&[4, 77], 1), record(&[19, 5], 2)].concat();
        assert_eq!(read(CifarSet::Hundred, CifarLabels::Fine, 100, &bytes), Ok(vec![(77, 1), (5, 2)]), "the class comes second");
        assert_eq!(read(CifarSet::Hundred, CifarLabels::Coarse, 20, &bytes), Ok(vec![(4, 1), (19, 2)]), "the group first");
    }

    #[test]
    fn a_record_cut_short_is_named() {
        let mut bytes = [record(&[1], 1), record(&[2], 2), record(&[3], 3)].concat();
        bytes.truncate(2 * 3073 + 100);
        let sentence = "record 3 of 3 is cut short in data_batch_1.bin: it has 100 of 3,073 bytes";
        assert_eq!(read(CifarSet::Ten, CifarLabels::Fine, 10, &bytes), Err(sentence.into()));
    }

    #[test]
    fn a_label_without_a_class_is_named() {
        let bytes = [record(&[1], 1), record(&[10], 2)].concat();
        let sentence = "record 2 in data_batch_1.bin has label 10, but there are 10 classes";
        assert_eq!(read(CifarSet::Ten, CifarLabels::Fine, 10, &bytes), Err(sentence.into()));
    }
}
