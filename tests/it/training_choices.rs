//! Optimizers, schedules, augmentation, validation and weight average in whole runs, on the CPU backend.

use burn::tensor::Device;
use resnet_playground::dataset::ClassChoice;
use resnet_playground::dataset::augmentation::Augmentation;
use resnet_playground::evaluation::metrics::{HeldOutMetrics, StepMetrics, TestedWeights};
use resnet_playground::experiment::TrainError;
use resnet_playground::experiment::hyperparameters::{
    Hyperparameters, Monitoring, OptimizerChoice, OptimizerKind, Schedule, ScheduleShape,
};
use resnet_playground::experiment::weight_init::StartingPoint;
use resnet_playground::spec::{Named, NetworkChoices, ResNetSpec};
use resnet_playground::training::{Evaluation, Start, Trainer, TrainerSettings, TrainingImages};

use crate::made_up_images::{STATISTICS, made_up_images, made_up_pixels};

fn spec() -> ResNetSpec {
    ResNetSpec::new(NetworkChoices { start_filters: 2, classes: 2, dense_units: 16, ..Default::default() }).expect("can be built")
}

/// Everything at once: 24 images in batches of 8, three steps an epoch, 8 more to validate with.
fn everything(kind: OptimizerKind) -> Hyperparameters {
    let weight_decay = if kind == OptimizerKind::Adam { 0.0 } else { 0.01 };
    Hyperparameters {
        batch_size: 8,
        epochs: 6,
        learning_rate: 0.01,
        seed: 5,
        optimizer: OptimizerChoice { kind, nesterov: true, weight_decay, clip_norm: 1.0, ..Default::default() },
        schedule: Schedule {
            shape: ScheduleShape::OneCycle,
            warm_up_steps: 2,
            plateau_patience: 1,
            plateau_factor: 0.5,
            ..Default::default()
        },
        label_smoothing: 0.1,
        monitoring: Monitoring { validation_images: 8, stopping_patience: 5, average_decay: 0.9 },
        augmentation: Augmentation {
            flip: true,
            width_shift: 0.1,
            height_shift: 0.1,
            rotation_degrees: 10.0,
            zoom: 0.1,
            shear_degrees: 5.0,
            crop_padding: 2,
            cutout: 6,
        },
        ..Default::default()
    }
}

fn start(point: &StartingPoint, hyperparameters: Hyperparameters) -> Result<Trainer, TrainError> {
    let mut learnt = made_up_pixels(32);
    let validation = learnt.take_out(&(0..hyperparameters.monitoring.validation_images).map(|place| 4 * place).collect::<Vec<_>>());
    let images = TrainingImages::new(&learnt, &validation, &hyperparameters, STATISTICS, &Device::flex());
    let settings = TrainerSettings { spec: spec(), hyperparameters, dropout: true, look_every: 0, recompute: false };
    let start = Start::new(point, &spec())?;
    start.check_same_run(&Hyperparameters { training_images: 32, ..hyperparameters }, &ClassChoice::default())?;
    Trainer::starting_from(&start, settings, images, made_up_images(16))
}

fn measured(mut pass: Evaluation) -> HeldOutMetrics {
    while pass.advance() {}
    pollster::block_on(pass.finish()).expect("a CPU is not lost")
}

/// Steps with what follows each epoch.
fn train(trainer: &mut Trainer, steps: usize) -> Vec<StepMetrics> {
    let mut all = Vec::new();
    for _ in 0..steps {
        trainer.step();
        all.extend(pollster::block_on(trainer.read()).expect("a CPU is not lost"));
        if trainer.at_epoch_end() {
            let validation = trainer.validation().map(measured);
            trainer.end_epoch(validation);
        }
    }
    all
}

fn checkpoint(trainer: &Trainer) -> Vec<u8> {
    pollster::block_on(trainer.checkpoint(ClassChoice::default())).expect("a CPU is not lost").to_bytes()
}

#[test]
fn each_optimizer_goes_on_bit_for_bit_with_augmentation_average_and_callbacks() {
    for kind in OptimizerKind::ALL {
        let name = kind.name();
        let mut unbroken = start(&StartingPoint::Fresh, everything(*kind)).unwrap();
        let wanted = train(&mut unbroken, 11);
        let mut before = start(&StartingPoint::Fresh, everything(*kind)).unwrap();
        // In the middle of the third epoch of three steps.
        train(&mut before, 7);
        let mut after = start(&StartingPoint::Checkpoint(checkpoint(&before)), everything(*kind)).unwrap();
        assert_eq!(train(&mut after, 4), wanted[7..], "{name}: the same losses at the same steps");
        assert_eq!(after.callbacks(), unbroken.callbacks(), "{name}: the same wait on the validation loss");
        for weights in TestedWeights::ALL {
            let of = |trainer: &Trainer| trainer.evaluation_of(*weights).map(measured);
            assert!(of(&after).is_some(), "{name} has {} weights", weights.name());
            assert_eq!(of(&after), of(&unbroken), "{name}: the same {} weights", weights.name());
        }
        assert_eq!(checkpoint(&after), checkpoint(&unbroken), "{name}: down to the last byte");
    }
}

#[test]
fn each_optimizer_learns() {
    for kind in OptimizerKind::ALL {
        let learning_rate = if *kind == OptimizerKind::Sgd { 0.05 } else { 0.005 };
        let optimizer = OptimizerChoice { kind: *kind, weight_decay: 0.001, ..Default::default() };
        let hyperparameters = Hyperparameters { batch_size: 8, epochs: 20, learning_rate, optimizer, ..Default::default() };
        let steps = train(&mut start(&StartingPoint::Fresh, hyperparameters).unwrap(), 60);
        let mean = |steps: &[StepMetrics]| steps.iter().map(|step| step.loss).sum::<f32>() / steps.len() as f32;
        assert!(mean(&steps[50..]) < 0.6 * mean(&steps[..4]), "{}: the loss falls: {steps:?}", kind.name());
    }
}

#[test]
fn another_optimizers_memory_is_refused() {
    let trained = start(&StartingPoint::Fresh, everything(OptimizerKind::Sgd)).unwrap();
    let point = StartingPoint::Checkpoint(checkpoint(&trained));
    let refused = start(&point, everything(OptimizerKind::AmsGrad)).unwrap_err().to_string();
    assert!(refused.contains("optimizer sgd, not amsgrad"), "{refused}");
    let fewer = Monitoring { validation_images: 4, ..everything(OptimizerKind::Sgd).monitoring };
    let refused = start(&point, Hyperparameters { monitoring: fewer, ..everything(OptimizerKind::Sgd) }).unwrap_err().to_string();
    assert!(refused.contains("validation images 8, not 4"), "other images would be learnt from: {refused}");
    let adam = start(&StartingPoint::Fresh, everything(OptimizerKind::Adam)).unwrap();
    assert!(
        start(&StartingPoint::Checkpoint(checkpoint(&adam)), everything(OptimizerKind::AdamW)).is_ok(),
        "AdamW remembers what Adam does"
    );
}

#[test]
fn validation_and_averaging_change_nothing_in_training() {
    let watched = everything(OptimizerKind::AmsGrad);
    let mut plain = Monitoring { average_decay: 0.0, stopping_patience: 0, ..watched.monitoring };
    let schedule = Schedule { plateau_patience: 0, ..watched.schedule };
    let with = train(&mut start(&StartingPoint::Fresh, Hyperparameters { schedule, ..watched }).unwrap(), 7);
    let unwatched = Hyperparameters { monitoring: plain, schedule, ..watched };
    let mut undisturbed = start(&StartingPoint::Fresh, unwatched).unwrap();
    (0..7).for_each(|_| undisturbed.step());
    assert_eq!(pollster::block_on(undisturbed.read()).unwrap(), with, "looking changes nothing");
    plain.validation_images = 0;
    let fewer = train(&mut start(&StartingPoint::Fresh, Hyperparameters { monitoring: plain, schedule, ..watched }).unwrap(), 1);
    assert_ne!(fewer[0].loss, with[0].loss, "but images kept out are not learnt from");
}

#[test]
fn the_average_follows_the_weights_with_its_own_moving_statistics() {
    let monitoring = Monitoring { average_decay: 0.5, ..Default::default() };
    let hyperparameters = Hyperparameters { batch_size: 8, epochs: 5, learning_rate: 0.01, monitoring, ..Default::default() };
    let mut trainer = start(&StartingPoint::Fresh, hyperparameters).unwrap();
    let values = |name: &str, trainer: &Trainer| {
        let saved = pollster::block_on(trainer.checkpoint(ClassChoice::default())).unwrap();
        (saved.weights[name].values.clone(), saved.average.expect("there is one").0[name].values.clone())
    };
    let names = ["stem.conv.kernel", "head.bn.moving_mean", "head.dense2.bias"];
    let mut wanted = names.map(|name| values(name, &trainer).0);
    for step in 0..4 {
        trainer.step();
        let kept = 0.5f32.min((1.0 + step as f32) / (10.0 + step as f32));
        for (name, wanted) in names.iter().zip(&mut wanted) {
            let (current, average) = values(name, &trainer);
            for ((wanted, current), average) in wanted.iter_mut().zip(current).zip(average) {
                *wanted = *wanted * kept + current * (1.0 - kept);
                assert!((*wanted - average).abs() < 1e-6, "{name} after step {step}: {average} is not {wanted}");
            }
        }
    }
}

#[test]
fn an_image_and_its_mirror_image_are_judged_together() {
    let mut trainer = start(&StartingPoint::Fresh, everything(OptimizerKind::AmsGrad)).unwrap();
    train(&mut trainer, 3);
    let plain = measured(trainer.evaluation());
    let mirrored = measured(trainer.evaluation().with_mirror_images());
    assert_eq!((plain.images, mirrored.images), (16, 16), "the same images");
    assert!(mirrored.loss.is_finite() && mirrored.loss != plain.loss, "another judgement: {plain:?}, {mirrored:?}");
    let mut twice = mirrored;
    twice.step = measured(trainer.evaluation().with_mirror_images()).step;
    assert_eq!(measured(trainer.evaluation().with_mirror_images()), twice, "and the same every time");
}

#[test]
fn settings_change_while_a_run_goes_on_all_but_its_images_and_their_order() {
    let asked = everything(OptimizerKind::Sgd);
    let unchanged = train(&mut start(&StartingPoint::Fresh, asked).unwrap(), 6);
    let mut trainer = start(&StartingPoint::Fresh, asked).unwrap();
    let before = train(&mut trainer, 3);
    let own = *trainer.hyperparameters();
    let refusals = [
        (Hyperparameters { batch_size: 4, ..own }, "batch size 8"),
        (Hyperparameters { seed: 6, ..own }, "seed 5"),
        (Hyperparameters { optimizer: OptimizerChoice { kind: OptimizerKind::Adam, ..own.optimizer }, ..own }, "optimizer sgd"),
        (Hyperparameters { learning_rate: -1.0, ..own }, "learning rate"),
    ];
    for (refused, wanted) in refusals {
        let sentence = trainer.retune(&refused).unwrap_err().to_string();
        assert!(sentence.to_lowercase().contains(wanted), "“{sentence}” does not say “{wanted}”");
    }
    assert_eq!(*trainer.hyperparameters(), own, "what is refused changes nothing");
    let augmentation = Augmentation { flip: false, ..own.augmentation };
    trainer.retune(&Hyperparameters { learning_rate: own.learning_rate / 2.0, augmentation, ..own }).unwrap();
    let after = train(&mut trainer, 3);
    assert_eq!(before, unchanged[..3], "the first epoch is the same");
    assert!(after.iter().zip(&unchanged[3..]).all(|(after, unchanged)| after.loss != unchanged.loss), "the second is another");
    let as_it_was = trainer.callbacks().learning_rate_at(&own, 5);
    assert_eq!(trainer.last_learning_rate() * 2.0, as_it_was, "steps are half as long, plateaus counted alike");
}
