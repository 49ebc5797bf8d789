//! `resnet-playground weights`: which network a file fits, or the page's sentence about why it fits none.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use resnet_playground::checkpoint::{NamedWeights, StoredWeight, expected_weights, write};
use resnet_playground::experiment::weight_init::WeightLayout;
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use serde_json::Value;
use tempfile::TempDir;

/// A file of that name in a folder that goes away with the first of the two.
fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    (folder, path)
}

fn run(file: &Path, more: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_resnet-playground"));
    program.current_dir(env!("CARGO_MANIFEST_DIR")).arg("weights").arg(file).args(more).output().expect("the program starts")
}

fn json(file: &Path) -> Value {
    let output = run(file, &["--json"]);
    assert!(output.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("an object of JSON")
}

/// The words of a refusal.
fn refused(name: &str, bytes: &[u8]) -> String {
    let (_folder, file) = file(name, bytes);
    let output = run(&file, &[]);
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{name}: {words}");
    words
}

fn weights(spec: &ResNetSpec) -> NamedWeights {
    let zeros = expected_weights(spec).into_iter().map(|weight| {
        let values = vec![0.0; weight.shape.iter().product()];
        (weight.name, StoredWeight::new(weight.shape, values))
    });
    zeros.collect()
}

/// A file as PyTorch's users save it: with a prefix, and without the page's entry of metadata.
fn of_others(spec: &ResNetSpec, prefix: &str) -> Vec<u8> {
    let bytes = write(&weights(spec), WeightLayout::PyTorch, spec.choices());
    let length = u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes")) as usize;
    let header: serde_json::Map<String, Value> = serde_json::from_slice(&bytes[8..8 + length]).expect("a header");
    let renamed = header.into_iter().filter(|(name, _)| name != "__metadata__").map(|(name, tensor)| (format!("{prefix}{name}"), tensor));
    let header = serde_json::to_vec(&Value::Object(renamed.collect())).expect("JSON");
    [&(header.len() as u64).to_le_bytes(), header.as_slice(), &bytes[8 + length..]].concat()
}

#[test]
fn kerass_own_file_is_of_the_tutorials_network() {
    let file = Path::new("tests/fixtures/keras_depth11_filters8/weights.safetensors");
    let found = json(file);
    assert_eq!((&found["depth"], &found["start_filters"], &found["classes"]), (&11.into(), &8.into(), &10.into()), "{found}");
    assert_eq!((&found["layout"], &found["prefix"]), (&"keras".into(), &"".into()), "{found}");
    assert_eq!((&found["missing"], &found["left_over"]), (&Value::Array(vec![]), &Value::Array(vec![])), "{found}");
    let words = String::from_utf8_lossy(&run(file, &[]).stdout).into_owned();
    assert!(words.contains("depth 11 with 8 filters") && words.contains("Link to it: ?v=1"), "{words}");
}

#[test]
fn files_of_other_depths_and_widths_are_named_with_their_prefix() {
    for (depth, start_filters, classes, prefix) in [(20, 16, 10, "module."), (29, 8, 2, "model._orig_mod."), (11, 32, 100, "")] {
        let spec =
            ResNetSpec::new(NetworkChoices { depth, start_filters, classes, dense_units: 4, ..Default::default() }).expect("a network");
        let (_folder, file) = file(&format!("of-depth-{depth}.safetensors"), &of_others(&spec, prefix));
        let found = json(&file);
        assert_eq!((&found["depth"], &found["start_filters"], &found["classes"]), (&depth.into(), &start_filters.into(), &classes.into()));
        assert_eq!((&found["layout"], &found["prefix"]), (&"pytorch".into(), &prefix.into()), "{found}");
        assert_eq!(found["notices"].as_array().map(Vec::len), Some(usize::from(!prefix.is_empty())), "{found}");
        assert_eq!(found["choices"]["dense_units"], 4, "{found}");
    }
}

#[test]
fn what_is_no_file_of_weights_is_refused_with_the_pages_sentence() {
    for (name, bytes, sentence) in [
        (
            "a.safetensors",
            &b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 123456789\n"[..],
            "this is a pointer of Git LFS",
        ),
        ("b.safetensors", b"\n<!DOCTYPE html><html>", "this is a web page"),
        ("c.safetensors", b"\x08\x08\x12\x07pytorch\x00", "this is an ONNX file"),
        ("d.safetensors", b"\x89HDF\r\n\x1a\n", "this is an HDF5 file"),
        ("e.safetensors", b"GGUF\x03", "this is a GGUF file"),
        ("f.safetensors", b"", "the file is empty"),
    ] {
        let words = refused(name, bytes);
        assert!(words.starts_with(sentence), "{words}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(&folder.path().join("no-such-file"), &[]);
    assert_eq!(output.status.code(), Some(1), "a file that is not there");
}

#[test]
fn a_file_that_lacks_weights_lists_them() {
    let spec = ResNetSpec::new(NetworkChoices { start_filters: 2, dense_units: 4, ..Default::default() }).expect("a network");
    let mut weights = weights(&spec);
    weights.retain(|name, _| !name.starts_with("head.bn."));
    let words = refused("incomplete.safetensors", &write(&weights, WeightLayout::Keras, spec.choices()));
    assert!(words.contains("has no head.bn.gamma and 3 more") && words.contains("missing: head.bn.gamma, head.bn.beta"), "{words}");
}
