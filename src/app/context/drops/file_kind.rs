//! Where a file belongs, by how it begins.

use crate::checkpoint::is_of_weights;
use crate::studies::sweep::begins_as_results;

/// Where a single file belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// The network looks at it.
    Picture,
    /// The next run starts from it, or it is said why not.
    Weights,
    /// Results of a sweep, which are shown beside the runs, or it is said why not.
    Results,
    /// Its images become a data set, or it is said why not.
    Images,
}

/// Bytes of a file that are looked at.
pub(super) const START_BYTES: usize = 4096;

/// Endings of files of weights. They count where the bytes say nothing: whoever drops such a file wants to hear about weights.
const WEIGHTS_ENDINGS: [&str; 18] = [
    "safetensors",
    "pt",
    "pth",
    "ckpt",
    "h5",
    "hdf5",
    "keras",
    "onnx",
    "gguf",
    "tflite",
    "pb",
    "npz",
    "npy",
    "msgpack",
    "mlmodel",
    "pte",
    "mpk",
    "bpk",
];

/// Endings of files of JSON lines, which hold no images.
const RESULTS_ENDINGS: [&str; 2] = ["jsonl", "ndjson"];

/// Where a file of that name that begins so belongs.
pub(super) fn file_kind(name: &str, start: &[u8]) -> FileKind {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if is_picture(start) {
        FileKind::Picture
    } else if is_of_weights(start) || WEIGHTS_ENDINGS.contains(&ending.as_str()) {
        FileKind::Weights
    } else if begins_as_results(start) || RESULTS_ENDINGS.contains(&ending.as_str()) {
        FileKind::Results
    } else {
        FileKind::Images
    }
}

/// Whether a file begins as pictures do, those among them that some browsers cannot show.
fn is_picture(start: &[u8]) -> bool {
    let brand = start.get(8..12).unwrap_or_default();
    let is_bitmap = start.starts_with(b"BM") && start.get(6..10) == Some(&[0; 4]);
    let is_in_container =
        start.get(4..8) == Some(b"ftyp") && [&b"avif"[..], b"avis", b"heic", b"heix", b"heif", b"mif1", b"msf1"].contains(&brand);
    let beginnings = [
        &b"\x89PNG\r\n\x1a\n"[..],
        b"\xff\xd8\xff",
        b"GIF87a",
        b"GIF89a",
        b"II*\0",
        b"MM\0*",
        b"\0\0\x01\0",
        b"\xff\x0a",
        b"\0\0\0\x0cJXL ",
    ];
    let is_webp = start.starts_with(b"RIFF") && brand == b"WEBP";
    is_bitmap || is_in_container || is_webp || beginnings.iter().any(|beginning| start.starts_with(beginning)) || is_drawing(start)
}

/// Whether a text is an SVG.
fn is_drawing(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start.get(..1024).unwrap_or(start)).to_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with("<svg") || text.starts_with("<?xml") && text.contains("<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_bytes_whatever_they_are_called() {
        for start in [
            &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..],
            b"\xff\xd8\xff\xe0\0\x10JFIF",
            b"GIF89a\x01\0",
            b"RIFF\x24\0\0\0WEBPVP8 ",
            b"BM\x36\x0c\0\0\0\0\0\0\x36\0\0\0",
            b"\0\0\0\x1cftypavif",
            b"\0\0\0\x18ftypheic",
            b"II*\0\x08\0\0\0",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\">",
            b"<?xml version=\"1.0\"?>\n<svg>",
        ] {
            for name in ["cat.png", "cat", "cat.safetensors", "cat.zip"] {
                assert_eq!(file_kind(name, start), FileKind::Picture, "{name}: {:?}", String::from_utf8_lossy(start));
            }
        }
    }

    #[test]
    fn weights_are_known_by_their_bytes_or_at_least_by_their_name() {
        for (name, start) in [
            ("weights", &b"\x40\0\0\0\0\0\0\0{\"stem.conv.kernel\""[..]),
            ("model", b"\x89HDF\r\n\x1a\n\0"),
            ("model.bin", b"GGUF is none that is trained here, and its name says nothing: see below"),
            ("model.safetensors", b"<!DOCTYPE html>"),
            ("model.safetensors", b"version https://git-lfs.github.com/spec/v1\n"),
            ("model.bin", b"version https://git-lfs.github.com/spec/v1\n"),
            ("MODEL.PT", b"whatever"),
            ("model.keras.safetensors", b"PK\x03\x04"),
            ("model.onnx.safetensors", b"\x08\x08\x12\x07pytorch"),
            ("empty.safetensors", b""),
        ] {
            let wanted = if start.starts_with(b"GGUF") { FileKind::Images } else { FileKind::Weights };
            assert_eq!(file_kind(name, start), wanted, "{name}: {:?}", String::from_utf8_lossy(start));
        }
    }

    #[test]
    fn results_of_a_sweep_are_known_by_their_beginning_or_their_name() {
        for (name, start) in [
            ("results", &b"{\"resnet_playground_sweep\":1,\"link\":\"v=1\""[..]),
            ("results.txt", b"\xef\xbb\xbf{\"resnet_playground_sweep\":2"),
            ("results.jsonl", b""),
            ("RESULTS.NDJSON", b"epoch,loss\n"),
        ] {
            assert_eq!(file_kind(name, start), FileKind::Results, "{name}");
        }
        assert_eq!(file_kind("labels.json", b"{\"labels\": []}"), FileKind::Images, "any other JSON");
    }

    #[test]
    fn archives_and_all_else_are_images() {
        for (name, start) in [
            ("pets.zip", &b"PK\x03\x04\x14\0\0\0\0\0"[..]),
            ("cifar-10-python.tar.gz", b"\x1f\x8b\x08"),
            ("data_batch_1", b"\x80\x02}q\x01(U\x0bbatch_label"),
            ("data_batch_1.bin", &[3; 4096]),
            ("labels.csv", b"id,label\n1,cat\n"),
            ("pets.7z", b"7z\xbc\xaf\x27\x1c"),
            ("film.mp4", b"\0\0\0\x18ftypisom"),
            ("nothing", b""),
        ] {
            assert_eq!(file_kind(name, start), FileKind::Images, "{name}");
        }
    }
}
