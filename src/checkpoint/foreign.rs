//! Recognises files of other kinds, so that the user is told what to do with them.

use super::WeightsFileError;

const KERAS_REMEDY: &str = "load it in Keras and save its weights with safetensors.numpy.save_file";
const PICKLE_REMEDY: &str =
    "a pickle can run code, so it is never opened here; load it where you trust it and save it with safetensors.torch.save_file";

/// Beginnings of files that people have at hand instead.
const KINDS: [(&[u8], &str, &str); 10] = [
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file (Keras .h5)", KERAS_REMEDY),
    (b"PK\x03\x04", "a zip archive (Keras .keras, PyTorch .pt or NumPy .npz)", PICKLE_REMEDY),
    (b"\x80\x02", "a pickle (PyTorch .pt or .pkl)", PICKLE_REMEDY),
    (b"\x80\x03", "a pickle (.pkl)", PICKLE_REMEDY),
    (b"\x80\x04", "a pickle (.pkl)", PICKLE_REMEDY),
    (b"\x80\x05", "a pickle (.pkl)", PICKLE_REMEDY),
    (b"\x93NUMPY", "a NumPy array (.npy)", "save all arrays with safetensors.numpy.save_file"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"<", "a web page or XML", "the download probably failed: fetch the file itself"),
    (b"\x89PNG", "a picture", "choose a .safetensors file"),
];

/// # Errors
/// When the first bytes are those of another kind of file.
pub(super) fn refuse_other_kinds(bytes: &[u8]) -> Result<(), WeightsFileError> {
    if bytes.is_empty() {
        return Err(WeightsFileError::Empty);
    }
    // A safetensors file has `{` as its ninth byte, whatever the length before it spells.
    if bytes.get(8) == Some(&b'{') {
        return Ok(());
    }
    match KINDS.iter().find(|(start, ..)| bytes.starts_with(start)) {
        Some((_, what, remedy)) => Err(WeightsFileError::Foreign { what, remedy }),
        None if bytes[0] == b'{' => {
            Err(WeightsFileError::Foreign { what: "a text file (JSON)", remedy: "choose the .safetensors file that belongs to it" })
        }
        None => Ok(()),
    }
}
