//! Outputs that are computed again in the backward pass instead of kept: the same training.

use burn::module::Module;
use burn::tensor::Device;
use resnet_playground::checkpoint::write;
use resnet_playground::experiment::hyperparameters::Hyperparameters;
use resnet_playground::experiment::weight_init::{FineTuning, Frozen, ReplacedHead, StartingPoint, WeightLayout};
use resnet_playground::insight::layer_stats::NetworkLook;
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use resnet_playground::training::{Start, Trainer, TrainerSettings};

use crate::made_up_images::made_up_images;
use crate::random_networks::random_networks;

/// Losses of four steps to the bit, the last of them with a single image, and what a look at each saw.
fn train(start: &Start, spec: &ResNetSpec, recompute: bool) -> (Vec<u32>, Vec<NetworkLook>, Trainer) {
    let hyperparameters = Hyperparameters { batch_size: 8, learning_rate: 0.003, epochs: 1, ..Default::default() };
    let settings = TrainerSettings { spec: spec.clone(), hyperparameters, dropout: true, look_every: 1, recompute };
    let images = made_up_images(25);
    let mut trainer = Trainer::starting_from(start, settings, images.clone(), images).expect("settings that can train");
    (0..4).for_each(|_| trainer.step());
    // Weights that a step moved without it would silently keep everything from then on.
    let wanted = Device::flex().autodiff();
    let wanted = if recompute { wanted.gradient_checkpointing() } else { wanted }.gradient_checkpointing_strategy();
    assert!(trainer.model().devices().iter().all(|device| device.gradient_checkpointing_strategy() == wanted), "moved weights too");
    let steps = pollster::block_on(trainer.read()).expect("a CPU is not lost");
    let looks = pollster::block_on(trainer.read_looks()).expect("a CPU is not lost");
    (steps.iter().map(|step| step.loss.to_bits()).collect(), looks, trainer)
}

#[test]
fn losses_and_looks_are_the_same_to_the_bit() {
    for spec in random_networks(29, 60).into_iter().filter(|spec| spec.choices().image_channels != 2) {
        let [kept, again] = [false, true].map(|recompute| train(&Start::default(), &spec, recompute));
        assert_eq!(kept.0, again.0, "losses of {:?}", spec.choices());
        assert!(kept.0.iter().all(|bits| f32::from_bits(*bits).is_finite()), "{:?}: a single image has a loss too", spec.choices());
        assert_eq!(format!("{:?}", kept.1), format!("{:?}", again.1), "looks at {:?}", spec.choices());
    }
}

#[test]
fn frozen_layers_stay_as_they_are() {
    let spec = ResNetSpec::new(NetworkChoices { start_filters: 4, classes: 2, ..Default::default() }).expect("can be built");
    let (_, _, pretrained) = train(&Start::default(), &spec, false);
    let weights = pollster::block_on(pretrained.weights()).expect("a CPU is not lost");
    let weights = write(&weights, WeightLayout::Keras, spec.choices());
    for frozen in [Frozen::Trunk, Frozen::Stages(1)] {
        let tuning = FineTuning { weights: weights.clone(), replaced: ReplacedHead::Dense, frozen };
        let start = Start::new(&StartingPoint::FineTuning(tuning), &spec).expect("its own weights");
        let [kept, again] = [false, true].map(|recompute| train(&start, &spec, recompute).0);
        assert_eq!(kept, again, "{frozen:?}");
    }
}
