//! The Python version: a pickled dictionary of numpy's array of pixels and lists of labels.

use super::names::shown;
use super::pickle::{Pickle, Value};
use super::{CifarLabels, CifarSet, from_planes};
use crate::dataset::IMAGE_BYTES;
use crate::dataset::import::error::ImportError;
use crate::language::format::grouped;
use crate::language::{text, tr};

/// Gives class and image of each row to `each`.
///
/// # Errors
/// Says what is missing or contradicts what.
pub(in crate::dataset::import) fn read_batch(
    set: CifarSet,
    labels: CifarLabels,
    classes: usize,
    path: &str,
    bytes: &[u8],
    each: &mut dyn FnMut(usize, &[u8; IMAGE_BYTES]),
) -> Result<(), ImportError> {
    let wrong = |reason: String| ImportError::Pickle { path: path.into(), reason };
    let pickle = Pickle::read(bytes).map_err(wrong)?;
    let key = match (set, labels) {
        (CifarSet::Ten, _) => "labels",
        (CifarSet::Hundred, CifarLabels::Fine) => "fine_labels",
        (CifarSet::Hundred, CifarLabels::Coarse) => "coarse_labels",
    };
    let Some(Value::Sequence(labels)) = pickle.find(key) else { return Err(wrong(tr!("it has no list `{key}`", key))) };
    let pixels = Pixels::find(&pickle).map_err(wrong)?;
    let rows = labels.len();
    if pixels.bytes.len() != rows * IMAGE_BYTES {
        let (found, wanted) = (grouped(pixels.bytes.len()), grouped(rows * IMAGE_BYTES));
        let labels = grouped(rows);
        return Err(wrong(tr!("{labels} labels belong to {wanted} bytes of pixels, but it has {found}", labels, wanted, found)));
    }
    for (row, label) in labels.iter().enumerate() {
        let Some(Value::Integer(label)) = pickle.at(*label) else {
            return Err(wrong(tr!("`{key}` has something that is no number", key)));
        };
        let class = usize::try_from(*label).ok().filter(|class| *class < classes);
        let unknown = || ImportError::Label { path: path.into(), record: grouped(row + 1), label: *label, classes };
        let byte = |place| pixels.bytes.get(if pixels.by_columns { place * rows + row } else { row * IMAGE_BYTES + place });
        each(class.ok_or_else(unknown)?, &from_planes(|place| byte(place).copied().unwrap_or_default()));
    }
    Ok(())
}

/// The pickled names of the classes; nothing if there are none.
pub(in crate::dataset::import) fn names_in_pickle(set: CifarSet, labels: CifarLabels, bytes: &[u8]) -> Option<Vec<String>> {
    let pickle = Pickle::read(bytes).ok()?;
    let key = match (set, labels) {
        (CifarSet::Ten, _) => "label_names",
        (CifarSet::Hundred, CifarLabels::Fine) => "fine_label_names",
        (CifarSet::Hundred, CifarLabels::Coarse) => "coarse_label_names",
    };
    let Value::Sequence(names) = pickle.find(key)? else { return None };
    let name = |place: &usize| match pickle.at(*place)? {
        Value::Bytes(bytes) => Some(shown(&String::from_utf8_lossy(bytes))),
        _ => None,
    };
    names.iter().map(name).collect::<Option<Vec<_>>>().filter(|names| names.len() >= 2)
}

/// Numpy's array `[rows, 3072]` of bytes.
struct Pixels<'a> {
    bytes: &'a [u8],
    /// Whether columns come one after another, not rows.
    by_columns: bool,
}

impl<'a> Pixels<'a> {
    fn find(pickle: &Pickle<'a>) -> Result<Self, String> {
        let state = match pickle.find("data") {
            Some(Value::Object(Some(state))) => pickle.at(*state),
            _ => None,
        };
        // Version, shape, type of number, order, bytes.
        let Some(Value::Sequence(parts)) = state else { return Err(text!("it has no array `data` with pixels").into()) };
        let &[_, shape, _, order, bytes] = parts.as_slice() else { return Err(text!("the array `data` is no array of numpy's").into()) };
        let Some(Value::Bytes(bytes)) = pickle.at(bytes) else { return Err(text!("the array `data` holds no bytes").into()) };
        let size = |place: &usize| match pickle.at(*place)? {
            Value::Integer(size) => Some(*size),
            _ => None,
        };
        let shape: Option<Vec<i64>> = match pickle.at(shape) {
            Some(Value::Sequence(shape)) => shape.iter().map(size).collect(),
            _ => None,
        };
        match shape.as_deref() {
            Some([_, columns]) if *columns == IMAGE_BYTES as i64 => {
                Ok(Self { bytes, by_columns: matches!(pickle.at(order), Some(Value::True)) })
            }
            _ => Err(tr!("the array `data` should be [images, {bytes}]", bytes = grouped(IMAGE_BYTES))),
        }
    }
}
