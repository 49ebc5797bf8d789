//! The network and its training step against the numbers Keras computed.

use std::path::PathBuf;

use burn::tensor::Device;
use resnet_playground::parity::{CASE_FILES, ParityReport, ReferenceCase, compare};

fn compared(folder: &str, device: &Device) -> ParityReport {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
    let read = |file: &str| std::fs::read(folder.join(file)).expect("the fixture is in the repository");
    let files: Vec<Vec<u8>> = CASE_FILES.iter().map(|file| read(file)).collect();
    let case = ReferenceCase::parse(&read("manifest.json"), &files).expect("a case that can be read");
    pollster::block_on(compare(&case, device)).expect("a comparison that comes to its end")
}

#[test]
fn depth_11_gives_keras_numbers() {
    expect_keras_numbers_at_depth_11(&Device::flex());
}

#[test]
fn depth_20_with_its_identity_shortcuts_gives_keras_numbers() {
    expect_keras_numbers_at_depth_20(&Device::flex());
}

pub fn expect_keras_numbers_at_depth_11(device: &Device) {
    let report = compared("keras_depth11_filters8", device);
    assert!(report.within_bounds, "{report:#?}");
    assert!(report.inference_logits < 1e-5 && report.training_logits < 1e-4, "logits too: {report:#?}");
    assert_eq!(report.gradients_compared, 13 + 2 * 11 + 2 * 2, "thirteen kernels, eleven batch norms, two dense layers");
    assert!(report.weights_compared > 110_000, "most of 146,794 weights: {}", report.weights_compared);
    assert!(report.weights_after_3_steps < 1e-4, "no weight is off after three steps: {report:#?}");
}

pub fn expect_keras_numbers_at_depth_20(device: &Device) {
    let report = compared("keras_depth20_filters8", device);

    assert!(report.within_bounds, "{report:#?}");
    assert!(report.inference_logits < 1e-5 && report.training_logits < 1e-4, "logits too: {report:#?}");
    assert!(report.inference_probabilities < 1e-5 && report.training_probabilities < 1e-4, "and what they say: {report:#?}");
    assert!(report.loss_relative < 1e-5 && report.gradient_relative < 1e-3, "loss and gradients: {report:#?}");
    assert_eq!(report.gradients_compared, 22 + 2 * 20 + 2 * 2, "22 kernels, twenty batch norms, two dense layers");
    assert!(report.weights_after_3_steps < 1e-3, "no weight is off after three steps: {report:#?}");
    assert!(report.weights_after_3_steps_all_but_a_thousandth < 1e-4, "and hardly any by more than rounding: {report:#?}");
    assert!(report.weights_compared > 180_000, "most of 215,738 weights: {}", report.weights_compared);
}
