use std::collections::BTreeMap;

use crate::dataset::ClassChoice;
use crate::experiment::callbacks::Callbacks;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::experiment::weight_init::{Frozen, WeightLayout};
use crate::random::{Purpose, RandomStream};
use crate::spec::{BlockOrder, NetworkChoices, ResNetSpec};

use super::*;

fn small() -> ResNetSpec {
    let choices =
        NetworkChoices { start_filters: 2, first_widening: 1, later_widening: 1, dense_units: 3, classes: 2, ..Default::default() };
    ResNetSpec::new(choices).unwrap()
}

fn drawn(spec: &ResNetSpec, seed: u64) -> NamedWeights {
    let mut random = RandomStream::new(seed, Purpose::Weights, 0);
    let weights = expected_weights(spec).into_iter().map(|weight| {
        let count = weight.shape.iter().product::<usize>();
        (weight.name, StoredWeight::new(weight.shape, (0..count).map(|_| random.unit()).collect()))
    });
    weights.collect()
}

fn checkpoint(spec: &ResNetSpec) -> Checkpoint {
    let weights = drawn(spec, 4);
    let moments = weights.iter().filter(|(name, _)| !name.contains("moving_") && !name.starts_with("stem."));
    let moments = moments.map(|(name, weight)| {
        (
            name.clone(),
            MemoryValues { parts: [1.0, 2.0, 3.0].map(|factor| weight.values.iter().map(|value| value * factor).collect()).into() },
        )
    });
    Checkpoint {
        network: spec.choices().clone(),
        hyperparameters: Hyperparameters { learning_rate: 0.1 + 0.2, ..Default::default() },
        classes: ClassChoice(vec![3, 5]),
        frozen: Frozen::Stages(1),
        steps_done: 17,
        optimizer_steps: 17,
        callbacks: Callbacks::default(),
        memory: moments.collect(),
        average: Some((drawn(spec, 5), 17)),
        best: Some(drawn(spec, 6)),
        weights,
    }
}

fn refusal(bytes: &[u8]) -> String {
    read(bytes, &small()).unwrap_err().to_string()
}

#[test]
fn weights_survive_both_layouts_bit_for_bit() {
    for choices in [
        small().choices().clone(),
        NetworkChoices { order: BlockOrder::ConvolutionFirst, convolutions_per_block: 2, depth: 8, start_filters: 3, ..Default::default() },
        NetworkChoices { batch_norm: false, dense_units: 0, convolutions_per_block: 4, depth: 14, start_filters: 2, ..Default::default() },
    ] {
        let spec = ResNetSpec::new(choices).unwrap();
        let weights = drawn(&spec, 1);
        for layout in [WeightLayout::Keras, WeightLayout::PyTorch] {
            let bytes = write(&weights, layout, spec.choices());
            assert_eq!(bytes, write(&weights, layout, spec.choices()), "the same weights give the same file");
            assert_eq!(read(&bytes, &spec).unwrap(), weights, "{layout:?}");
        }
    }
}

#[test]
fn a_pytorch_kernel_has_its_axes_turned() {
    let mut weights = drawn(&small(), 2);
    let kernel = weights.get_mut("stem.conv.kernel").unwrap();
    assert_eq!(kernel.shape, [3, 3, 3, 2], "height, width, in, out");
    // Row 1, column 2, input 0, output 1.
    kernel.values.fill(0.0);
    kernel.values[((3 + 2) * 3) * 2 + 1] = 1.0;
    let bytes = write(&weights, WeightLayout::PyTorch, small().choices());
    let file = safetensors::SafeTensors::deserialize(&bytes).unwrap();
    let turned = file.tensor("stem.conv.weight").unwrap();
    assert_eq!(turned.shape(), [2, 3, 3, 3], "out, in, height, width");
    let place = turned.data().chunks_exact(4).position(|bytes| bytes == 1f32.to_le_bytes()).unwrap();
    assert_eq!(place, 27 + 3 + 2, "output 1, input 0, row 1, column 2");
    assert_eq!(file.tensor("head.dense_bn.running_var").unwrap().shape(), [3], "batch norm by PyTorch's names");
}

#[test]
fn keras_own_file_is_read() {
    let bytes = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keras_depth11_filters8/weights.safetensors"));
    let weights = read(bytes, &ResNetSpec::default()).unwrap();
    assert_eq!(weights.values().map(|weight| weight.values.len()).sum::<usize>(), 148_698, "all of Keras' parameters");
}

#[test]
fn a_checkpoint_survives_bit_for_bit() {
    let before = checkpoint(&small());
    assert_eq!(Checkpoint::from_bytes(&before.to_bytes()).unwrap(), before, "all of it");
    assert_eq!(read(&before.to_bytes(), &small()).unwrap(), before.weights, "its weights open like any others");
}

/// The same file as a page wrote it that left out the incomplete last batch of every epoch.
fn of_version_1(file: &[u8]) -> Vec<u8> {
    let version = |number: u32| format!(r#"{{\"version\":{number},"#).into_bytes();
    let (now, then) = (version(2), version(1));
    let place = file.windows(now.len()).position(|bytes| bytes == now).expect("the version comes first");
    let mut file = [&file[..place], &then, &file[place + then.len()..]].concat();
    // It had no seal: under another name nobody looks at it.
    let seal = file.windows(4).position(|bytes| bytes == b"seal").expect("a seal");
    file[seal..seal + 4].copy_from_slice(b"none");
    file
}

#[test]
fn a_run_saved_without_incomplete_batches_goes_on_at_the_same_image() {
    // 31 whole batches an epoch then, and the eight images that were left over now.
    for (training_images, then, now) in [(1000, 17, 17), (1000, 31, 32), (1000, 40, 41), (1000, 310, 320), (992, 40, 40), (63, 3, 6)] {
        let hyperparameters = Hyperparameters { training_images, ..Default::default() };
        let saved = Checkpoint { steps_done: then, hyperparameters, ..checkpoint(&small()) };
        let opened = Checkpoint::from_bytes(&of_version_1(&saved.to_bytes())).unwrap();
        assert_eq!(opened.steps_done, now, "step {then} of {training_images} images");
        assert_eq!(Checkpoint { steps_done: then, ..opened }, saved, "and everything else is as it was");
        assert_eq!(Checkpoint::from_bytes(&saved.to_bytes()).unwrap().steps_done, then, "a file of today is read as it is");
    }
}

#[test]
fn each_wrong_file_gets_its_own_sentence() {
    let spec = small();
    let good = write(&drawn(&spec, 1), WeightLayout::Keras, spec.choices());
    let changed = |change: &dyn Fn(&mut NamedWeights)| {
        let mut weights = drawn(&spec, 1);
        change(&mut weights);
        write(&weights, WeightLayout::Keras, spec.choices())
    };
    let set = |name: &'static str, value: f32| {
        changed(&move |weights| {
            if let Some(weight) = weights.get_mut(name) {
                weight.values[1] = value;
            }
        })
    };
    let huge = [&u64::MAX.to_le_bytes()[..], b"{\"a\":1}"].concat();
    let no_json = [&7u64.to_le_bytes()[..], b"{\"a\":1,"].concat();
    let other = ResNetSpec::new(NetworkChoices { start_filters: 4, ..spec.choices().clone() }).unwrap();
    let deeper = ResNetSpec::new(NetworkChoices { depth: 20, ..spec.choices().clone() }).unwrap();
    let cases: [(&str, Vec<u8>, &str); 15] = [
        ("nothing", Vec::new(), "is empty"),
        ("a pickle", b"\x80\x02}q\x00.more bytes".to_vec(), "a pickle can run code"),
        ("a zip archive", b"PK\x03\x04\x00\x00\x00\x00\x00\x00".to_vec(), "a zip archive"),
        ("a Keras file", b"\x89HDF\r\n\x1a\n\x00".to_vec(), "an HDF5 file"),
        ("a web page", b"<!DOCTYPE html>".to_vec(), "a web page"),
        ("a huge header", huge, "no other kind of file"),
        ("cut short in its header", good[..300].to_vec(), "its header alone has"),
        ("no JSON", no_json, "header cannot be read"),
        ("cut short", good[..good.len() - 40].to_vec(), "cut short"),
        (
            "another width",
            write(&drawn(&other, 1), WeightLayout::Keras, other.choices()),
            "a network of depth 11 with 4 filters, and the network here is of depth 11 with 2 filters",
        ),
        ("another depth", write(&drawn(&deeper, 1), WeightLayout::Keras, deeper.choices()), "a network of depth 20 with 2 filters"),
        ("a missing weight", changed(&|weights| drop(weights.remove("head.bn.beta"))), "has no head.bn.beta"),
        ("NaN", set("stem.bn.gamma", f32::NAN), "stem.bn.gamma holds a value that is no number, at place 1"),
        ("a negative variance", set("stem.bn.moving_variance", -1.0), "variance below 0"),
        (
            "a renamed weight",
            changed(&|weights| drop(weights.insert("stem.extra".into(), StoredWeight::new(vec![1], vec![0.0])))),
            "stem.extra",
        ),
    ];
    let mut sentences = BTreeMap::new();
    for (what, bytes, wanted) in cases {
        let sentence = refusal(&bytes);
        assert!(sentence.contains(wanted), "{what}: “{sentence}” does not say “{wanted}”");
        assert_eq!(sentences.insert(sentence, what), None, "{what} has a sentence of its own");
    }
    assert_eq!(Checkpoint::from_bytes(&good), Err(WeightsFileError::NoCheckpoint), "weights are no checkpoint");
}

/// Many bytes of the header and of the values: each is noticed, or what is read is what was written.
#[test]
fn a_checkpoint_with_one_flipped_byte_is_noticed() {
    let whole = checkpoint(&small());
    let good = whole.to_bytes();
    let header = 8 + usize::from_le_bytes(*good.first_chunk().unwrap());
    let mut refused = 0;
    let places: Vec<usize> = (0..header).step_by(7).chain((header..good.len()).step_by(9973)).collect();
    for (place, flip) in places.iter().zip([0x01, 0x20, 0xff].into_iter().cycle()) {
        let mut damaged = good.clone();
        damaged[*place] ^= flip;
        match Checkpoint::from_bytes(&damaged) {
            Ok(read) => assert_eq!(read, whole, "byte {place} flipped by {flip:#x}"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > places.len() / 2, "most are noticed: {refused} of {}", places.len());
    let mut damaged = good.clone();
    let last = damaged.len() - 100;
    damaged[last] ^= 1;
    assert_eq!(Checkpoint::from_bytes(&damaged), Err(WeightsFileError::Checksum), "one bit of one weight");
}

/// Reads what is left of files after random damage; nothing may panic.
fn survive(rounds: usize) {
    let spec = small();
    let files = [checkpoint(&spec).to_bytes(), write(&drawn(&spec, 1), WeightLayout::PyTorch, spec.choices())];
    let mut random = RandomStream::new(11, Purpose::Weights, 1);
    let mut below = |limit: usize| ((random.unit() * limit as f32) as usize).min(limit - 1);
    for round in 0..rounds {
        let mut bytes = files[round % 2].clone();
        for _ in 0..=below(3) {
            // The header is where damage matters; values are a tenth of the hits.
            let end = if below(10) == 0 { bytes.len() } else { bytes.len().min(6000) };
            let place = below(end);
            bytes[place] = below(256) as u8;
        }
        if below(4) == 0 {
            bytes.truncate(below(bytes.len()));
        }
        drop(Checkpoint::from_bytes(&bytes));
        if let Ok(weights) = read(&bytes, &spec) {
            let fits =
                expected_weights(&spec).iter().all(|weight| weights[&weight.name].values.len() == weight.shape.iter().product::<usize>());
            assert!(fits, "what is accepted fits the network");
        }
    }
}

#[test]
fn damaged_files_never_panic() {
    survive(40_000);
}

/// `cargo test --release --lib checkpoint -- --ignored`
#[test]
#[ignore = "takes minutes; the short form runs every time"]
fn a_million_damaged_files_never_panic() {
    survive(1_000_000);
}
