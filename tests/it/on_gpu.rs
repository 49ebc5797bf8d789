//! The checks of the CPU trainer on a graphics adapter. A machine without one says so, and passes.

use std::io::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

use burn::tensor::Device;
use resnet_kernels::wgsl::Tile;
use resnet_playground::evaluation::metrics::{StepMetrics, TestedWeights};
use resnet_playground::experiment::hyperparameters::Hyperparameters;
use resnet_playground::model::ops::webgpu::{chosen_tile, use_tile};
use resnet_playground::parity::compare_operations;
use resnet_playground::protocol::{TrainCommand, TrainEvent};
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use resnet_playground::training::{Evaluation, Trainer, TrainerSettings};
use resnet_playground::worker::trainer::{NoGpu, open_gpu};

use crate::made_up_images::made_up_images_on;
use crate::scripted_host::{losses, prepare, request};
use crate::workstation::{Program, is_finished};
use crate::{model_matches_keras, own_batch_norm, own_convolution, sweep_command};

/// The one adapter of this process, which does the work of one test at a time: tiles are chosen for all.
static GPU: LazyLock<Mutex<Result<Device, NoGpu>>> = LazyLock::new(|| {
    let opened = open_gpu();
    // The test harness keeps back what the macros print.
    let _ = match &opened {
        Ok((_, adapter)) => writeln!(std::io::stderr(), "tests on a GPU: {}", adapter.name),
        Err(error) => writeln!(std::io::stderr(), "NO TESTS ON A GPU: {error}"),
    };
    Mutex::new(opened.map(|(device, _)| device))
});

fn on_gpu(check: impl FnOnce(&Device)) {
    if let Ok(device) = GPU.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
        check(device);
    }
}

#[test]
fn operations_are_those_of_the_cpu_and_all_tiles_give_the_same_bits() {
    on_gpu(|device| {
        let report = pollster::block_on(compare_operations(device)).expect("a device that is not lost");
        assert_eq!(report.tiles, [0.0; Tile::ALL.len() - 1], "each smaller tile against the largest");
        let distances = [
            &report.convolution[..],
            &report.batch_norm,
            &report.optimizer_step,
            &report.cross_entropy,
            &report.dropout,
            &report.moving_statistics,
            &report.images,
        ];
        assert!(distances.concat().into_iter().all(|distance| distance < 1e-4), "{report:#?}");
    });
}

#[test]
fn convolutions_and_gradients_are_burns_up_to_rounding() {
    on_gpu(own_convolution::compare_with_burns);
}

#[test]
fn gradients_are_what_small_steps_show() {
    on_gpu(own_convolution::compare_with_small_steps);
}

#[test]
fn batch_norm_and_gradients_are_burns_up_to_rounding() {
    on_gpu(own_batch_norm::compare_with_burns);
}

#[test]
fn depth_11_gives_keras_numbers() {
    on_gpu(model_matches_keras::expect_keras_numbers_at_depth_11);
}

#[test]
fn depth_20_gives_keras_numbers() {
    on_gpu(model_matches_keras::expect_keras_numbers_at_depth_20);
}

/// Steps of a small network whose epochs end in a smaller batch.
fn train(device: &Device, steps: usize) -> Vec<StepMetrics> {
    let choices = NetworkChoices { start_filters: 4, ..Default::default() };
    let settings = TrainerSettings {
        spec: ResNetSpec::new(choices).expect("a network that can be built"),
        hyperparameters: Hyperparameters { batch_size: 8, learning_rate: 0.0003, epochs: 10, seed: 3, ..Default::default() },
        dropout: true,
        look_every: 2,
        recompute: false,
    };
    let images = made_up_images_on(device, 28);
    let mut trainer = Trainer::new(settings, images.clone(), images).expect("settings that can train");
    (0..steps).for_each(|_| trainer.step());
    pollster::block_on(trainer.read()).expect("a device that is not lost")
}

#[test]
fn a_run_has_the_losses_of_the_cpu() {
    on_gpu(|device| {
        let (gpu, cpu) = (train(device, 12), train(&Device::flex(), 12));
        let apart = gpu.iter().zip(&cpu).map(|(gpu, cpu)| (gpu.loss / cpu.loss - 1.0).abs());
        assert!(gpu.len() == 12 && apart.fold(0.0, f32::max) < 1e-3, "{gpu:?} on the GPU, {cpu:?} on the CPU");
    });
}

/// How the steps of a run are made.
#[derive(Clone, Copy, PartialEq)]
enum Steps {
    MadeAnew,
    Replayed,
    /// As `Replayed`, but the memory that the first recording needs is taken away before it.
    RefusedOnce,
}

/// Losses and weights as bits, of a run that is looked into and validated, and keeps best and average weights; and how many of its
/// steps were replayed.
fn validated_run(device: &Device, steps: Steps, look_every: usize) -> (Vec<u32>, usize) {
    let choices = NetworkChoices { depth: 11, start_filters: 4, ..Default::default() };
    let mut hyperparameters = Hyperparameters { batch_size: 8, learning_rate: 0.002, epochs: 2, seed: 5, ..Default::default() };
    hyperparameters.monitoring.average_decay = 0.9;
    let spec = ResNetSpec::new(choices).expect("a network that can be built");
    let settings = TrainerSettings { spec, hyperparameters, dropout: true, look_every, recompute: false };
    let images = made_up_images_on(device, 76);
    let mut trainer = Trainer::new(settings, images.clone(), images).expect("settings that can train");
    if steps == Steps::MadeAnew {
        trainer.record_nothing();
    }
    let read = |trainer: &mut Trainer| {
        let steps = pollster::block_on(trainer.read()).expect("a device that is not lost");
        steps.into_iter().map(|step| step.loss.to_bits()).collect::<Vec<_>>()
    };
    let finish = |mut pass: Evaluation| {
        while pass.advance() {}
        pollster::block_on(pass.finish()).expect("a device that is not lost")
    };
    let mut bits = Vec::new();
    while !trainer.is_finished() {
        trainer.step();
        if trainer.steps_done() == 2 && steps == Steps::RefusedOnce {
            device.memory_cleanup();
        }
        if trainer.steps_done() == 5 {
            // A pass has the weights that it began with, though training goes on meanwhile.
            let pass = trainer.evaluation();
            trainer.step();
            trainer.step();
            bits.push(finish(pass).loss.to_bits());
        }
        if trainer.at_epoch_end() {
            bits.extend(read(&mut trainer));
            let held_out = finish(trainer.evaluation());
            let _ = trainer.end_epoch(Some(held_out));
            let others = [TestedWeights::Average, TestedWeights::Best].map(|weights| trainer.evaluation_of(weights).map(finish));
            bits.extend([Some(held_out)].into_iter().chain(others).flatten().map(|metrics| metrics.loss.to_bits()));
        }
    }
    let weights = pollster::block_on(trainer.weights()).expect("a device that is not lost");
    bits.extend(weights.values().flat_map(|weight| &weight.values).map(|value| value.to_bits()));
    (bits, trainer.steps_replayed())
}

#[test]
fn replayed_steps_have_the_bits_of_steps_made_anew() {
    on_gpu(|device| {
        let (made_anew, none) = validated_run(device, Steps::MadeAnew, 4);
        assert_eq!(none, 0, "nothing is recorded where that is not wanted");
        // Of two epochs of ten steps at most 11, 8 and 10. A pass in the middle of the first ends its recording, and the last step of each
        // is smaller. Fusion tries other ways at first, so that a recording may fail for want of a buffer.
        for (steps, look_every, fewest, name) in [
            (Steps::Replayed, 0, 9, "without looks"),
            (Steps::Replayed, 4, 6, "with looks in between"),
            (Steps::RefusedOnce, 0, 8, "after a recording that failed"),
        ] {
            let (bits, replayed) = validated_run(device, steps, look_every);
            assert!(replayed >= fewest, "{name}: {replayed} of 20 steps were replayed");
            assert!(bits == made_anew, "{name}: losses or weights are others");
        }
    });
}

/// What is computed with Burn's own kernels need not have the same bits in two runs: Burn chooses among them by measuring.
#[test]
fn steps_with_smoothed_labels_and_clipped_gradients_are_replayed() {
    on_gpu(|device| {
        let losses = |recorded: bool| {
            let choices = NetworkChoices { depth: 11, start_filters: 4, ..Default::default() };
            let mut hyperparameters = Hyperparameters { batch_size: 8, learning_rate: 0.0003, label_smoothing: 0.1, ..Default::default() };
            hyperparameters.optimizer.clip_norm = 0.5;
            let spec = ResNetSpec::new(choices).expect("a network that can be built");
            let settings = TrainerSettings { spec, hyperparameters, dropout: true, look_every: 0, recompute: false };
            let images = made_up_images_on(device, 64);
            let mut trainer = Trainer::new(settings, images.clone(), images).expect("settings that can train");
            if !recorded {
                trainer.record_nothing();
            }
            (0..8).for_each(|_| trainer.step());
            let steps = pollster::block_on(trainer.read()).expect("a device that is not lost");
            (steps, trainer.steps_replayed())
        };
        let ((made_anew, _), (recorded, replayed)) = (losses(false), losses(true));
        let apart = made_anew.iter().zip(&recorded).map(|(one, other)| (one.loss / other.loss - 1.0).abs());
        assert!(replayed == 6 && apart.fold(0.0, f32::max) < 1e-3, "{replayed} replayed: {made_anew:?}, {recorded:?}");
    });
}

#[test]
fn a_run_has_the_same_bits_in_two_tiles() {
    on_gpu(|device| {
        let in_use = chosen_tile();
        let bits = [Tile::LARGEST, Tile::ALL[Tile::ALL.len() - 1]].map(|tile| {
            use_tile(tile);
            train(device, 6).iter().map(|step| step.loss.to_bits()).collect::<Vec<_>>()
        });
        use_tile(in_use);
        assert_eq!(bits[0], bits[1], "the loss of each step");
    });
}

#[test]
fn a_sweep_is_trained_on_the_gpu() {
    on_gpu(|_| {
        let results = sweep_command::lines(&format!("sweep {} --device gpu", sweep_command::LINK));
        let [result] = results.as_slice() else { panic!("{results:?} of one run") };
        let device = result["device"].as_str().expect("a name");
        assert!(result["outcome"] == "finished" && !device.starts_with("CPU"), "{result}");
    });
}

#[test]
fn pages_are_served_from_the_gpu_and_the_second_finds_its_kernels_chosen() {
    on_gpu(|_| {
        let program = Program::start("--device gpu");
        let trained = [(); 2].map(|()| {
            let mut page = program.page("");
            let TrainEvent::Ready { device, .. } = page.event() else { panic!("it says first that it is there") };
            assert!(device.contains(" of ") && !device.starts_with("CPU of"), "{device}");
            page.command(prepare(request(6)));
            page.command(TrainCommand::Run);
            losses(&page.events_until(is_finished))
        });
        assert_eq!(trained[0], trained[1], "to the last bit");
        assert_eq!(trained[0].len(), 6);
    });
}
