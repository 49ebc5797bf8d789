//! Runs that start from a file: weights, a checkpoint, another network's trunk.

use resnet_playground::checkpoint::{NamedWeights, write};
use resnet_playground::dataset::ClassChoice;
use resnet_playground::evaluation::metrics::StepMetrics;
use resnet_playground::experiment::TrainError;
use resnet_playground::experiment::hyperparameters::Hyperparameters;
use resnet_playground::experiment::weight_init::{FineTuning, Frozen, ReplacedHead, StartingPoint, WeightLayout};
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use resnet_playground::training::{Start, Trainer, TrainerSettings};

use crate::made_up_images::made_up_images;

fn spec(classes: usize, dense_units: usize) -> ResNetSpec {
    ResNetSpec::new(NetworkChoices { start_filters: 2, classes, dense_units, ..Default::default() }).expect("a network that can be built")
}

fn start(point: &StartingPoint, spec: &ResNetSpec, seed: u64) -> Result<Trainer, TrainError> {
    // A linear layer on sixteen features of a hardly trained trunk needs long steps.
    let learning_rate = if spec.choices().dense_units == 0 { 0.05 } else { 0.003 };
    let hyperparameters = Hyperparameters { batch_size: 8, epochs: 20, learning_rate, seed, ..Default::default() };
    let settings = TrainerSettings { spec: spec.clone(), hyperparameters, dropout: true, look_every: 0, recompute: false };
    let images = made_up_images(32);
    Trainer::starting_from(&Start::new(point, spec)?, settings, images.clone(), images)
}

fn train(trainer: &mut Trainer, steps: usize) -> Vec<StepMetrics> {
    (0..steps).for_each(|_| trainer.step());
    pollster::block_on(trainer.read()).expect("a CPU is not lost")
}

fn weights(trainer: &Trainer) -> NamedWeights {
    pollster::block_on(trainer.weights()).expect("a CPU is not lost")
}

fn checkpoint(trainer: &Trainer) -> Vec<u8> {
    pollster::block_on(trainer.checkpoint(ClassChoice::default())).expect("a CPU is not lost").to_bytes()
}

#[test]
fn a_resumed_run_goes_on_bit_for_bit() {
    let spec = spec(2, 512);
    let mut unbroken = start(&StartingPoint::Fresh, &spec, 5).unwrap();
    let wanted = train(&mut unbroken, 11);
    let mut before = start(&StartingPoint::Fresh, &spec, 5).unwrap();
    // In the middle of the second epoch of four steps.
    train(&mut before, 6);
    let mut after = start(&StartingPoint::Checkpoint(checkpoint(&before)), &spec, 5).unwrap();
    assert_eq!(train(&mut after, 5), wanted[6..], "the same losses at the same steps");
    assert_eq!(weights(&after), weights(&unbroken), "and the same weights in the end, statistics included");
    assert_eq!(checkpoint(&after), checkpoint(&unbroken), "down to the optimizer's memory");
}

#[test]
fn saved_weights_give_the_same_network_in_either_layout() {
    let spec = spec(2, 512);
    let mut trained = start(&StartingPoint::Fresh, &spec, 1).unwrap();
    train(&mut trained, 3);
    for layout in [WeightLayout::Keras, WeightLayout::PyTorch] {
        let bytes = write(&weights(&trained), layout, spec.choices());
        let loaded = start(&StartingPoint::Weights(bytes), &spec, 2).unwrap();
        assert_eq!(weights(&loaded), weights(&trained), "{layout:?}: nothing is drawn anew");
        assert_eq!(loaded.steps_done(), 0, "a new run");
    }
}

#[test]
fn a_checkpoint_of_another_network_is_refused() {
    let trained = start(&StartingPoint::Fresh, &spec(2, 512), 1).unwrap();
    let refused = start(&StartingPoint::Checkpoint(checkpoint(&trained)), &spec(3, 512), 1).unwrap_err();
    assert!(refused.to_string().contains("another network"), "{refused}");
}

#[test]
fn a_checkpoint_goes_on_only_with_its_own_images_in_their_order() {
    let network = spec(2, 512);
    let trained = start(&StartingPoint::Fresh, &network, 1).unwrap();
    let saved = Start::new(&StartingPoint::Checkpoint(checkpoint(&trained)), &network).unwrap();
    let own = Hyperparameters { batch_size: 8, training_images: 32, seed: 1, ..Default::default() };
    let all = ClassChoice::default();
    assert_eq!(saved.check_same_run(&own, &all), Ok(()), "the same run");
    let longer = Hyperparameters { epochs: 99, learning_rate: 1e-4, ..own };
    assert_eq!(saved.check_same_run(&longer, &all), Ok(()), "longer and with smaller steps");
    let refused = saved.check_same_run(&Hyperparameters { seed: 2, ..own }, &all).unwrap_err().to_string();
    assert!(refused.contains("seed 1, not 2"), "{refused}");
    let refused = saved.check_same_run(&own, &ClassChoice(vec![0, 3])).unwrap_err().to_string();
    assert!(refused.contains("other classes"), "{refused}");
}

#[test]
fn a_frozen_trunk_stays_to_the_bit_while_the_head_learns() {
    for dense_units in [512, 0] {
        let mut pretrained = start(&StartingPoint::Fresh, &spec(5, dense_units), 1).unwrap();
        train(&mut pretrained, 3);
        let file = write(&weights(&pretrained), WeightLayout::Keras, spec(5, dense_units).choices());
        let tuning = |frozen| StartingPoint::FineTuning(FineTuning { weights: file.clone(), replaced: ReplacedHead::Dense, frozen });
        let mut tuned = start(&tuning(Frozen::Trunk), &spec(2, dense_units), 1).unwrap();
        let before = weights(&tuned);
        let trunk = |name: &str| Frozen::Trunk.holds(name);
        for (name, weight) in before.iter().filter(|(name, _)| trunk(name)) {
            assert_eq!(weight, &weights(&pretrained)[name], "{name} comes from the file");
        }
        let steps = train(&mut tuned, 80);
        for (name, weight) in &weights(&tuned) {
            assert_eq!(*weight == before[name], trunk(name), "{name} with {dense_units} dense units: only the head moves");
        }
        let mean = |steps: &[StepMetrics]| steps.iter().map(|step| step.loss).sum::<f32>() / steps.len() as f32;
        assert!(mean(&steps[72..]) < 0.8 * mean(&steps[..4]), "the head learns with {dense_units} dense units: {steps:?}");
    }
}

#[test]
fn frozen_stages_stay_and_later_ones_learn() {
    let pretrained = start(&StartingPoint::Fresh, &spec(5, 512), 1).unwrap();
    let file = write(&weights(&pretrained), WeightLayout::PyTorch, spec(5, 512).choices());
    let tuning = FineTuning { weights: file, replaced: ReplacedHead::Scores, frozen: Frozen::Stages(2) };
    let mut tuned = start(&StartingPoint::FineTuning(tuning), &spec(2, 512), 1).unwrap();
    let before = weights(&tuned);
    train(&mut tuned, 2);
    for (name, weight) in &weights(&tuned) {
        assert_eq!(*weight == before[name], Frozen::Stages(2).holds(name), "{name}");
    }
}
