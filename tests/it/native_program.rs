//! The native program as somebody uses it: words in, lines and an exit code out.

use std::process::{Command, Output};

use serde_json::Value;

fn run(line: &str) -> Output {
    run_with(line, &[])
}

/// With these variables set.
fn run_with(line: &str, variables: &[(&str, &str)]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_resnet-playground"));
    program.current_dir(env!("CARGO_MANIFEST_DIR")).args(line.split_whitespace()).envs(variables.iter().copied());
    program.output().expect("the program starts")
}

/// The lines of a run that succeeds.
fn lines(line: &str) -> Vec<Value> {
    let output = run(line);
    assert!(output.status.success(), "`{line}`: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The exit code and the words of a run that fails.
fn refused(line: &str) -> (Option<i32>, String) {
    let output = run(line);
    assert!(output.stdout.is_empty(), "`{line}` prints {}", String::from_utf8_lossy(&output.stdout));
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn described(options: &str) -> Value {
    let output = run(&format!("describe {options}"));
    assert!(output.status.success(), "`{options}`: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn of_two_options_the_later_counts() {
    assert_eq!(described("")["parameters"]["total"], 1_445_706, "the tutorial's own total");
    assert_eq!(described("--blocks-in-stages 1-3-2 --depth 20")["blocks_per_stage"], 2, "a depth after blocks");
    assert_eq!(described("--depth 20 --blocks=1-3-2")["blocks_in_stages"], serde_json::json!([1, 3, 2]), "blocks after a depth");
    let network = &described("--depth 29 https://example.org/?v=1&depth=20&skips=off --filters 4 --no-batch-norm")["network"];
    assert_eq!((&network["depth"], &network["skip_connections"]), (&20.into(), &false.into()), "a link after an option: {network}");
    assert_eq!((&network["start_filters"], &network["batch_norm"]), (&4.into(), &false.into()), "options after a link: {network}");
}

#[test]
fn a_word_that_is_none_is_refused_with_what_it_might_mean() {
    let (code, words) = refused("describe --deph 20");
    assert!(code == Some(2) && words.contains("--depth"), "{code:?}: {words}");
    let (code, words) = refused("train depth=11 --experiment whatever");
    assert!(code == Some(2) && words.contains("skips, depth, lesions"), "{code:?}: {words}");
    let (code, words) = refused("train");
    assert!(code == Some(2) && words.contains("LINK"), "{code:?}: {words}");
    assert_eq!(refused("parity").0, Some(2), "no folder");
}

#[test]
fn what_cannot_be_done_is_refused_in_a_sentence() {
    let (code, words) = refused("describe --depth 50");
    assert!(code == Some(1) && words.contains("47 or 56"), "the nearest depths: {code:?}: {words}");
    let (code, words) = refused("describe --activation swish");
    assert!(code == Some(1) && words.contains("--activation takes relu, leaky-relu"), "{code:?}: {words}");
    let (code, words) = refused("describe depth=20");
    assert!(code == Some(1) && words.contains("no option of a network"), "{code:?}: {words}");
    let (code, words) = refused("train ?data=my-pets");
    assert!(code == Some(1) && words.contains("--data"), "{code:?}: {words}");
}

#[test]
fn training_prints_a_line_for_each_step_epoch_and_test() {
    let link = "depth=11&filters=2&images=20&batch=10&held-out=10&epochs=1";
    let all = lines(&format!("train {link}"));
    assert_eq!(all.iter().filter(|line| line.get("step").is_some()).count(), 2, "two batches: {all:?}");
    let some_left = lines("train depth=11&filters=2&images=25&batch=10&held-out=10&epochs=2");
    let of = |key: &str| some_left.iter().filter_map(|line| line[key].as_u64()).collect::<Vec<_>>();
    assert_eq!((of("step"), of("steps")), ((0..6).collect(), vec![3, 6]), "the third batch of an epoch has five images: {some_left:?}");
    let without_steps = lines(&format!("train --config {link}"));
    assert_eq!(without_steps.iter().filter(|line| line.get("epoch").is_some()).count(), 1, "{without_steps:?}");
    assert!(without_steps.iter().any(|line| line.get("test").is_some()), "{without_steps:?}");
    assert!(!without_steps.iter().any(|line| line.get("step").is_some()), "{without_steps:?}");
}

#[test]
fn a_run_explains_its_gap_and_leaves_weights_and_a_notebook_that_loads_them() {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    let [weights, notebook] = ["w.safetensors", "run.ipynb"].map(|name| folder.path().join(name));
    let link = "depth=11&filters=2&images=20&batch=10&held-out=10&epochs=2&classes=0-3-5";
    let all = lines(&format!(
        "train --config {link} --explain-gap --layout pytorch --save {} --notebook {}",
        weights.display(),
        notebook.display()
    ));
    let gap = all.iter().find(|line| line.get("gap").is_some()).expect("a line about the gap");
    let passes = gap["passes"].as_array().expect("passes");
    let accuracy = |pass: &Value| pass["accuracy"].as_f64().expect("a number");
    let causes: f64 = gap["causes"].as_array().expect("causes").iter().map(accuracy).sum();
    let whole = accuracy(&passes[0]) - accuracy(&passes[passes.len() - 1]);
    assert!((causes - whole).abs() < 1e-6, "the causes add up: {gap}");
    let text = std::fs::read_to_string(&notebook).expect("a notebook");
    let read: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&read["nbformat"], &read["nbformat_minor"]), (&4.into(), &5.into()));
    assert!(text.contains("WEIGHTS = \\\"w.safetensors\\\"") && text.contains("class ResNet(nn.Module)"), "its weights, its library");
    assert!(text.contains("(1, ") && text.contains("(4, "), "its curve");
    assert!(std::fs::metadata(&weights).expect("weights").len() > 1000);
    let (code, words) = refused("train depth=11 --layout tensorflow");
    assert!(code == Some(2) && words.contains("keras, pytorch"), "{code:?}: {words}");
}

#[test]
#[cfg(not(feature = "webgpu"))]
fn a_program_built_without_gpus_says_how_it_is_built_with_them() {
    for line in ["train depth=11 --device gpu", "parity tests/fixtures/keras_depth11_filters8 --device gpu"] {
        let (code, words) = refused(line);
        assert!(code == Some(1) && words.contains("--features webgpu"), "{code:?}: {words}");
    }
    assert_eq!(refused("train depth=11 --device cuda").0, Some(2), "no such device");
}

#[test]
#[cfg(all(feature = "webgpu", target_os = "linux"))]
fn a_machine_without_an_adapter_gets_a_sentence() {
    let sentence = |variables: &[(&str, &str)]| {
        let output = run_with("train depth=11 --device gpu", variables);
        assert!(output.status.code() == Some(1) && output.stdout.is_empty(), "{output:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let words = sentence(&[("VK_DRIVER_FILES", "/nowhere.json"), ("VK_ICD_FILENAMES", "/nowhere.json")]);
    assert!(words.starts_with("no graphics adapter was found") && words.contains("install") && words.contains("CPU"), "{words}");
    let words = sentence(&[("CUBECL_WGPU_DEFAULT_DEVICE", "best")]);
    assert!(words.contains("it takes `DiscreteGpu(0)`"), "{words}");
}

#[test]
#[cfg(feature = "webgpu")]
fn a_gpu_trains_what_the_cpu_trains_and_is_named() {
    let link = "depth=11&filters=2&images=20&batch=10&held-out=10&epochs=1&rate=0.0003";
    let output = run(&format!("train {link} --device gpu"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if said.starts_with("no graphics adapter was found") {
        // The tests of kernels say so.
        return;
    }
    assert!(output.status.success() && said.contains("GPU: ") && said.contains("kernels: tiles of"), "{said}");
    let losses =
        |lines: Vec<Value>| lines.iter().filter(|line| line.get("step").is_some()).filter_map(|line| line["loss"].as_f64()).collect();
    let gpu: Vec<f64> =
        losses(String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect());
    let cpu: Vec<f64> = losses(lines(&format!("train {link}")));
    let apart = gpu.iter().zip(&cpu).map(|(gpu, cpu)| (gpu / cpu - 1.0).abs()).fold(0.0, f64::max);
    assert!(gpu.len() == 2 && cpu.len() == 2 && apart < 1e-3, "{gpu:?} on the GPU, {cpu:?} on the CPU");
}
