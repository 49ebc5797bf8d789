//! Runs a case on a device.

use burn::module::Module;
use burn::tensor::activation::softmax;
use burn::tensor::{Device, Tensor, TensorData};

use super::case::{CaseError, ReferenceCase, Tensors};
use super::distance::{all_but_a_thousandth, differences, largest_difference, relative_distance};
use super::report::ParityReport;
use crate::model::{ResNet, named_gradients, named_weights};
use crate::training::{Batch, Optimizer, StepSettings, classification_loss, read_numbers, training_step};

/// Penalty and learning rate with which the reference was made.
const SETTINGS: StepSettings = StepSettings::plain(1e-3, 1e-4);
const STEPS: usize = 3;

/// Runs `case` on `device` (the plain one, not its autodiff twin): inference, gradients, and three training steps.
///
/// # Errors
/// When a file lacks something, or the device was lost.
pub async fn compare(case: &ReferenceCase, device: &Device) -> Result<ParityReport, CaseError> {
    let weights = case.file("weights.safetensors")?;
    let build = |device: &Device| {
        ResNet::new(&case.spec, device, &mut weights.clone())
            .map_err(|error| CaseError { file: "weights.safetensors".into(), reason: error.to_string() })
    };
    let io = case.file("io.safetensors")?;
    let batch = batch(case, io, device)?;

    let logits = build(device)?.forward(batch.images.clone(), None);
    let inference_loss = read(classification_loss(logits.clone(), batch.labels.clone()).cross_entropy).await?;
    let (inference_logits, inference_probabilities) = outputs(logits, io, "infer").await?;

    let mut model = build(&device.clone().autodiff())?;
    let logits = model.forward(Tensor::from_inner(batch.images.clone()), None);
    let loss = classification_loss(logits.clone(), batch.labels.clone()).cross_entropy.mean();
    let (training_logits, training_probabilities) = outputs(logits.inner(), io, "train").await?;
    let gradients = gradients(&model, loss, case).await?;
    // That pass moved the averages of batch norm; the steps start from the case's own.
    model = build(&device.clone().autodiff())?;

    let penalty = penalty(weights);
    let mut optimizer = Optimizer::default();
    let mut losses = Vec::new();
    let (mut after_1, mut statistics) = (Worst::default(), 0.0f64);
    for step in 0..STEPS {
        let (moved, numbers) = training_step(model, &mut optimizer, batch.clone(), None, SETTINGS);
        model = moved;
        losses.push(f64::from(read(numbers).await?[0]));
        if step == 0 {
            let now = Weights::of(&model).await?;
            statistics = now.statistics_error(case.file("bn_after_1step.safetensors")?)?;
            after_1 = now.error(case.file("adam_after_1step.safetensors")?, case.file("adam_mask.safetensors")?)?;
        }
    }
    let now = Weights::of(&model).await?;
    let after_3_file = case.file("adam_after_3steps.safetensors")?;
    let after_3 = now.error(after_3_file, case.file("adam_mask.safetensors")?)?;
    let relative = |ours: f64, keras: f64| ((ours - keras) / keras).abs();
    let [first_loss, first_penalty] = case.losses.first().copied().unwrap_or([f64::NAN; 2]);
    let mean = inference_loss.iter().map(|loss| f64::from(*loss)).sum::<f64>() / inference_loss.len() as f64;
    Ok(ParityReport {
        depth: case.spec.depth().layers(),
        start_filters: case.spec.start_filters(),
        inference_logits,
        inference_probabilities,
        inference_loss_relative: relative(mean, case.inference_loss),
        training_logits,
        training_probabilities,
        loss_relative: losses.first().map_or(f64::INFINITY, |loss| relative(*loss, first_loss)),
        penalty_relative: relative(penalty, first_penalty),
        gradient_relative: gradients.largest,
        gradient_worst: gradients.name,
        gradients_compared: gradients.compared,
        batch_norm_statistics: statistics,
        weights_after_1_step: after_1.largest,
        weights_after_3_steps: after_3.largest,
        weights_after_3_steps_all_but_a_thousandth: after_3.nearly_all,
        batch_norm_statistics_after_3_steps: now.statistics_error(after_3_file)?,
        weights_compared: after_3.compared,
        losses_relative: losses.iter().zip(&case.losses).map(|(ours, keras)| relative(*ours, keras[0])).fold(0.0, f64::max),
        within_bounds: false,
    }
    .judged())
}

/// The worst of many errors.
#[derive(Debug, Default)]
struct Worst {
    largest: f64,
    nearly_all: f64,
    name: String,
    compared: usize,
}

async fn read(tensor: Tensor<1>) -> Result<Vec<f32>, CaseError> {
    read_numbers(tensor).await.map_err(|error| CaseError { file: "device".into(), reason: error.to_string() })
}

fn batch(case: &ReferenceCase, io: &Tensors, device: &Device) -> Result<Batch, CaseError> {
    let choices = case.spec.choices();
    let (edge, channels, count) = (choices.image_edge, choices.image_channels, case.labels.len());
    let pixels = io.get("x")?.to_vec();
    if pixels.len() != count * edge * edge * channels {
        return Err(CaseError { file: "io.safetensors".into(), reason: format!("x is not {count} images of {edge}×{edge}×{channels}") });
    }
    Ok(Batch {
        images: Tensor::from_data(TensorData::new(pixels, [count, edge, edge, channels]), device),
        labels: Tensor::from_data(TensorData::new(case.labels.clone(), [count]), device),
    })
}

/// Largest differences of logits and probabilities.
async fn outputs(logits: Tensor<2>, io: &Tensors, mode: &str) -> Result<(f64, f64), CaseError> {
    let count = logits.dims().iter().product::<usize>();
    let probabilities = read(softmax(logits.clone(), 1).reshape([count])).await?;
    let logits = read(logits.reshape([count])).await?;
    let logits = largest_difference(&logits, io.get(&format!("{mode}.logits"))?);
    Ok((logits, largest_difference(&probabilities, io.get(&format!("{mode}.probs"))?)))
}

/// Keras' file holds the gradient of cross-entropy and penalty together.
async fn gradients(model: &ResNet, loss: Tensor<1>, case: &ReferenceCase) -> Result<Worst, CaseError> {
    let (reference, weights) = (case.file("grads.safetensors")?, case.file("weights.safetensors")?);
    let mut worst = Worst::default();
    for (name, gradient) in named_gradients(model, &loss.backward()) {
        if is_bias_before_batch_norm(&name, case) {
            continue;
        }
        let slope = if is_convolution_kernel(&name) { 2.0 * SETTINGS.update.l2 as f32 } else { 0.0 };
        let gradient = read(gradient).await?;
        let ours: Vec<f32> = gradient.iter().zip(weights.get(&name)?).map(|(gradient, weight)| gradient + slope * weight).collect();
        let error = relative_distance(&ours, reference.get(&name)?);
        worst.compared += 1;
        if error.is_nan() || error > worst.largest {
            (worst.largest, worst.name) = (if error.is_nan() { f64::INFINITY } else { error }, name);
        }
    }
    Ok(worst)
}

fn penalty(weights: &Tensors) -> f64 {
    let kernels = weights.names().filter(|name| is_convolution_kernel(name));
    let squares = kernels.flat_map(|name| weights.get(name).unwrap_or_default()).map(|value| f64::from(*value).powi(2));
    SETTINGS.update.l2 * squares.sum::<f64>()
}

fn is_convolution_kernel(name: &str) -> bool {
    name.ends_with(".kernel") && !name.starts_with("head.")
}

/// Every path from such a bias runs into a batch norm, which takes it out again: its gradient is 0,
/// and what a file holds is rounding that Adam blows up to whole steps.
fn is_bias_before_batch_norm(name: &str, case: &ReferenceCase) -> bool {
    case.spec.choices().batch_norm && name.ends_with(".bias") && !name.starts_with("head.")
}

/// All weights of a model, read back.
struct Weights(Vec<(String, Vec<f32>, bool)>);

impl Weights {
    async fn of(model: &ResNet) -> Result<Self, CaseError> {
        let mut all = Vec::new();
        // Batch norm's statistics reach the module's own copy only in `valid`.
        for (name, _, values) in named_weights(&model.valid()) {
            let statistic = name.contains(".moving_");
            all.push((name, read(values).await?, statistic));
        }
        Ok(Self(all))
    }

    fn statistics_error(&self, reference: &Tensors) -> Result<f64, CaseError> {
        let mut largest = 0.0f64;
        for (name, values, _) in self.0.iter().filter(|(_, _, statistic)| *statistic) {
            largest = largest.max(largest_difference(values, reference.get(name)?));
        }
        Ok(largest)
    }

    fn error(&self, reference: &Tensors, mask: &Tensors) -> Result<Worst, CaseError> {
        let mut errors = Vec::new();
        for (name, values, _) in self.0.iter().filter(|(_, _, statistic)| !statistic) {
            let Ok(mask) = mask.get(name) else { continue };
            let apart = differences(values, reference.get(name)?).zip(mask);
            errors.extend(apart.filter(|(_, counts)| **counts > 0.5).map(|(difference, _)| difference));
        }
        errors.sort_by(f64::total_cmp);
        let largest = errors.last().copied().unwrap_or(f64::INFINITY);
        Ok(Worst { largest, nearly_all: all_but_a_thousandth(&errors), name: String::new(), compared: errors.len() })
    }
}
