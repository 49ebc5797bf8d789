//! One test for each of the tutorial's callbacks; `LearningRateScheduler` has its own beside the schedules.

use super::*;
use crate::evaluation::metrics::HeldOutMetrics;
use crate::experiment::hyperparameters::{Monitoring, Schedule};

const LOSSES: [f32; 10] = [1.0, 0.8, 0.8, 0.85, 0.799_95, 0.7, 0.9, 0.9, 0.9, 0.6];

#[test]
fn reduce_lr_on_plateau_shortens_steps_after_its_patience() {
    let mut plateau = ReduceOnPlateau::default();
    let shortened: Vec<bool> = LOSSES.iter().map(|loss| plateau.epoch_end(*loss, 3)).collect();
    // 0.79995 is less than 1e-4 below 0.8, so it is the third epoch that waits.
    assert_eq!(shortened, [false, false, false, false, true, false, false, false, true, false], "as Keras' min_delta and patience say");
    assert!((plateau.share(0.1) - 0.01).abs() < 1e-15, "a tenth of a tenth: {}", plateau.share(0.1));
    let mut never = ReduceOnPlateau::default();
    assert!(LOSSES.iter().all(|loss| !never.epoch_end(*loss, 0)), "without patience it does nothing");
    assert_eq!(never.share(0.1), 1.0, "and steps keep their length");
}

#[test]
fn early_stopping_ends_a_run_after_its_patience() {
    let mut stopping = EarlyStopping::default();
    let stops: Vec<bool> = LOSSES[..9].iter().map(|loss| stopping.epoch_end(*loss, 3)).collect();
    assert_eq!(stops, [false, false, false, false, false, false, false, false, true], "any lower loss counts, 0.79995 too");
    assert!(stopping.has_stopped(), "and it stays so");
    let mut never = EarlyStopping::default();
    assert!(LOSSES.iter().all(|loss| !never.epoch_end(*loss, 0)), "without patience it does nothing");
}

#[test]
fn model_checkpoint_keeps_the_lowest_validation_loss() {
    let mut best = BestSoFar::default();
    let improved: Vec<bool> = LOSSES.iter().map(|loss| best.epoch_end(*loss)).collect();
    assert_eq!(improved, [true, true, false, false, true, true, false, false, false, true], "equal is no better");
    assert!(!best.epoch_end(f32::NAN), "what is no number is not the best");
}

#[test]
fn terminate_on_nan_names_the_first_step() {
    let step = |step, loss| StepMetrics { step, loss, accuracy: 0.1 };
    assert_eq!(first_diverged(&[step(4, 2.0), step(5, f32::INFINITY), step(6, f32::NAN)]), Some(5), "infinity is no loss either");
    assert_eq!(first_diverged(&[step(4, 2.0)]), None, "a sound run goes on");
}

#[test]
fn csv_logger_writes_a_line_for_each_epoch() {
    let pass = |loss, accuracy| HeldOutMetrics { step: 31, loss, accuracy, images: 100 };
    let record = EpochRecord {
        epoch: 1,
        steps_done: 31,
        learning_rate: 0.003,
        loss: 2.0,
        accuracy: 0.25,
        validation: Some(pass(1.5, 0.5)),
        held_out: pass(1.75, 0.375),
        averaged: None,
        is_best: true,
        shortens_steps: false,
        stops: false,
    };
    let table = history_as_csv(&[record, EpochRecord { epoch: 2, validation: None, averaged: Some(pass(1.0, 1.0)), ..record }]);
    let lines: Vec<&str> = table.split("\r\n").collect();
    assert_eq!(lines[1], "1,31,0.003,2,0.25,1.5,0.5,1.75,0.375,,", "what was not measured is empty");
    assert_eq!(lines[2], "2,31,0.003,2,0.25,,,1.75,0.375,1,1", "and so is no validation");
    let columns = |line: &str| line.split(',').count();
    assert_eq!((columns(lines[0]), lines.len(), lines[3]), (columns(lines[1]), 4, ""), "as many fields as the head has names");
}

#[test]
fn history_has_the_means_over_an_epochs_batches() {
    let three = Hyperparameters { training_images: 24, batch_size: 8, ..Default::default() };
    let mut means = EpochMeans::default();
    let step = |step, loss, accuracy| StepMetrics { step, loss, accuracy };
    means.add(&[step(0, 3.0, 0.0)], &three);
    means.add(&[step(1, 2.0, 0.5), step(2, 1.0, 1.0)], &three);
    assert_eq!(means.take(), [2.0, 0.5], "of all three");
    means.add(&[step(3, 0.5, 1.0)], &three);
    assert_eq!(means.take(), [0.5, 1.0], "the next epoch begins anew");
}

/// Keras: `History` weighs each batch by the images in it.
#[test]
fn an_incomplete_batch_weighs_as_many_images_as_it_has() {
    let losses = [3.0f32, 2.0, 7.0];
    let steps: Vec<StepMetrics> =
        losses.into_iter().enumerate().map(|(step, loss)| StepMetrics { step, loss, accuracy: loss / 10.0 }).collect();
    for (images, last) in [(17, 1.0f32), (20, 4.0), (23, 7.0)] {
        let all = Hyperparameters { training_images: images, batch_size: 8, ..Default::default() };
        let wanted = (8.0 * losses[0] + 8.0 * losses[1] + last * losses[2]) / images as f32;
        for at_once in [1, 2, 3] {
            let mut means = EpochMeans::default();
            steps.chunks(at_once).for_each(|steps| means.add(steps, &all));
            let [loss, accuracy] = means.take();
            assert!((loss - wanted).abs() < 1e-6 && (accuracy - wanted / 10.0).abs() < 1e-6, "{images} images: {loss} is not {wanted}");
            assert!(means.is_empty(), "the next epoch begins anew");
        }
    }
    let few = Hyperparameters { training_images: 5, batch_size: 8, ..Default::default() };
    let mut means = EpochMeans::default();
    assert_eq!(means.take(), [0.0, 0.0], "of nothing");
    means.add(&steps[..1], &few);
    assert!(!means.is_empty());
    assert_eq!(means.take(), [3.0, 0.3], "images that do not fill a batch are all there are");
}

#[test]
fn means_of_a_file_that_knew_whole_batches_alone_are_read() {
    let old = format!(r#"{{"steps":2,"loss":{},"accuracy":{}}}"#, 5.0f64.to_bits(), 0.5f64.to_bits());
    let mut means: EpochMeans = serde_json::from_str(&old).unwrap();
    assert_eq!(means.take(), [2.5, 0.25]);
}

#[test]
fn callbacks_survive_a_file_and_go_on_alike() {
    let schedule = Schedule { plateau_patience: 2, ..Default::default() };
    let monitoring = Monitoring { validation_images: 10, stopping_patience: 3, ..Default::default() };
    let run = Hyperparameters { schedule, monitoring, ..Default::default() };
    let mut unbroken = Callbacks::default();
    for loss in &LOSSES[..4] {
        unbroken.epoch_end(&run, *loss);
    }
    unbroken.means.add(&[StepMetrics { step: 0, loss: 0.1 + 0.2, accuracy: 1.0 / 3.0 }], &run);
    let text = serde_json::to_string(&unbroken).unwrap();
    let mut resumed: Callbacks = serde_json::from_str(&text).unwrap();
    assert_eq!(resumed, unbroken, "to the bit, from {text}");
    for (place, loss) in LOSSES[4..].iter().enumerate() {
        assert_eq!(resumed.epoch_end(&run, *loss), unbroken.epoch_end(&run, *loss), "epoch {}", place + 4);
        assert_eq!(resumed.learning_rate_at(&run, place), unbroken.learning_rate_at(&run, place), "the same learning rate");
    }
    assert!(resumed.learning_rate_at(&run, 0) < run.learning_rate, "a plateau has shortened it");
}
