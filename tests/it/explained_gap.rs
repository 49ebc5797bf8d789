//! Why training accuracy and held-out accuracy differ, measured in runs whose reason is known.

use burn::tensor::Device;
use resnet_playground::dataset::LabelledImages;
use resnet_playground::dataset::augmentation::Augmentation;
use resnet_playground::evaluation::gap::{Gap, GapLevel, GapMeasure, GapMetrics, GapUnit};
use resnet_playground::evaluation::metrics::StepMetrics;
use resnet_playground::experiment::hyperparameters::Hyperparameters;
use resnet_playground::protocol::{Phase, TrainCommand, TrainEvent};
use resnet_playground::random::{Purpose, RandomStream};
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use resnet_playground::training::{DeviceImages, GapPasses, Trainer, TrainerSettings, TrainingImages};

use crate::made_up_images::{STATISTICS, made_up_pixels};
use crate::scripted_host::{Script, losses, prepare, request};

fn trainer(network: NetworkChoices, hyperparameters: Hyperparameters, learnt: &LabelledImages, held_out: &LabelledImages) -> Trainer {
    let settings = TrainerSettings {
        spec: ResNetSpec::new(NetworkChoices { start_filters: 4, classes: 2, ..network }).expect("a network that can be built"),
        hyperparameters,
        dropout: true,
        look_every: 0,
        recompute: false,
    };
    let device = Device::flex();
    let images = TrainingImages::new(learnt, &LabelledImages::default(), &hyperparameters, STATISTICS, &device);
    Trainer::new(settings, images, DeviceImages::upload(held_out, STATISTICS, &device)).expect("settings that can train")
}

fn train(trainer: &mut Trainer, steps: usize) -> Vec<StepMetrics> {
    (0..steps).for_each(|_| trainer.step());
    pollster::block_on(trainer.read()).expect("a CPU is not lost")
}

fn explain(trainer: &Trainer, steps: &[StepMetrics]) -> GapMetrics {
    let mut passes = GapPasses::new(trainer, steps).expect("there is something to measure");
    let (_, total) = passes.progress();
    let mut batches = 0;
    while pollster::block_on(passes.advance()).expect("a CPU is not lost") {
        batches += 1;
    }
    assert_eq!((batches, passes.progress()), (total, (total, total)), "progress counts batches");
    pollster::block_on(passes.finish()).expect("a CPU is not lost")
}

fn level(metrics: &GapMetrics, level: GapLevel) -> Option<GapMeasure> {
    metrics.levels.iter().find(|measure| measure.level == level).copied()
}

fn largest(metrics: &GapMetrics) -> GapLevel {
    let gap = Gap::new(metrics, GapUnit::Accuracy).expect("first and last pass");
    assert_eq!(gap.parts.iter().map(|part| part.less).sum::<i64>(), gap.total(), "the causes add up");
    gap.largest().expect("there are causes").level
}

/// Noise with labels that have nothing to do with it: all that can be done is to remember.
fn noise(count: usize, seed: u64) -> LabelledImages {
    let mut images = made_up_pixels(count);
    RandomStream::new(seed, Purpose::Subset, 1).fill_bytes(&mut images.pixels);
    images
}

#[test]
fn after_few_steps_the_moving_statistics_are_the_cause() {
    let hyperparameters = Hyperparameters { batch_size: 8, learning_rate: 0.003, epochs: 10, ..Default::default() };
    // The very same images to evaluate with: whatever the gap is, it is not that they are new.
    let images = made_up_pixels(32);
    let mut run = trainer(NetworkChoices::default(), hyperparameters, &images, &images);
    let steps = train(&mut run, 40);
    let metrics = explain(&run, &steps);
    assert_eq!(largest(&metrics), GapLevel::MovingStatistics, "{metrics:?}");
    let sentence = metrics.sentence();
    assert!(sentence.starts_with("Batch norm's moving statistics") && sentence.contains("After 40 steps"), "{sentence}");
    let inference = level(&metrics, GapLevel::MovingStatistics).unwrap();
    let held_out = level(&metrics, GapLevel::HeldOut).unwrap();
    assert_eq!(inference.accuracy, held_out.accuracy, "the same images in the same mode");
    assert!((inference.loss - held_out.loss).abs() < 1e-5, "{inference:?} {held_out:?}");
}

#[test]
fn a_run_that_remembers_forty_images_fails_on_new_ones() {
    let network = NetworkChoices { stem_dropout: 0.0, head_dropout: 0.0, ..Default::default() };
    let hyperparameters = Hyperparameters { batch_size: 40, learning_rate: 0.003, epochs: 400, ..Default::default() };
    let mut run = trainer(network, hyperparameters, &noise(40, 1), &noise(40, 2));
    let steps = train(&mut run, 400);
    let metrics = explain(&run, &steps);
    assert_eq!(largest(&metrics), GapLevel::HeldOut, "{metrics:?}");
    assert!(metrics.sentence().starts_with("It remembers its training images"), "{}", metrics.sentence());
    assert!(level(&metrics, GapLevel::MovingStatistics).unwrap().accuracy >= 0.9, "known by heart: {metrics:?}");
    let names: Vec<_> = metrics.levels.iter().map(|measure| measure.level).collect();
    let wanted = [GapLevel::Reported, GapLevel::Trained, GapLevel::MovingStatistics, GapLevel::HeldOut];
    assert_eq!(names, wanted, "no dropout and no augmentation: no pass for them");
}

#[test]
fn the_pass_in_training_mode_is_the_epoch_itself_where_the_weights_stand_still() {
    // So small a step that no weight of 32 bits moves; statistics do, and nothing of it shows in training mode.
    let augmentation = Augmentation { flip: true, crop_padding: 4, ..Default::default() };
    let hyperparameters = Hyperparameters { batch_size: 8, learning_rate: 1e-30, l2: 0.0, epochs: 10, augmentation, ..Default::default() };
    let mut run = trainer(NetworkChoices::default(), hyperparameters, &made_up_pixels(28), &made_up_pixels(16));
    let steps = train(&mut run, 7);
    let metrics = explain(&run, &steps);
    let (reported, trained) = (level(&metrics, GapLevel::Reported).unwrap(), level(&metrics, GapLevel::Trained).unwrap());
    assert_eq!((reported.images, trained.images, metrics.mean_of_steps), (28, 28, 4), "the last four steps, one of them of four images");
    assert!((reported.loss - trained.loss).abs() < 1e-5, "the same images, masks and augmentation: {reported:?} {trained:?}");
    assert!((reported.accuracy - trained.accuracy).abs() < 1e-6, "{reported:?} {trained:?}");
    let unchanged = level(&metrics, GapLevel::WithoutAugmentation).unwrap();
    let undropped = level(&metrics, GapLevel::WithoutDropout).unwrap();
    assert!(unchanged.loss != trained.loss && undropped.loss != unchanged.loss, "each pass takes something away: {metrics:?}");
    assert_eq!(metrics.levels.len(), 6);
}

#[test]
fn explaining_changes_nothing_in_the_run() {
    let augmentation = Augmentation { flip: true, cutout: 8, ..Default::default() };
    for augmentation in [Augmentation::default(), augmentation] {
        let hyperparameters = Hyperparameters { batch_size: 8, learning_rate: 0.01, epochs: 10, augmentation, ..Default::default() };
        let new = || trainer(NetworkChoices::default(), hyperparameters, &made_up_pixels(32), &made_up_pixels(16));
        let undisturbed = train(&mut new(), 9);
        let mut looked_into = new();
        let mut steps = Vec::new();
        for _ in 0..9 {
            steps.extend(train(&mut looked_into, 1));
            let (first, second) = (explain(&looked_into, &steps), explain(&looked_into, &steps));
            assert_eq!(first, second, "measuring twice gives the same");
        }
        assert_eq!(steps, undisturbed, "to the bit");
    }
}

#[test]
fn of_many_training_images_two_for_each_held_out_one_are_measured() {
    let hyperparameters = Hyperparameters { batch_size: 8, epochs: 10, ..Default::default() };
    let mut run = trainer(NetworkChoices::default(), hyperparameters, &made_up_pixels(80), &made_up_pixels(10));
    let steps = train(&mut run, 10);
    let metrics = explain(&run, &steps);
    let images = |of: GapLevel| level(&metrics, of).unwrap().images;
    assert_eq!([GapLevel::Reported, GapLevel::Trained, GapLevel::HeldOut].map(images), [80, 16, 10]);
    assert!(metrics.method().contains("16 training images of the last 10 steps, a sample"), "{}", metrics.method());
}

#[test]
fn the_command_answers_while_a_run_waits_and_the_run_goes_on_as_if_nothing_had_been() {
    let unbroken = losses(&Script::play(vec![prepare(request(6)), TrainCommand::Run], None));
    let commands = vec![
        prepare(request(6)),
        TrainCommand::Step,
        TrainCommand::Step,
        TrainCommand::ExplainGap,
        TrainCommand::Run,
        TrainCommand::ExplainGap,
    ];
    let events = Script::play(commands, None);
    assert_eq!(losses(&events), unbroken, "the same losses");
    let gaps: Vec<_> = events.iter().filter_map(|event| if let TrainEvent::Gap(gap) = event { Some(gap) } else { None }).collect();
    assert_eq!(gaps.iter().map(|gap| gap.steps_done).collect::<Vec<_>>(), [2, 6]);
    let epoch = events.iter().find_map(|event| if let TrainEvent::EpochEnd(record) = event { Some(record) } else { None }).unwrap();
    let reported = level(gaps[1], GapLevel::Reported).unwrap();
    assert_eq!([reported.loss, reported.accuracy], [epoch.loss, epoch.accuracy], "what the table of epochs says");
    let held_out = level(gaps[1], GapLevel::HeldOut).unwrap();
    assert_eq!([held_out.loss, held_out.accuracy], [epoch.held_out.loss, epoch.held_out.accuracy], "and of the held-out images");
    assert_eq!(events.last(), Some(&TrainEvent::Phase(Phase::Finished)));
    let nothing = Script::play(vec![prepare(request(6)), TrainCommand::ExplainGap], None);
    assert_eq!(nothing.last(), Some(&TrainEvent::Phase(Phase::Paused)), "before the first step there is nothing to explain");
}
