//! Gradients layer by layer: the right numbers, at no cost to what is trained.

use burn::tensor::{Device, Tensor};
use resnet_playground::experiment::hyperparameters::Hyperparameters;
use resnet_playground::insight::layer_stats::LayerGradients;
use resnet_playground::insight::measuring::gradient_norms;
use resnet_playground::model::{InitialWeights, ResNet, named_gradients, named_weights};
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use resnet_playground::training::{Batch, Trainer, TrainerSettings, classification_loss};

use crate::made_up_images::made_up_images;

fn spec(depth: usize, skip_connections: bool, batch_norm: bool) -> ResNetSpec {
    let choices = NetworkChoices { depth, start_filters: 8, skip_connections, batch_norm, ..Default::default() };
    ResNetSpec::new(choices).expect("a network that can be built")
}

fn trainer(spec: ResNetSpec, look_every: usize) -> Trainer {
    let hyperparameters = Hyperparameters { batch_size: 8, epochs: 2, ..Default::default() };
    let settings = TrainerSettings { spec, hyperparameters, dropout: true, look_every, recompute: false };
    Trainer::new(settings, made_up_images(24), made_up_images(10)).expect("settings that can be trained")
}

fn first_gradients(spec: ResNetSpec) -> LayerGradients {
    let mut trainer = trainer(spec, 1);
    trainer.step();
    pollster::block_on(trainer.read_looks()).expect("the CPU stays").remove(0).gradients
}

#[test]
fn looking_at_gradients_changes_no_weight() {
    let weights = |look_every| {
        let mut trainer = trainer(spec(11, true, true), look_every);
        for _ in 0..5 {
            trainer.step();
        }
        let seen = pollster::block_on(trainer.read_looks()).expect("the CPU stays");
        let weights = pollster::block_on(trainer.weights()).expect("the CPU stays");
        (seen.iter().map(|look| look.gradients.step).collect::<Vec<_>>(), format!("{weights:?}"))
    };
    let (seen, watched) = weights(2);
    let (nothing, unwatched) = weights(0);
    assert_eq!(seen, [0, 2, 4], "every second step from the first");
    assert_eq!(nothing, [0; 0], "nothing is looked at");
    assert!(watched == unwatched, "the same weights to the last digit");
}

#[test]
fn the_norms_are_those_of_the_full_gradients_layer_by_layer() {
    for (depth, skip_connections) in [(11, true), (20, false)] {
        let spec = spec(depth, skip_connections, true);
        let device = Device::flex();
        let model = ResNet::new(&spec, &device.clone().autodiff(), &mut InitialWeights::new(1)).expect("drawn weights fit");
        let (images, labels) = made_up_images(8).batch(Tensor::from_data([0, 1, 2, 3, 4, 5, 6, 7], &device));
        let loss = classification_loss(model.forward(Tensor::from_inner(images), None), labels).cross_entropy.mean();
        let gradients = loss.backward();
        let layers = spec.kernel_layers();
        let norms = gradient_norms(&model, &gradients, &layers).expect("there are layers");
        let norms: Vec<f32> = norms.into_data().try_to_vec().expect("numbers");

        let full = named_gradients(&model, &gradients).into_iter().filter(|(name, _)| name.ends_with(".kernel"));
        let full: Vec<(String, f64)> = full
            .map(|(name, gradient)| {
                let values: Vec<f32> = gradient.into_data().try_to_vec().expect("numbers");
                (name, values.iter().map(|value| f64::from(*value).powi(2)).sum::<f64>().sqrt())
            })
            .collect();
        let names: Vec<_> = layers.iter().map(|layer| format!("{layer}.kernel")).collect();
        assert_eq!(full.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), names, "every kernel, in the order of the spec");
        for ((name, wanted), measured) in full.iter().zip(norms) {
            assert!((f64::from(measured) / wanted - 1.0).abs() < 1e-5, "{name} of depth {depth}: {measured}, not {wanted}");
        }
    }
}

/// Geometric mean over the convolutions of the first stage.
fn first_stage(skip_connections: bool, batch_norm: bool) -> f64 {
    let spec = spec(56, skip_connections, batch_norm);
    let layers = spec.kernel_layers();
    let gradients = first_gradients(spec);
    let norms = layers.iter().zip(gradients.norms).filter(|(layer, _)| layer.starts_with("stages.0.") && !layer.ends_with(".shortcut"));
    let logarithms: Vec<f64> = norms.map(|(_, norm)| f64::from(norm.max(1e-30)).ln()).collect();
    (logarithms.iter().sum::<f64>() / logarithms.len() as f64).exp()
}

#[test]
fn at_depth_56_the_first_stage_gets_no_gradient_without_skip_connections_and_batch_norm() {
    let corners = [(true, true), (true, false), (false, true), (false, false)].map(|(skips, norm)| first_stage(skips, norm));
    let [with_both, only_skips, only_norm, neither] = corners;
    assert!(neither * 100.0 < only_skips, "without batch norm, skip connections alone carry it: {corners:?}");
    assert!(neither * 100.0 < with_both, "and against the full network: {corners:?}");
    assert!(only_norm > with_both, "batch norm without skip connections makes it larger, not smaller: {corners:?}");
}

/// Every number of a look, computed again from full tensors read back.
#[test]
fn a_look_tells_what_the_full_tensors_say() {
    for skip_connections in [true, false] {
        let spec = spec(11, skip_connections, true);
        let mut trainer = trainer(spec.clone(), 1);
        let before = trainer.model().clone();
        let device = Device::flex();
        let (images, labels) = made_up_images(8).batch(Tensor::from_data([0, 1, 2, 3, 4, 5, 6, 7], &device));
        let mut blocks = Vec::new();
        before.forward_seen(Tensor::from_inner(images.clone()), None, &mut |block| blocks.push(block));
        trainer.step_on(Batch { images, labels }, None);
        let look = pollster::block_on(trainer.read_looks()).expect("the CPU stays").remove(0);

        let values = |tensor: &Tensor<4>| -> Vec<f32> { tensor.clone().inner().into_data().try_to_vec().expect("numbers") };
        let norm = |values: &[f32]| values.iter().map(|value| f64::from(*value).powi(2)).sum::<f64>().sqrt();
        let near = |measured: f32, wanted: f64| (f64::from(measured) - wanted).abs() < 1e-5 * wanted.max(1.0);
        assert_eq!(look.blocks.len(), blocks.len(), "every block");
        for (measured, block) in look.blocks.iter().zip(&blocks) {
            let output = values(&block.output);
            assert!(near(measured.output_scale, norm(&output) / (output.len() as f64).sqrt()), "output scale {measured:?}");
            let share = block.carried.as_ref().map(|carried| norm(&values(&block.residual)) / norm(&values(carried)));
            assert_eq!(measured.residual_share.is_some(), skip_connections, "only what has a skip connection has a share");
            assert!(
                measured.residual_share.zip(share).is_none_or(|(measured, share)| near(measured, share)),
                "{measured:?}, not {share:?}"
            );
            let fires = block.activated.iter().flat_map(|maps| {
                let (channels, values) = (maps.dims()[3], values(maps));
                (0..channels)
                    .map(move |channel| values.iter().skip(channel).step_by(channels).any(|value| *value > 0.0))
                    .collect::<Vec<_>>()
            });
            let fires: Vec<bool> = fires.collect();
            let dead = fires.iter().filter(|fires| !**fires).count() as f64 / fires.len() as f64;
            assert!(measured.dead_share.is_some_and(|measured| near(measured, dead)), "{measured:?}, not {dead}");
        }

        let kernels = |model: &ResNet| named_weights(model).into_iter().filter(|(name, ..)| name.ends_with(".kernel")).collect::<Vec<_>>();
        let (old, new) = (kernels(&before), kernels(trainer.model()));
        assert_eq!(look.update_ratios.len(), old.len(), "every kernel");
        for ((measured, (name, _, old)), (_, _, new)) in look.update_ratios.iter().zip(old).zip(new) {
            let read = |tensor: Tensor<1>| -> Vec<f32> { tensor.into_data().try_to_vec().expect("numbers") };
            let (old, new) = (read(old), read(new));
            let change: Vec<f32> = new.iter().zip(&old).map(|(new, old)| new - old).collect();
            let wanted = norm(&change) / norm(&old);
            assert!(wanted > 0.0 && (f64::from(*measured) / wanted - 1.0).abs() < 1e-4, "{name}: {measured}, not {wanted}");
        }
    }
}
