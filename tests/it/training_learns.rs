//! The trainer on real and on made-up images, on the CPU backend.

use resnet_playground::evaluation::metrics::StepMetrics;
use resnet_playground::experiment::TrainError;
use resnet_playground::experiment::hyperparameters::Hyperparameters;
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use resnet_playground::training::{Trainer, TrainerSettings};

use crate::made_up_images::made_up_images;

fn trainer(seed: u64, skip_connections: bool) -> Trainer {
    trainer_for(10, seed, skip_connections)
}

fn trainer_for(epochs: usize, seed: u64, skip_connections: bool) -> Trainer {
    let choices = NetworkChoices { start_filters: 4, classes: 2, skip_connections, ..Default::default() };
    let hyperparameters = Hyperparameters { batch_size: 8, learning_rate: 0.003, epochs, seed, ..Default::default() };
    let settings = TrainerSettings {
        spec: ResNetSpec::new(choices).expect("a network that can be built"),
        hyperparameters,
        dropout: true,
        look_every: 0,
        recompute: false,
    };
    let images = made_up_images(32);
    Trainer::new(settings, images.clone(), images).expect("settings that can train")
}

fn run(mut trainer: Trainer, steps: usize) -> Vec<StepMetrics> {
    for _ in 0..steps {
        trainer.step();
    }
    pollster::block_on(trainer.read()).expect("a CPU is not lost")
}

fn mean_loss(steps: &[StepMetrics]) -> f32 {
    steps.iter().map(|step| step.loss).sum::<f32>() / steps.len() as f32
}

#[test]
fn images_are_memorised_and_then_recognised() {
    // Moving statistics follow by a hundredth a step: after 40 steps they are still mostly those of the beginning.
    let mut trainer = trainer_for(80, 1, true);
    for _ in 0..320 {
        trainer.step();
    }
    let steps = pollster::block_on(trainer.read()).unwrap();
    assert!(mean_loss(&steps[316..]) < 0.3 * mean_loss(&steps[..2]), "the loss falls: {steps:?}");
    assert!(trainer.is_finished(), "eighty epochs of four steps are over");
    // The images to measure with are those it learnt from; in inference mode, without dropout and with moving statistics.
    let mut evaluation = trainer.evaluation();
    while evaluation.advance() {}
    let recognised = pollster::block_on(evaluation.finish()).unwrap();
    assert_eq!((recognised.images, recognised.step), (32, 320), "every image once, after the last step");

    assert!(recognised.accuracy >= 0.9, "what was memorised is recognised: {recognised:?}");
    assert!(recognised.loss < 0.5 * 2f32.ln(), "and with more certainty than guessing: {recognised:?}");
}

#[test]
fn the_same_seed_gives_the_same_losses_to_the_bit() {
    let losses = |seed| run(trainer(seed, true), 10).iter().map(|step| step.loss.to_bits()).collect::<Vec<_>>();
    assert_eq!(losses(3), losses(3), "a link reproduces its run");
    assert_ne!(losses(3), losses(4), "another seed is another run");
}

#[test]
fn a_plain_network_trains_too_and_differently() {
    let (residual, plain) = (run(trainer(1, true), 40), run(trainer(1, false), 40));

    assert!(mean_loss(&plain[36..]) < 0.5 * mean_loss(&plain[..4]), "its loss falls: {plain:?}");
    assert_ne!(residual[0].loss, plain[0].loss, "the switch reaches the network");
}

#[test]
fn an_evaluation_leaves_training_as_it_was() {
    let undisturbed = run(trainer(5, true), 6);
    let mut disturbed = trainer(5, true);
    for _ in 0..6 {
        let mut evaluation = disturbed.evaluation();
        while evaluation.advance() {}
        pollster::block_on(evaluation.finish()).unwrap();
        disturbed.step();
    }
    assert_eq!(pollster::block_on(disturbed.read()).unwrap(), undisturbed, "looking changes nothing");
}

#[test]
fn a_single_image_is_refused() {
    let images = made_up_images(1);
    let settings = TrainerSettings {
        spec: ResNetSpec::default(),
        hyperparameters: Hyperparameters::default(),
        dropout: true,
        look_every: 0,
        recompute: false,
    };
    let error = Trainer::new(settings, images.clone(), images).unwrap_err();
    assert!(matches!(error, TrainError::Settings { .. }), "{error}");
}
