use safetensors::tensor::{TensorView, serialize};

use super::*;
use crate::checkpoint::layout::in_file;
use crate::checkpoint::{expected_weights, read, read_wanted};

/// A tensor as it is put into a made-up file.
struct Made {
    name: String,
    kind: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

fn tensor(name: &str, kind: Dtype, shape: &[usize]) -> Made {
    let count = shape.iter().product::<usize>() * kind.bitsize() / 8;
    Made { name: name.into(), kind, shape: shape.into(), bytes: vec![0; count] }
}

/// The weights of a network as another library would save them: without metadata.
fn weights(spec: &ResNetSpec, layout: WeightLayout, prefix: &str) -> Vec<Made> {
    let made = expected_weights(spec).into_iter().map(|weight| {
        let (name, shape) = in_file(&weight, layout);
        tensor(&format!("{prefix}{name}"), Dtype::F32, &shape)
    });
    made.collect()
}

fn file(tensors: &[Made]) -> Vec<u8> {
    let view = |made: &'_ Made| (made.name.clone(), made.kind, made.shape.clone());
    let views = tensors.iter().map(|made| {
        let (name, kind, shape) = view(made);
        (name, TensorView::new(kind, shape, &made.bytes).unwrap())
    });
    serialize(views, None).unwrap()
}

fn network(depth: usize, start_filters: usize) -> ResNetSpec {
    ResNetSpec::new(NetworkChoices { depth, start_filters, dense_units: 4, ..Default::default() }).unwrap()
}

#[test]
fn a_prefix_that_all_names_share_is_taken_off_and_said() {
    let spec = network(11, 2);
    for layout in [WeightLayout::Keras, WeightLayout::PyTorch] {
        for prefix in [
            "module.",
            "_orig_mod.",
            "model.",
            "net.",
            "backbone.",
            "module.model.",
            "model._orig_mod.",
            "state_dict.model.",
            "resnet/",
            "whatever.they.call.it.",
        ] {
            let bytes = file(&weights(&spec, layout, prefix));
            let survey = WeightsSurvey::of(&bytes).unwrap();
            assert_eq!((survey.prefix.as_str(), survey.layout), (prefix, layout));
            assert_eq!(survey.network(&NetworkChoices::default()).as_ref(), Some(spec.choices()));
            assert!(survey.notices().len() == 1 && survey.notices()[0].contains(prefix), "{:?}", survey.notices());
            assert!(read(&bytes, &spec).is_ok(), "and its weights are read");
        }
        let plain = WeightsSurvey::of(&file(&weights(&spec, layout, ""))).unwrap();
        assert_eq!((plain.prefix.as_str(), plain.notices()), ("", Vec::new()), "without one nothing is said");
    }
}

#[test]
fn of_several_copies_the_plain_one_is_used_and_that_is_said() {
    let spec = network(11, 2);
    for (plain, other) in
        [("model.", "model_ema."), ("", "ema."), ("module.", "ema_model.module."), ("student.", "teacher."), ("net.", "swa/net.")]
    {
        let mut tensors = weights(&spec, WeightLayout::PyTorch, plain);
        tensors.extend(weights(&spec, WeightLayout::PyTorch, other));
        let survey = WeightsSurvey::of(&file(&tensors)).unwrap();
        assert_eq!(survey.prefix, plain, "not {other}");
        assert_eq!(survey.other_copies, [other]);
        assert!(
            survey.notices().iter().any(|notice| notice.contains(other) && notice.contains("more than once")),
            "{:?}",
            survey.notices()
        );
        assert!(survey.fits(&spec));
    }
    let averaged = WeightsSurvey::of(&file(&weights(&spec, WeightLayout::PyTorch, "ema."))).unwrap();
    assert_eq!(averaged.prefix, "ema.", "where there is no other copy it is the one");
}

#[test]
fn keras_paths_and_wrappers_within_names_are_read() {
    let spec = network(11, 2);
    let renamed = |layout, rename: &dyn Fn(&str) -> String| {
        let mut tensors = weights(&spec, layout, "");
        tensors.iter_mut().for_each(|made| made.name = rename(&made.name));
        file(&tensors)
    };
    let as_keras = |name: &str| name.rsplit_once('.').map(|(layer, part)| format!("{}/{part}", layer.replace('.', "_"))).unwrap();
    let keras = renamed(WeightLayout::Keras, &as_keras);
    assert!(read(&keras, &spec).is_ok(), "as w.path says it: {:?}", read(&keras, &spec).err());
    let older = renamed(WeightLayout::Keras, &|name| format!("{}:0", as_keras(name)));
    assert!(read(&older, &spec).is_ok(), "and as it once did");
    let compiled = renamed(WeightLayout::PyTorch, &|name| name.replace(".blocks.", "._orig_mod.blocks."));
    assert!(WeightsSurvey::of(&compiled).unwrap().notices()[0].contains("wrapper"));
    assert!(read(&compiled, &spec).is_ok(), "stages that were compiled one by one");
}

#[test]
fn a_file_of_another_network_names_that_network() {
    let here = network(11, 2);
    for (depth, filters) in [(20, 16), (29, 8), (11, 32)] {
        for layout in [WeightLayout::Keras, WeightLayout::PyTorch] {
            let bytes = file(&weights(&network(depth, filters), layout, "module."));
            let wanted = format!("this file is of a network of depth {depth} with {filters} filters");
            let refusal = read(&bytes, &here).unwrap_err().to_string();
            assert!(refusal.starts_with(&wanted) && refusal.contains("depth 11 with 2 filters"), "{refusal}");
            let trunk = read_wanted(&bytes, &here, |name| name.starts_with("stages.")).unwrap_err().to_string();
            assert!(trunk.starts_with(&wanted), "fine-tuning says it too: {trunk}");
        }
    }
    let other_classes = ResNetSpec::new(NetworkChoices { classes: 2, ..here.choices().clone() }).unwrap();
    let refusal = read(&file(&weights(&other_classes, WeightLayout::PyTorch, "")), &here).unwrap_err().to_string();
    assert!(
        refusal.contains("depth 11 with 2 filters, classes 2, and the network here is of depth 11 with 2 filters, classes 10"),
        "{refusal}"
    );
}

#[test]
fn numbers_that_are_no_weights_are_named_with_a_remedy() {
    let spec = network(11, 2);
    for (kind, word, remedy) in [
        (Dtype::F8_E4M3, "8-bit floats (F8_E4M3)", "value.float()"),
        (Dtype::F8_E5M2, "8-bit floats (F8_E5M2)", "value.float()"),
        (Dtype::I8, "whole numbers (I8)", "before it was quantised"),
        (Dtype::C64, "complex numbers (C64)", "own weights"),
    ] {
        let mut tensors = weights(&network(20, 4), WeightLayout::PyTorch, "module.");
        tensors.iter_mut().for_each(|made| *made = tensor(&made.name, kind, &made.shape));
        let refusal = read(&file(&tensors), &spec).unwrap_err().to_string();
        assert!(refusal.contains(word) && refusal.contains(remedy), "{kind:?}: {refusal}");
    }
    let unknown = String::from_utf8_lossy(&file(&weights(&spec, WeightLayout::PyTorch, ""))).replace("F32", "Q77").into_bytes();
    let refusal = read(&unknown, &spec).unwrap_err().to_string();
    assert!(refusal.contains("a kind that this page does not know (Q77)"), "{refusal}");
    for kind in [Dtype::F16, Dtype::BF16, Dtype::F64] {
        let mut tensors = weights(&spec, WeightLayout::PyTorch, "");
        tensors.iter_mut().for_each(|made| *made = tensor(&made.name, kind, &made.shape));
        assert!(read(&file(&tensors), &spec).is_ok(), "{kind:?} is converted");
    }
}

#[test]
fn networks_of_others_are_said_to_be_that() {
    let spec = network(11, 2);
    let names = |names: &[&str]| {
        let tensors: Vec<Made> = names.iter().map(|name| tensor(name, Dtype::F32, &[2, 2])).collect();
        read(&file(&tensors), &spec).unwrap_err().to_string()
    };
    let refusal = names(&["conv1.weight", "bn1.weight", "layer1.0.conv1.weight", "fc.weight"]);
    assert!(refusal.contains("torchvision") && refusal.contains("such as bn1.weight"), "{refusal}");
    assert!(names(&["stem.conv.weight", "stages.0.blocks.0.conv1.weight", "stages.0.blocks.0.norm1.weight"]).contains("timm"));
    assert!(names(&["encoder.weight"]).contains("none of the names in this file, such as encoder.weight"));
    assert!(names(&[]).contains("without any weights"));
}

#[test]
fn what_a_training_keeps_beside_the_weights_is_no_hindrance() {
    let spec = network(11, 2);
    let mut tensors = weights(&spec, WeightLayout::PyTorch, "module.");
    tensors.push(tensor("n_averaged", Dtype::I64, &[]));
    tensors.push(tensor("module.stem.bn.num_batches_tracked", Dtype::I64, &[]));
    tensors.push(tensor("criterion.centres", Dtype::F32, &[10, 3]));
    tensors.push(tensor("optimizer.state.0.exp_avg", Dtype::F32, &[9]));
    let survey = WeightsSurvey::of(&file(&tensors)).unwrap();
    assert!(survey.fits(&spec));
    assert_eq!(survey.left_over, ["criterion.centres", "n_averaged", "optimizer.state.0.exp_avg"]);
    assert!(survey.notices()[1].contains("criterion.centres and 2 more are no part of the network"), "{:?}", survey.notices());
    let mut odd = weights(&spec, WeightLayout::PyTorch, "");
    odd.push(tensor("stem.extra", Dtype::F32, &[3]));
    assert!(read(&file(&odd), &spec).unwrap_err().to_string().contains("holds stem.extra"), "a layer that this network has not");
}

#[test]
fn missing_weights_are_named_as_the_file_would_have_them() {
    let spec = network(11, 2);
    let mut tensors = weights(&spec, WeightLayout::PyTorch, "");
    tensors.retain(|made| !made.name.starts_with("head.bn."));
    let bytes = file(&tensors);
    let refusal = read(&bytes, &spec).unwrap_err().to_string();
    assert!(refusal.contains("no head.bn.weight and 3 more"), "{refusal}");
    let survey = WeightsSurvey::of(&bytes).unwrap();
    assert_eq!(survey.network(spec.choices()), None);
    let nearest = survey.nearest_network(spec.choices()).unwrap();
    assert_eq!((nearest.depth().layers(), survey.missing(&nearest).len()), (11, 4));
}
