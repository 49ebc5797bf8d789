//! What a network makes of one image, against passes of its own and against finite differences.

use burn::module::Module;
use burn::tensor::{Int, Tensor, TensorData};
use resnet_playground::dataset::IMAGE_BYTES;
use resnet_playground::experiment::hyperparameters::Hyperparameters;
use resnet_playground::insight::feature_maps::{FeatureMaps, ImageQuestion, STRIP_IMAGES};
use resnet_playground::insight::measuring::look_at_image;
use resnet_playground::spec::{BlockOrder, NetworkChoices, ResNetSpec};
use resnet_playground::training::{Trainer, TrainerSettings};

use crate::made_up_images::made_up_images;

/// A network that has taken a few steps, so that its moving statistics are no longer where they began.
fn trained(order: BlockOrder, steps: usize) -> Trainer {
    let choices = NetworkChoices { start_filters: 4, classes: 2, order, ..Default::default() };
    let hyperparameters = Hyperparameters { batch_size: 8, learning_rate: 0.003, epochs: 10, ..Default::default() };
    let settings = TrainerSettings {
        spec: ResNetSpec::new(choices).expect("a network that can be built"),
        hyperparameters,
        dropout: true,
        look_every: 0,
        recompute: false,
    };
    let images = made_up_images(20);
    let mut trainer = Trainer::new(settings, images.clone(), images).expect("settings that can train");
    for _ in 0..steps {
        trainer.step();
    }
    trainer
}

fn image(number: i32) -> Tensor<4> {
    let images = made_up_images(20);
    images.batch(Tensor::<1, Int>::from_data(TensorData::new(vec![number], [1]), &images.device())).0
}

fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_to_vec().expect("numbers")
}

fn ask(trainer: &Trainer, question: ImageQuestion) -> resnet_playground::insight::feature_maps::ImageLook {
    pollster::block_on(trainer.look_at_image(question)).expect("a CPU is not lost").expect("there are images")
}

#[test]
fn the_maps_and_the_prediction_are_those_of_a_full_forward_pass() {
    for order in [BlockOrder::PreActivation, BlockOrder::ConvolutionFirst] {
        let trainer = trained(order, 4);
        let network = trainer.model().valid();
        let mut outputs = Vec::new();
        let logits = network.forward_seen(image(3), None, &mut |block| outputs.push(block.output));
        let wanted = values(burn::tensor::activation::softmax(logits, 1));
        for (output, place) in outputs.into_iter().zip(1..) {
            let [_, height, width, channels] = output.dims();
            let found = look_at_image(trainer.model(), image(3), place, None);
            assert_eq!(values(found.maps), values(output.clone()), "block {place} in {order:?}");
            assert_eq!(values(found.probabilities), wanted, "the prediction does not depend on the place");
            let look = ask(&trainer, ImageQuestion { image: 3, place, ..Default::default() });
            assert_eq!(look.maps, FeatureMaps::strongest(&values(output), [height, width], channels), "what is sent is the same");
            assert_eq!(look.probabilities, wanted, "the prediction too");
        }
    }
}

#[test]
fn the_class_activation_map_is_weighted_by_what_finite_differences_give() {
    const STEP: f64 = 1e-2;
    let trainer = trained(BlockOrder::PreActivation, 6);
    let pooled = trainer.model().evaluate_seen(image(5), 0).pooled;
    let [_, height, width, channels] = pooled.dims();
    let head = trainer.model().differentiable_head().valid();
    let mut mappings = Vec::new();
    for class in 0..2 {
        let score = |maps: Tensor<4>| f64::from(values(head.classify(maps, None))[class]);
        let weights: Vec<f64> = (0..channels)
            .map(|channel| {
                let bump: Vec<f32> = (0..channels).map(|other| if other == channel { STEP as f32 } else { 0.0 }).collect();
                let bump = Tensor::<4>::from_data(TensorData::new(bump, [1, 1, 1, channels]), &pooled.device());
                // Moving a whole map adds up the gradients at all its places.
                (score(pooled.clone() + bump.clone()) - score(pooled.clone() - bump)) / (2.0 * STEP * (height * width) as f64)
            })
            .collect();
        let maps = values(pooled.clone());
        let wanted: Vec<f64> = maps
            .chunks_exact(channels)
            .map(|place| place.iter().zip(&weights).map(|(value, weight)| f64::from(*value) * weight).sum::<f64>().max(0.0))
            .collect();
        let found = values(look_at_image(trainer.model(), image(5), 0, Some(class)).activation);
        let scale = wanted.iter().copied().fold(0.0, f64::max).max(found.iter().copied().map(f64::from).fold(0.0, f64::max));
        assert_eq!(found.len(), height * width, "a value for each place");
        for (found, wanted) in found.iter().zip(&wanted) {
            assert!((f64::from(*found) - wanted).abs() <= 0.02 * scale, "class {class}: {found} is not {wanted}, of {scale}");
        }
        mappings.push((scale, found));
    }
    assert!(mappings.iter().any(|(scale, _)| *scale > 0.0), "something speaks for one of the two classes");
    assert_ne!(mappings[0].1, mappings[1].1, "each class has its own map");
}

#[test]
fn looking_changes_nothing_in_the_run() {
    let losses = |looks: bool| {
        let mut trainer = trained(BlockOrder::PreActivation, 2);
        for step in 0..4 {
            if looks {
                drop(ask(&trainer, ImageQuestion { image: step, place: step, class: Some(step % 2), own: None }));
            }
            trainer.step();
        }
        let steps = pollster::block_on(trainer.read()).expect("a CPU is not lost");
        steps.iter().map(|step| step.loss.to_bits()).collect::<Vec<_>>()
    };
    assert_eq!(losses(true), losses(false), "the same losses to the bit");
}

#[test]
fn a_look_brings_the_images_around_it_and_stays_within_what_there_is() {
    let trainer = trained(BlockOrder::PreActivation, 1);
    let look = ask(&trainer, ImageQuestion { image: 18, ..Default::default() });
    assert_eq!((look.images, look.strip_start, look.strip_labels.len()), (20, 16, 4), "the last strip is shorter");
    assert_eq!((look.label(), look.steps_done), (Some(0), 1), "even images are of class 0");
    let upper: u32 = look.pixels(18).expect("it is in the strip")[..IMAGE_BYTES / 2].iter().map(|pixel| u32::from(*pixel)).sum();
    let lower: u32 = look.pixels(18).expect("it is in the strip")[IMAGE_BYTES / 2..].iter().map(|pixel| u32::from(*pixel)).sum();
    assert!(upper > lower + 40 * (IMAGE_BYTES / 2) as u32, "its pixels as they were uploaded: the upper half is brighter");
    assert_eq!((look.maps.size, look.maps.channels), ([32, 32], 4), "the stem");
    let beyond = ask(&trainer, ImageQuestion { image: 20 + STRIP_IMAGES, place: 900, class: Some(70), own: None });
    assert_eq!((beyond.question.image, beyond.question.place), (STRIP_IMAGES, 3), "from the first image on again, and the last block");
    assert_eq!(
        beyond.question.class,
        beyond.most_probable(1).first().map(|(class, _)| *class),
        "a class that is not there: the predicted one"
    );
}

#[test]
fn an_image_of_ones_own_is_looked_at_as_a_held_out_one_is() {
    let trainer = trained(BlockOrder::PreActivation, 3);
    let held_out = ask(&trainer, ImageQuestion { image: 11, place: 2, ..Default::default() });
    let pixels = held_out.looked_at().to_vec();
    assert_eq!(pixels.len(), IMAGE_BYTES, "an image of 32 by 32 pixels");
    let own = ask(&trainer, ImageQuestion { image: 4, place: 2, own: Some(pixels.clone()), class: None });
    assert_eq!((&own.probabilities, &own.maps, &own.activation), (&held_out.probabilities, &held_out.maps, &held_out.activation));
    assert_eq!((own.looked_at(), own.label(), own.strip_start), (pixels.as_slice(), None, 0), "the strip stays where it was");
    let black = ask(&trainer, ImageQuestion { own: Some(vec![0; IMAGE_BYTES]), ..Default::default() });
    let short = ask(&trainer, ImageQuestion { own: Some(Vec::new()), ..Default::default() });
    assert_eq!((&short.probabilities, short.looked_at().len()), (&black.probabilities, IMAGE_BYTES), "what is missing is black");
}
