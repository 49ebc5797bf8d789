//! What a run has come to, as JSON: a line each.

use resnet_playground::evaluation::gap::{Gap, GapMetrics, GapUnit};
use resnet_playground::evaluation::metrics::{HeldOutMetrics, StepMetrics, TestMetrics};
use resnet_playground::experiment::callbacks::EpochRecord;
use resnet_playground::spec::Named;
use serde_json::{Value, json};

pub(super) fn step(step: &StepMetrics, elapsed_ms: f64) -> Value {
    json!({ "step": step.step, "loss": step.loss, "accuracy": step.accuracy, "elapsed_ms": elapsed_ms })
}

pub(super) fn epoch(record: &EpochRecord, images_per_second: f64, elapsed_ms: f64) -> Value {
    let EpochRecord { epoch, steps_done, learning_rate, loss, accuracy, validation, held_out, averaged, .. } = record;
    let of = |metrics: &HeldOutMetrics| json!({ "loss": metrics.loss, "accuracy": metrics.accuracy, "images": metrics.images });
    json!({
        "epoch": epoch,
        "steps": steps_done,
        "learning_rate": learning_rate,
        "train_loss": loss,
        "train_accuracy": accuracy,
        "validation": validation.as_ref().map(of),
        "held_out": of(held_out),
        "held_out_with_averaged_weights": averaged.as_ref().map(of),
        "best_so_far": record.is_best,
        "shortens_steps": record.shortens_steps,
        "stops": record.stops,
        "images_per_second": images_per_second,
        "elapsed_ms": elapsed_ms,
    })
}

pub(super) fn tested(metrics: &TestMetrics) -> Value {
    let TestMetrics { weights, plain, with_mirror_images: mirrored } = metrics;
    json!({
        "test": weights.name(),
        "images": plain.images,
        "loss": plain.loss,
        "accuracy": plain.accuracy,
        "loss_with_flip_averaging": mirrored.loss,
        "accuracy_with_flip_averaging": mirrored.accuracy,
    })
}

pub(super) fn explained(metrics: &GapMetrics) -> Value {
    let passes: Vec<_> = metrics
        .levels
        .iter()
        .map(|pass| json!({ "pass": pass.level.name(), "loss": pass.loss, "accuracy": pass.accuracy, "images": pass.images }))
        .collect();
    let causes = Gap::new(metrics, GapUnit::Accuracy).map_or_else(Vec::new, |gap| {
        gap.parts.iter().map(|part| json!({ "cause": part.cause(), "accuracy": part.less as f64 / 1000.0 })).collect()
    });
    json!({ "gap": metrics.sentence(), "causes": causes, "passes": passes, "steps": metrics.steps_done })
}
