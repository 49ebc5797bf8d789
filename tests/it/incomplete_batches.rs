//! The last batch of an epoch where the images do not divide into whole ones: trained on as it is, as Keras does.

use std::collections::BTreeMap;
use std::path::PathBuf;

use burn::tensor::{Device, Int, Tensor, TensorData};
use resnet_playground::checkpoint::autosave::{FileNames, KeptWork};
use resnet_playground::checkpoint::{Checkpoint, NamedWeights};
use resnet_playground::dataset::augmentation::Augmentation;
use resnet_playground::dataset::{ClassChoice, epoch_order};
use resnet_playground::evaluation::metrics::StepMetrics;
use resnet_playground::experiment::callbacks::EpochRecord;
use resnet_playground::experiment::hyperparameters::{Hyperparameters, Monitoring, OptimizerChoice, OptimizerKind};
use resnet_playground::experiment::weight_init::StartingPoint;
use resnet_playground::experiment::{RunId, RunRequest};
use resnet_playground::parity::{CASE_FILES, ReferenceCase};
use resnet_playground::protocol::{Phase, TrainCommand, TrainEvent};
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use resnet_playground::training::{Batch, DeviceImages, Start, Trainer, TrainerSettings, TrainingImages};

use crate::made_up_images::{STATISTICS, made_up_images, made_up_pixels};
use crate::scripted_host::{Script, prepare, request};

const BATCH: usize = 8;
/// One image, half a batch, all but one.
const REMAINDERS: [usize; 3] = [1, BATCH / 2, BATCH - 1];

fn spec(dense_units: usize) -> ResNetSpec {
    ResNetSpec::new(NetworkChoices { start_filters: 2, classes: 2, dense_units, ..Default::default() }).expect("can be built")
}

fn settings(spec: ResNetSpec, dropout: bool) -> TrainerSettings {
    let hyperparameters = Hyperparameters { batch_size: BATCH, epochs: 3, seed: 5, ..Default::default() };
    TrainerSettings { spec, hyperparameters, dropout, look_every: 1, recompute: false }
}

fn read(trainer: &mut Trainer) -> Vec<StepMetrics> {
    pollster::block_on(trainer.read()).expect("a CPU is not lost")
}

fn weights(trainer: &Trainer) -> NamedWeights {
    pollster::block_on(trainer.weights()).expect("a CPU is not lost")
}

fn checkpoint(trainer: &Trainer) -> Checkpoint {
    pollster::block_on(trainer.checkpoint(ClassChoice::default())).expect("a CPU is not lost")
}

fn places(order: &[u32]) -> Tensor<1, Int> {
    let places: Vec<i32> = order.iter().map(|place| *place as i32).collect();
    Tensor::from_data(TensorData::new(places, [order.len()]), &Device::flex())
}

fn batch_of(images: &DeviceImages, order: &[u32]) -> Batch {
    let (images, labels) = images.batch(places(order));
    Batch { images, labels }
}

#[test]
fn the_last_step_is_that_of_its_images_alone() {
    for left in REMAINDERS {
        let images = made_up_images(2 * BATCH + left);
        let order = epoch_order(&[images.len()], 5, 0);
        let mut whole = Trainer::new(settings(spec(16), false), images.clone(), images.clone()).expect("it trains");
        let mut by_hand = Trainer::new(settings(spec(16), false), images.clone(), images.clone()).expect("it trains");
        for batch in order.chunks(BATCH) {
            whole.step();
            by_hand.step_on(batch_of(&images, batch), None);
        }
        let steps = read(&mut whole);
        assert_eq!((steps.len(), whole.at_epoch_end()), (3, true), "{left} left: three steps are an epoch");
        assert_eq!(steps, read(&mut by_hand), "{left} left: the same losses to the bit");
        assert_eq!(weights(&whole), weights(&by_hand), "{left} left: moved by the mean gradient of those images");
    }
}

/// The loss is the mean over the images that are left, not over a batch: by the softmax of the scores, in double precision.
#[test]
fn its_loss_is_the_mean_over_its_own_images() {
    for left in REMAINDERS {
        let images = made_up_images(BATCH + left);
        let order = epoch_order(&[images.len()], 5, 0);
        let mut trainer = Trainer::new(settings(spec(16), false), images.clone(), images.clone()).expect("it trains");
        trainer.step();
        let (pixels, labels) = images.batch(places(&order[BATCH..]));
        let scores: Vec<f32> = trainer.model().forward(Tensor::from_inner(pixels), None).into_data().try_to_vec().expect("floats");
        let labels: Vec<i32> = labels.into_data().try_to_vec().expect("numbers");
        let cross_entropy = |(scores, label): (&[f32], &i32)| {
            let all: f64 = scores.iter().map(|score| f64::from(*score).exp()).sum();
            all.ln() - f64::from(scores[*label as usize])
        };
        let wanted = scores.chunks(2).zip(&labels).map(cross_entropy).sum::<f64>() / left as f64;
        trainer.step();
        let found = read(&mut trainer)[1].loss;
        assert!((f64::from(found) - wanted).abs() < 1e-5, "{left} left: {found} is not {wanted}");
    }
}

/// Keras trained on four images; `fit` with a larger batch makes one step of them an epoch.
#[test]
fn a_batch_larger_than_the_data_set_makes_keras_steps() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/keras_depth11_filters8");
    let file = |name: &str| std::fs::read(folder.join(name)).expect("the fixture is in the repository");
    let case = ReferenceCase::parse(&file("manifest.json"), &CASE_FILES.map(file)).expect("a case that can be read");
    let pixels = case.file("io.safetensors").and_then(|io| io.get("x")).expect("its images").to_vec();
    let device = Device::flex();
    let batch = Batch {
        images: Tensor::from_data(TensorData::new(pixels, [4, 32, 32, 3]), &device),
        labels: Tensor::from_data(TensorData::new(case.labels.clone(), [4]), &device),
    };
    let hyperparameters = Hyperparameters { batch_size: 32, epochs: 3, learning_rate: 1e-3, l2: 1e-4, ..Default::default() };
    let settings = TrainerSettings { hyperparameters, ..settings(case.spec.clone(), false) };
    let start = Start::new(&StartingPoint::Weights(file("weights.safetensors")), &case.spec).expect("Keras' weights");
    let images = made_up_images(4);
    let mut trainer = Trainer::starting_from(&start, settings, images.clone(), images).expect("four images are enough");
    assert_eq!(trainer.hyperparameters().total_steps(), 3, "a step an epoch");
    for [wanted, _] in &case.losses {
        trainer.step_on(batch.clone(), None);
        let found = f64::from(read(&mut trainer)[0].loss);
        assert!((found / wanted - 1.0).abs() < 1e-3, "{found} is not Keras' {wanted}");
        assert!(trainer.at_epoch_end(), "each step ends an epoch");
        let ([mean, _], _) = trainer.end_epoch(None);
        assert_eq!(f64::from(mean), found, "whose mean it is");
    }
    assert!(trainer.is_finished());
}

/// Every kind of randomness, and everything that follows an epoch.
fn everything(left: usize, point: &StartingPoint) -> Trainer {
    let mut learnt = made_up_pixels(2 * BATCH + left + 4);
    let validation = learnt.take_out(&[0, 5, 9, 14]);
    let monitoring = Monitoring { validation_images: 4, average_decay: 0.9, ..Default::default() };
    let augmentation = Augmentation { flip: true, crop_padding: 2, cutout: 6, ..Default::default() };
    let optimizer = OptimizerChoice { kind: OptimizerKind::AdamW, weight_decay: 0.01, ..Default::default() };
    let settings = settings(spec(16), true);
    let hyperparameters = Hyperparameters { monitoring, augmentation, optimizer, label_smoothing: 0.1, ..settings.hyperparameters };
    let images = TrainingImages::new(&learnt, &validation, &hyperparameters, STATISTICS, &Device::flex());
    let start = Start::new(point, &spec(16)).expect("a file that can be read");
    Trainer::starting_from(&start, TrainerSettings { hyperparameters, ..settings }, images, made_up_images(8)).expect("it trains")
}

fn train(trainer: &mut Trainer, steps: usize) -> Vec<StepMetrics> {
    let mut all = Vec::new();
    for _ in 0..steps {
        trainer.step();
        all.extend(read(trainer));
        if trainer.at_epoch_end() {
            let validation = trainer.validation().map(|mut pass| {
                while pass.advance() {}
                pollster::block_on(pass.finish()).expect("a CPU is not lost")
            });
            trainer.end_epoch(validation);
        }
    }
    all
}

#[test]
fn a_run_with_incomplete_batches_goes_on_bit_for_bit_wherever_it_was_left() {
    for left in REMAINDERS {
        let mut unbroken = everything(left, &StartingPoint::Fresh);
        assert_eq!(unbroken.hyperparameters().total_steps(), 9, "{left} left: three epochs of three steps");
        let wanted = train(&mut unbroken, 9);
        assert!(unbroken.is_finished() && wanted.iter().all(|step| step.loss.is_finite()), "{left} left: {wanted:?}");
        // Before an incomplete batch, behind one, and in the middle of an epoch.
        for stop in [2, 3, 4] {
            let mut before = everything(left, &StartingPoint::Fresh);
            train(&mut before, stop);
            let mut after = everything(left, &StartingPoint::Checkpoint(checkpoint(&before).to_bytes()));
            assert_eq!(train(&mut after, 9 - stop), wanted[stop..], "{left} left, stopped after {stop} steps: the same losses");
            assert_eq!(checkpoint(&after), checkpoint(&unbroken), "{left} left, stopped after {stop} steps: the same in the end");
        }
    }
}

#[test]
fn a_single_image_leaves_no_number_that_is_none_and_moves_batch_norm_as_keras_does() {
    for dense_units in [16, 0] {
        let images = made_up_images(BATCH + 1);
        let mut trainer = Trainer::new(settings(spec(dense_units), true), images.clone(), images).expect("it trains");
        for epoch in 0..3 {
            trainer.step();
            let before = weights(&trainer);
            trainer.step();
            let after = weights(&trainer);
            let all_numbers = after.values().flat_map(|weight| &weight.values).all(|value| value.is_finite());
            assert!(all_numbers, "{dense_units} dense units, epoch {epoch}");
            assert_ne!(after["head.dense2.kernel"], before["head.dense2.kernel"], "the last layer learns from it");
            let of = |weights: &NamedWeights, name: &str| weights.get(name).map(|weight| weight.values.clone()).unwrap_or_default();
            // A single number has no variance, and nothing of it is left once its mean is taken off.
            let name = "head.dense_bn.moving_variance";
            for (after, before) in of(&after, name).into_iter().zip(of(&before, name)) {
                assert!((after - 0.99 * before).abs() <= 1e-6 * before, "moved towards 0 by a hundredth: {before} → {after}");
            }
            // The places of one image's maps have statistics like those of many.
            let name = "stem.bn.moving_variance";
            assert!(of(&after, name).iter().zip(of(&before, name)).all(|(after, before)| *after > 0.99 * before), "{name}");
        }
        let steps = read(&mut trainer);
        assert!(steps.len() == 6 && steps.iter().all(|step| step.loss.is_finite()), "{steps:?}");
        let looks = pollster::block_on(trainer.read_looks()).expect("a CPU is not lost");
        assert!(looks.iter().flat_map(|look| &look.gradients.norms).all(|norm| norm.is_finite()), "gradients are numbers too");
        let [whole, single] = [4, 5].map(|step| looks[step].gradients.norms[0]);
        let reaches_the_stem = single > 1e-3 * whole;
        assert_eq!(reaches_the_stem, dense_units == 0, "no gradient comes through the batch norm of a dense layer: {single} of {whole}");
    }
}

/// A checkpoint as it was written when incomplete batches were left out.
fn of_version_1(mut file: Vec<u8>) -> Vec<u8> {
    let version = br#"\"version\":2"#;
    let place = file.windows(version.len()).position(|bytes| bytes == version).expect("the version comes first");
    file[place + version.len() - 1] = b'1';
    // It had no seal: under another name nobody looks at it.
    let seal = file.windows(4).position(|bytes| bytes == b"seal").expect("a seal");
    file[seal..seal + 4].copy_from_slice(b"none");
    file
}

#[test]
fn a_saved_run_that_left_incomplete_batches_out_goes_on_at_the_same_image() {
    let images = made_up_images(2 * BATCH + 4);
    let hyperparameters = Hyperparameters { l2: 0.0, ..settings(spec(16), true).hyperparameters };
    let own = || TrainerSettings { hyperparameters, ..settings(spec(16), true) };
    let mut trainer = Trainer::new(own(), images.clone(), images.clone()).expect("it trains");
    (0..2).for_each(|_| trainer.step());
    read(&mut trainer);
    let file = checkpoint(&trainer).to_bytes();
    let old = of_version_1(file.clone());
    let goes_on = |file: &[u8]| {
        let start = Start::new(&StartingPoint::Checkpoint(file.to_vec()), &spec(16)).expect("a file that can be read");
        Trainer::starting_from(&start, own(), images.clone(), images.clone()).expect("it trains")
    };
    let (mut then, now) = (goes_on(&old), goes_on(&file));
    assert_eq!((now.steps_done(), now.at_epoch_end()), (2, false), "today its epoch has a third step");
    assert_eq!((then.steps_done(), then.owes_epoch_end()), (3, true), "then two whole batches were the epoch, which has yet to end");
    then.end_epoch(None);
    (0..6).for_each(|_| then.step());
    let steps: Vec<usize> = read(&mut then).iter().map(|step| step.step).collect();
    assert_eq!((steps, then.is_finished()), ((3..9).collect(), true), "two epochs are left, with all their images");
}

/// Two epochs of 20 images and some that are left over, in batches of ten.
fn two_epochs(left: usize) -> RunRequest {
    let hyperparameters = Hyperparameters { training_images: 20 + left, epochs: 2, ..request(2).hyperparameters };
    RunRequest { hyperparameters, ..request(2) }
}

fn records(events: &[TrainEvent]) -> Vec<EpochRecord> {
    events.iter().filter_map(|event| if let TrainEvent::EpochEnd(record) = event { Some(**record) } else { None }).collect()
}

fn steps(events: &[TrainEvent]) -> Vec<StepMetrics> {
    let of = |event: &TrainEvent| if let TrainEvent::Steps { steps, .. } = event { steps.clone() } else { Vec::new() };
    events.iter().flat_map(of).collect()
}

#[test]
fn an_epoch_ends_behind_its_incomplete_batch_with_the_mean_over_its_images() {
    for left in [1, 5, 9] {
        let events = Script::play(vec![prepare(two_epochs(left)), TrainCommand::Run], None);
        let (steps, records) = (steps(&events), records(&events));
        assert_eq!(steps.len(), 6, "{left} left: three steps an epoch");
        assert_eq!(records.iter().map(|record| (record.epoch, record.steps_done)).collect::<Vec<_>>(), [(1, 3), (2, 6)]);
        for (record, steps) in records.iter().zip(steps.chunks(3)) {
            let mean = |of: fn(&StepMetrics) -> f32| {
                let weighted = steps.iter().zip([10, 10, left]).map(|(step, images)| f64::from(of(step)) * images as f64);
                weighted.sum::<f64>() / (20 + left) as f64
            };
            let apart = [f64::from(record.loss) - mean(|step| step.loss), f64::from(record.accuracy) - mean(|step| step.accuracy)];
            assert!(apart.iter().all(|apart| apart.abs() < 1e-6), "{left} left: {apart:?} from the mean over the images: {record:?}");
        }
    }
}

#[test]
fn more_images_in_a_batch_than_there_are_make_one_step_an_epoch() {
    let mut asked = two_epochs(0);
    asked.hyperparameters.batch_size = 32;
    let events = Script::play(vec![prepare(asked), TrainCommand::Run], None);
    assert_eq!(steps(&events).len(), 2, "two epochs of 20 images: {events:?}");
    assert_eq!(events.last(), Some(&TrainEvent::Phase(Phase::Finished)));
}

#[test]
fn a_run_that_was_kept_without_incomplete_batches_goes_on_with_its_curves() {
    let id = RunId::new(7);
    let keep = TrainCommand::KeepWork { id, name: String::new(), link: String::new() };
    let mut kept = BTreeMap::new();
    let commands = vec![prepare(two_epochs(5)), keep, TrainCommand::Step, TrainCommand::Step];
    let before = steps(&Script::play_with(commands, None, &mut kept));
    for slot in FileNames::of(id).slots {
        if let Some(bytes) = kept.get_mut(&slot) {
            let KeptWork { past, checkpoint } = KeptWork::from_bytes(bytes).expect("it was kept");
            *bytes = KeptWork { past, checkpoint: of_version_1(checkpoint) }.to_bytes();
        }
    }
    let goes_on = RunRequest { start: StartingPoint::Kept(id), ..two_epochs(5) };
    let events = Script::play_with(vec![prepare(goes_on), TrainCommand::Run], None, &mut kept);
    let after = steps(&events);
    assert_eq!(after[..2], before, "what it had measured");
    assert_eq!(after.iter().map(|step| step.step).collect::<Vec<_>>(), [0, 1, 3, 4, 5], "its first epoch had two steps");
    let ends: Vec<_> = records(&events).iter().map(|record| (record.epoch, record.steps_done)).collect();
    assert_eq!(ends, [(1, 3), (2, 6)], "the first epoch ends, and the second has all its images");
    assert_eq!(events.last(), Some(&TrainEvent::Phase(Phase::Finished)));
}
