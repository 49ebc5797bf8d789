//! Recognises files of other kinds by their bytes, whatever they are called, so that the user is told what to do with them.

use super::WeightsFileError;
use super::zip_names;
use crate::language::{marked, text, tr, translated};

const KERAS_REMEDY: &str = marked!(
    "load it in Keras and save its weights: safetensors.numpy.save_file({w.path: w.numpy() for w in model.weights}, \
     \"weights.safetensors\")"
);
const PYTORCH_REMEDY: &str = marked!(
    "a pickle can run code, so it is never opened here; load it where you trust it and save it: \
     safetensors.torch.save_file(model.state_dict(), \"weights.safetensors\")"
);
const NUMPY_REMEDY: &str = marked!("save its arrays: safetensors.numpy.save_file(dict(numpy.load(path)), \"weights.safetensors\")");
const EXPORTED_REMEDY: &str = marked!(
    "it is made for running a network, not for training on: save the weights of the network it was made from, in PyTorch by \
     safetensors.torch.save_file(model.state_dict(), \"weights.safetensors\")"
);
const LFS_REMEDY: &str = marked!("download the file itself, by the button beside it on the web site or by git lfs pull");
const UNPACK: &str = marked!("unpack it, then choose the .safetensors file in it");
const IMAGE_REMEDY: &str = marked!("choose a .safetensors file, or drop the picture on the page to look at it");

/// What PyTorch's pickles began with before they were in a zip.
const EARLY_PYTORCH: &[u8] = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";

/// What files begin with, what they are, and what to do with them; the longer beginning of two comes first.
const BEGINNINGS: [(&[u8], &str, &str); 32] = [
    (b"\x89HDF\r\n\x1a\n", marked!("an HDF5 file (Keras .h5)"), KERAS_REMEDY),
    (EARLY_PYTORCH, marked!("a file of an early PyTorch (.pt or .pth, a pickle)"), PYTORCH_REMEDY),
    (b"\x80\x02", marked!("a pickle (PyTorch .pt or .pkl)"), PYTORCH_REMEDY),
    (b"\x80\x03", marked!("a pickle (.pkl)"), PYTORCH_REMEDY),
    (b"\x80\x04", marked!("a pickle (.pkl)"), PYTORCH_REMEDY),
    (b"\x80\x05", marked!("a pickle (.pkl)"), PYTORCH_REMEDY),
    (b"ccollections\n", marked!("a pickle (.pkl)"), PYTORCH_REMEDY),
    (b"(dp", marked!("a pickle (.pkl)"), PYTORCH_REMEDY),
    (b"\x93NUMPY", marked!("a NumPy array (.npy)"), NUMPY_REMEDY),
    (b"GGUF", marked!("a GGUF file (llama.cpp)"), marked!("it holds a language model, and only networks designed here can be opened")),
    (b"lmgg", marked!("a GGML file (llama.cpp)"), marked!("it holds a language model, and only networks designed here can be opened")),
    (b"model_checkpoint_path:", marked!("the list of a TensorFlow checkpoint"), KERAS_REMEDY),
    (b"MATLAB 5.0", marked!("a MATLAB file (.mat)"), marked!("save its arrays with safetensors.numpy.save_file")),
    (
        b"\x00\x05\x16\x07",
        marked!("what macOS notes beside a file (its name begins with ._)"),
        marked!("choose the file without ._ before its name"),
    ),
    (b"\x1f\x8b", marked!("a gzip archive"), UNPACK),
    (b"BZh", marked!("a bzip2 archive"), UNPACK),
    (b"\xfd7zXZ\x00", marked!("an xz archive"), UNPACK),
    (b"\x28\xb5\x2f\xfd", marked!("a Zstandard archive"), UNPACK),
    (b"7z\xbc\xaf\x27\x1c", marked!("a 7z archive"), UNPACK),
    (b"Rar!", marked!("a rar archive"), UNPACK),
    (b"\x89PNG", marked!("a picture (PNG)"), IMAGE_REMEDY),
    (b"\xff\xd8\xff", marked!("a picture (JPEG)"), IMAGE_REMEDY),
    (b"GIF8", marked!("a picture (GIF)"), IMAGE_REMEDY),
    (b"RIFF", marked!("a picture or sound (RIFF)"), IMAGE_REMEDY),
    (b"BM", marked!("a picture (BMP)"), IMAGE_REMEDY),
    (b"%PDF", marked!("a PDF document"), marked!("choose a .safetensors file")),
    (b"ET12", marked!("an ExecuTorch file (.pte)"), EXPORTED_REMEDY),
    (b"\x00asm", marked!("a WebAssembly program"), marked!("choose a .safetensors file")),
    (b"\x7fELF", marked!("a program"), marked!("choose a .safetensors file")),
    (b"MZ", marked!("a program"), marked!("choose a .safetensors file")),
    (b"SQLite format 3", marked!("a database"), marked!("choose a .safetensors file")),
    (b"OggS", marked!("a sound"), marked!("choose a .safetensors file")),
];

/// What the last eight bytes of the index of a TensorFlow checkpoint are.
const TENSORFLOW_INDEX: &[u8] = b"\x57\xfb\x80\x8b\x24\x75\x47\xdb";

/// Most bytes of a header, as the library safetensors has it.
const LONGEST_HEADER: u64 = 100_000_000;

/// Letters that a text is looked at for.
const TEXT_BYTES: usize = 4096;

/// # Errors
/// When the bytes are those of another kind of file, or of none that is known.
pub(super) fn refuse_other_kinds(bytes: &[u8]) -> Result<(), WeightsFileError> {
    if bytes.is_empty() {
        return Err(WeightsFileError::Empty);
    }
    if is_safetensors(bytes) {
        return Ok(());
    }
    Err(match kind_of(bytes) {
        Some((what, remedy)) => WeightsFileError::Foreign { what, remedy: translated(remedy) },
        None => WeightsFileError::Unknown { file_bytes: bytes.len() },
    })
}

/// Whether a file that begins so holds weights, as we or others save them, or stands for such a file. Pickles of unknown contents
/// are left out: CIFAR's images are some.
pub fn is_of_weights(start: &[u8]) -> bool {
    let remedies = [KERAS_REMEDY, PYTORCH_REMEDY, NUMPY_REMEDY, EXPORTED_REMEDY, LFS_REMEDY];
    let is_plain_pickle = start.starts_with(b"\x80") && !start.starts_with(EARLY_PYTORCH);
    is_safetensors(start) || !is_plain_pickle && kind_of(start).is_some_and(|(_, remedy)| remedies.contains(&remedy))
}

/// A length, then `{`.
fn is_safetensors(start: &[u8]) -> bool {
    let header = start.first_chunk().map_or(u64::MAX, |length| u64::from_le_bytes(*length));
    header <= LONGEST_HEADER && start.get(8) == Some(&b'{')
}

fn kind_of(bytes: &[u8]) -> Option<(String, &'static str)> {
    if bytes.starts_with(b"PK\x03\x04") {
        let (what, remedy) = zip_kind(bytes);
        return Some((translated(what).into(), remedy));
    }
    if let Some((_, what, remedy)) = BEGINNINGS.iter().find(|(start, ..)| bytes.starts_with(start)) {
        return Some((translated(what).into(), remedy));
    }
    let (what, remedy) = if bytes.get(4..8) == Some(b"TFL3") {
        (marked!("a TensorFlow Lite file (.tflite)"), EXPORTED_REMEDY)
    } else if bytes.get(4..8) == Some(b"ftyp") {
        (marked!("a picture or film (HEIC, AVIF or MP4)"), IMAGE_REMEDY)
    } else if bytes.get(257..262) == Some(b"ustar") {
        (marked!("a tar archive"), UNPACK)
    } else if bytes.ends_with(TENSORFLOW_INDEX) {
        (marked!("the index of a TensorFlow checkpoint"), KERAS_REMEDY)
    } else if let Some(found) = text_kind(bytes) {
        return Some(found);
    } else {
        protocol_buffer_kind(bytes).or_else(|| msgpack_kind(bytes))?
    };
    Some((translated(what).into(), remedy))
}

fn zip_kind(bytes: &[u8]) -> (&'static str, &'static str) {
    let paths = zip_names::paths(bytes);
    let has = |is: &dyn Fn(&str) -> bool| paths.iter().any(|path| is(path));
    let says_keras = || bytes.get(..TEXT_BYTES).unwrap_or(bytes).windows(5).any(|window| window == b"keras");
    if has(&|path| path.ends_with("model.weights.h5")) || has(&|path| path == "config.json" || path == "metadata.json") && says_keras() {
        (marked!("a Keras archive (.keras)"), KERAS_REMEDY)
    } else if has(&|path| path == "data.pkl" || path.ends_with("/data.pkl") || path.ends_with("/constants.pkl")) {
        (marked!("a PyTorch file (.pt or .pth, a zip with a pickle)"), PYTORCH_REMEDY)
    } else if has(&|path| path.ends_with("saved_model.pb")) {
        (marked!("a TensorFlow SavedModel in a zip"), KERAS_REMEDY)
    } else if has(&|path| path.ends_with(".safetensors")) {
        (marked!("a zip archive with a .safetensors file in it"), UNPACK)
    } else if !paths.is_empty() && paths.iter().all(|path| path.ends_with(".npy")) {
        (marked!("a NumPy archive (.npz)"), NUMPY_REMEDY)
    } else {
        (
            marked!("a zip archive"),
            marked!("if it holds weights, unpack it and choose the .safetensors file; if it holds pictures, drop it on the page"),
        )
    }
}

/// What a text is: web pages, pointers and lists that stand for a file.
fn text_kind(bytes: &[u8]) -> Option<(String, &'static str)> {
    let start = bytes.get(..TEXT_BYTES).unwrap_or(bytes);
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with("version https://git-lfs.github.com/spec/") {
        let size = text.lines().find_map(|line| line.strip_prefix("size ")?.trim().parse::<u64>().ok());
        let pointer = bytes.len();
        let what = match size {
            Some(size) => tr!("a pointer of Git LFS, {pointer} bytes that stand for a file of {size} bytes", pointer, size),
            None => tr!("a pointer of Git LFS, {pointer} bytes that stand for the file", pointer),
        };
        return Some((what, LFS_REMEDY));
    }
    if text.starts_with('<') {
        let lower = text.to_lowercase();
        let is_page = ["<!doctype html", "<html", "<head", "<body", "<script"].iter().any(|tag| lower.contains(tag));
        let remedy = marked!("the download gave a page about the file: open the address, sign in if it asks, and download the file itself");
        return Some((if is_page { text!("a web page (HTML)") } else { "XML" }.into(), remedy));
    }
    if text.starts_with('{') || text.starts_with('[') {
        return Some(if text.contains("\"weight_map\"") {
            (
                text!("the index of a file that was split (model.safetensors.index.json)").into(),
                marked!("choose the .safetensors file that it names"),
            )
        } else if text.contains("\"modelTopology\"") {
            (text!("a network of TensorFlow.js (model.json)").into(), KERAS_REMEDY)
        } else {
            (text!("a text file (JSON)").into(), marked!("choose the .safetensors file that belongs to it"))
        });
    }
    // Text with letters of any language has no control characters but tabs and ends of lines.
    let is_text = std::str::from_utf8(start).map_or_else(|error| error.error_len().is_none() && error.valid_up_to() > 0, |_| true)
        && !text.chars().any(|letter| letter.is_control() && !letter.is_whitespace());
    (is_text && !text.is_empty()).then(|| (text!("a text file").into(), marked!("choose a .safetensors file")))
}

/// ONNX and TensorFlow write protocol buffers, which begin with the number of their version as field 1.
fn protocol_buffer_kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const TEXT_FIELD: u8 = 0x12;
    let [0x08, version, tag, length, rest @ ..] = bytes else {
        let start = bytes.get(..TEXT_BYTES).unwrap_or(bytes);
        let is_graph = bytes.first() == Some(&0x0a) && start.windows(11).any(|window| window == b"Placeholder");
        return is_graph.then_some((marked!("a frozen TensorFlow graph (.pb)"), KERAS_REMEDY));
    };
    let producer = rest.get(..usize::from(*length)).filter(|text| *tag == TEXT_FIELD && !text.is_empty());
    let is_named = producer.is_some_and(|text| text.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' '));
    // The other fields that ONNX may have there: producer's version, domain, model's version, documentation, graph, operators.
    let is_onnx_field = matches!(tag, 0x1a | 0x22 | 0x28 | 0x32 | 0x3a | 0x42);
    match (version, tag) {
        (1..=64, _) if is_named || is_onnx_field => Some((marked!("an ONNX file"), EXPORTED_REMEDY)),
        (1, &TEXT_FIELD) => Some((marked!("a TensorFlow SavedModel (saved_model.pb)"), KERAS_REMEDY)),
        (2..=64, &TEXT_FIELD) => Some((marked!("a Core ML file (.mlmodel)"), EXPORTED_REMEDY)),
        _ => None,
    }
}

/// Flax and Burn write a map whose first key is a short word.
fn msgpack_kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let [0x81..=0x8f, length @ 0xa1..=0xbf, rest @ ..] = bytes else { return None };
    let word = rest.get(..usize::from(length - 0xa0))?;
    let is_word = word.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    is_word.then_some((
        marked!("a msgpack file (Flax or Burn)"),
        marked!("save its arrays with safetensors, under the names of the PyTorch code that the page writes"),
    ))
}

#[cfg(test)]
mod tests;
