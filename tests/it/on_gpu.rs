//! The checks of the CPU trainer on a graphics adapter. A machine without one says so, and passes.

use std::io::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

use burn::tensor::Device;
use resnet_kernels::wgsl::Tile;
use resnet_playground::evaluation::metrics::StepMetrics;
use resnet_playground::experiment::hyperparameters::Hyperparameters;
use resnet_playground::model::ops::webgpu::{chosen_tile, use_tile};
use resnet_playground::parity::compare_operations;
use resnet_playground::protocol::{TrainCommand, TrainEvent};
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use resnet_playground::training::{Trainer, TrainerSettings};
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
