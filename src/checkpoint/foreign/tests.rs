use super::*;

fn sentence(bytes: &[u8]) -> String {
    refuse_other_kinds(bytes).unwrap_err().to_string()
}

/// A zip of empty files under these paths.
fn zip(paths: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for path in paths {
        let (mut entry, config) = archive.new_file(path).compression_method(rawzip::CompressionMethod::STORE).start().unwrap();
        let (_, descriptor) = config.wrap(&mut entry).finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

#[test]
fn a_pointer_of_git_lfs_says_how_large_the_file_is() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 123456789\n";
    assert!(sentence(pointer.as_bytes()).starts_with(
        "this is a pointer of Git LFS, 74 bytes that stand for a file of 123456789 bytes, not a safetensors file: download the file itself"
    ));
    assert!(sentence(pointer.replace("\n", "\r\n").as_bytes()).contains("123456789"), "with Windows' ends of lines");
    assert!(sentence(&pointer.as_bytes()[..50]).contains("stand for the file"), "cut short");
}

#[test]
fn web_pages_are_known_whatever_they_begin_with() {
    for page in
        ["<!DOCTYPE html><html>", "\n\n  <html lang=en>", "\u{feff}<!doctype HTML>", "<script>{\"a\":1}</script>", "<HTML><BODY>404"]
    {
        assert!(sentence(page.as_bytes()).contains("a web page"), "{page:?}: {}", sentence(page.as_bytes()));
    }
    assert!(sentence(b"<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code>").contains("XML"));
}

#[test]
fn zips_are_told_apart_by_what_lies_in_them() {
    for (paths, what, remedy) in [
        (&["metadata.json", "config.json", "model.weights.h5"][..], "a Keras archive", "w.path: w.numpy()"),
        (&["archive/data.pkl", "archive/data/0"], "a PyTorch file", "model.state_dict()"),
        (&["resnet/version", "resnet/data.pkl", "resnet/code/__torch__.py"], "a PyTorch file", "model.state_dict()"),
        (&["stem.conv.kernel.npy", "stem.conv.bias.npy"], "a NumPy archive", "numpy.load"),
        (&["export/saved_model.pb", "export/variables/variables.index"], "SavedModel", "Keras"),
        (&["run/weights.safetensors", "run/readme.txt"], "with a .safetensors file in it", "unpack"),
        (&["cats/1.png", "dogs/1.png"], "a zip archive", "drop it on the page"),
    ] {
        let said = sentence(&zip(paths));
        assert!(said.contains(what) && said.contains(remedy), "{paths:?}: {said}");
    }
    let half = zip(&["archive/data.pkl", "archive/data/0"]);
    assert!(sentence(&half[..60]).contains("a PyTorch file"), "a broken download of one: {}", sentence(&half[..60]));
}

#[test]
fn every_other_kind_has_its_own_name_and_a_remedy() {
    let mut tar = vec![0; 512];
    tar[257..262].copy_from_slice(b"ustar");
    let mut index = vec![7; 40];
    index.extend_from_slice(TENSORFLOW_INDEX);
    for (bytes, what) in [
        (&b"\x89HDF\r\n\x1a\n\x00\x00"[..], "HDF5"),
        (b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", "early PyTorch"),
        (b"\x80\x04\x95\x10", "a pickle"),
        (b"(dp0\nS'a'\n", "a pickle"),
        (b"\x93NUMPY\x01\x00", "NumPy array"),
        (b"GGUF\x03\x00\x00\x00", "GGUF"),
        (b"\x08\x08\x12\x07pytorch\x1a\x05", "ONNX"),
        (b"\x08\x07\x3a\xff\x01", "ONNX"),
        (b"\x08\x01\x12\xf0\xa2\x03\x0a", "SavedModel"),
        (b"\x08\x04\x12\x20\x0a\x05", "Core ML"),
        (b"\x0a\x2e\x0a\x05input\x12\x0bPlaceholder", "frozen TensorFlow"),
        (b"\x1c\x00\x00\x00TFL3\x14\x00", "TensorFlow Lite"),
        (b"model_checkpoint_path: \"ckpt-1\"", "TensorFlow checkpoint"),
        (&index, "index of a TensorFlow checkpoint"),
        (b"\x82\xa6params\x81\xa4stem", "msgpack"),
        (b"\x00\x05\x16\x07\x00\x02", "macOS"),
        (b"{\"weight_map\": {}}", "index of a file that was split"),
        (b"{\"format\": \"layers-model\", \"modelTopology\": {}}", "TensorFlow.js"),
        (b"{\"depth\": 20}", "JSON"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (&tar, "tar archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0\x00", "a picture"),
        ("Gewichte für das Netz".as_bytes(), "a text file"),
    ] {
        let said = sentence(bytes);
        assert!(said.contains(what) && said.contains("not a safetensors file: "), "{what}: {said}");
    }
    assert!(sentence(b"\xfe\xdc\xba\x98\x76\x54\x32\x10\x00").contains("no other kind of file that this page knows (9 bytes)"));
    assert_eq!(sentence(b""), "the file is empty: choose a .safetensors file");
}

#[test]
fn a_safetensors_file_is_refused_by_nothing() {
    for bytes in [&b"\x02\x00\x00\x00\x00\x00\x00\x00{}"[..], b"<\x00\x00\x00\x00\x00\x00\x00{\"a\"", b"PK\x03\x04\x00\x00\x00\x00{"] {
        assert_eq!(refuse_other_kinds(bytes), Ok(()), "its length may spell anything");
    }
}

#[test]
fn the_start_of_a_file_tells_weights_from_images() {
    let torch = zip(&["archive/data.pkl", "archive/data/0"]);
    let mut keras = zip(&["metadata.json", "config.json", "model.weights.h5"]);
    keras.truncate(200);
    keras.extend_from_slice(b"keras_version");
    for weights in [
        &b"\x02\x00\x00\x00\x00\x00\x00\x00{}"[..],
        b"\x89HDF\r\n\x1a\n",
        EARLY_PYTORCH,
        &torch[..100],
        &keras,
        b"\x08\x08\x12\x07pytorch",
        b"version https://git-lfs.github.com/spec/v1\nsize 5\n",
    ] {
        assert!(is_of_weights(weights), "{:?}", String::from_utf8_lossy(weights));
    }
    let cifar = b"\x80\x02}q\x01(U\x0bbatch_labelq\x02U\x15training batch 1 of 5";
    for other in [
        &cifar[..],
        b"\x89PNG\r\n\x1a\n",
        b"\x1f\x8b\x08",
        &zip(&["cats/1.png", "dogs/1.png"])[..100],
        b"<html>",
        b"",
        b"id,label\n1,cat\n",
    ] {
        assert!(!is_of_weights(other), "{:?}", String::from_utf8_lossy(other));
    }
}
