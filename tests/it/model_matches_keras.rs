//! The network and its training step against the numbers Keras computed.

use burn::module::Module;
use burn::tensor::{Device, Tensor, activation::softmax};
use resnet_playground::dataset::LabelledImages;
use resnet_playground::hyperparameters::Hyperparameters;
use resnet_playground::model::{ResNet, named_weights};
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use resnet_playground::training::{DeviceImages, Normalisation, Trainer, TrainerSettings, classification_loss};

use crate::keras_case::{Tensors, images, labels, largest_difference, numbers, relative_distance};

fn spec() -> ResNetSpec {
    ResNetSpec::new(NetworkChoices { depth: 11, start_filters: 8, ..Default::default() }).expect("a network that can be built")
}

#[test]
fn inference_gives_keras_logits_and_probabilities() {
    let device = Device::flex();
    let model = ResNet::new(&spec(), &device, &mut Tensors::read("weights.safetensors")).unwrap();
    let logits = model.forward(images(&device), None);
    let io = Tensors::read("io.safetensors");
    let error = largest_difference(&numbers(logits.clone()), io.get("infer.logits"));
    assert!(error < 1e-4, "logits differ by {error}");
    let error = largest_difference(&numbers(softmax(logits, 1)), io.get("infer.probs"));
    assert!(error < 1e-5, "probabilities differ by {error}");
}

#[test]
fn the_training_pass_gives_keras_logits_and_gradients() {
    let plain = Device::flex();
    let model = ResNet::new(&spec(), &plain.clone().autodiff(), &mut Tensors::read("weights.safetensors")).unwrap();
    let logits = model.forward(Tensor::from_inner(images(&plain)), None);
    let error = largest_difference(&numbers(logits.clone().inner()), Tensors::read("io.safetensors").get("train.logits"));
    assert!(error < 1e-4, "logits in training mode differ by {error}");

    let loss = classification_loss(logits, labels(&plain)).cross_entropy.mean();
    let value = numbers(loss.clone().inner())[0];
    assert!((value - 2.736_074).abs() < 1e-4, "cross-entropy is {value}");

    let gradients = loss.backward();
    let reference = Tensors::read("grads.safetensors");
    let weights = Tensors::read("weights.safetensors");
    let mut compared = 0;
    for (name, gradient) in named_gradients(&model, &gradients) {
        // Every path from a convolution runs into a batch norm, so its bias has gradient 0 and Keras' file holds noise.
        if name.ends_with(".bias") && !name.starts_with("head.") {
            continue;
        }
        let is_convolution = name.ends_with(".kernel") && !name.starts_with("head.");
        let penalty = if is_convolution { 2e-4 } else { 0.0 };
        let ours: Vec<f32> = gradient.iter().zip(weights.get(&name)).map(|(gradient, weight)| gradient + penalty * weight).collect();
        let error = relative_distance(&ours, reference.get(&name));
        assert!(error < 1e-3, "gradient of {name} is off by {error}");
        compared += 1;
    }
    let expected = reference.names().filter(|name| !name.ends_with(".bias") || name.starts_with("head.")).count();
    assert_eq!(compared, expected, "every gradient of the reference was compared");
}

#[test]
fn three_steps_give_keras_weights() {
    let device = Device::flex();
    let none = LabelledImages { pixels: vec![0; 4 * 3072], labels: vec![0; 4] };
    let normalisation = Normalisation { mean: [0.0; 3], deviation: [1.0; 3] };
    let unused = DeviceImages::upload(&none, normalisation, &device);
    let hyperparameters = Hyperparameters { batch_size: 4, learning_rate: 1e-3, ..Default::default() };
    let settings = TrainerSettings { spec: spec(), hyperparameters, dropout: false };
    let mut start = Tensors::read("weights.safetensors");
    let mut trainer = Trainer::with_weights(settings, unused.clone(), unused, &mut start).unwrap();
    trainer.step_on(images(&device), labels(&device), None);
    let after_one = Tensors::read("bn_after_1step.safetensors");
    let mut statistics = 0;
    for (name, _, values) in named_weights(&trainer.model().valid()).into_iter().filter(|(name, ..)| name.contains(".moving_")) {
        let error = largest_difference(&numbers(values), after_one.get(&name));
        assert!(error < 1e-5, "{name} differs by {error} after one step");
        statistics += 1;
    }
    assert_eq!(statistics, 22, "eleven batch norms keep two averages each");

    trainer.step_on(images(&device), labels(&device), None);
    trainer.step_on(images(&device), labels(&device), None);
    let losses: Vec<f32> = pollster::block_on(trainer.read()).unwrap().iter().map(|step| step.loss).collect();
    for (ours, keras) in losses.iter().zip([2.736_074, 0.274_117_77, 0.040_735_29]) {
        assert!((ours - keras).abs() < 1e-3 * keras, "losses {losses:?}");
    }
    let (reference, mask) = (Tensors::read("adam_after_3steps.safetensors"), Tensors::read("adam_mask.safetensors"));
    let mut errors = Vec::new();
    for (name, _, values) in named_weights(trainer.model()).into_iter().filter(|(name, ..)| !name.contains(".moving_")) {
        if name.ends_with(".bias") && !name.starts_with("head.") {
            continue;
        }
        let ours = numbers(values);
        let mask = mask_of(&mask, &name, ours.len());
        errors.extend(ours.iter().zip(reference.get(&name)).zip(mask).filter(|(_, keep)| *keep).map(|((a, b), _)| (a - b).abs()));
    }
    errors.sort_by(f32::total_cmp);
    let (largest, nearly_all) = (errors[errors.len() - 1], errors[errors.len() * 999 / 1000]);
    assert!(errors.len() > 100_000, "most weights were compared: {}", errors.len());
    assert!(nearly_all < 1e-4 && largest < 1e-3, "weights differ by {largest} at most, 99.9 % by less than {nearly_all}");
}

/// Names and gradients in the order of the module.
fn named_gradients(model: &ResNet, gradients: &burn::tensor::Gradients) -> Vec<(String, Vec<f32>)> {
    use burn::module::{ModuleVisitor, Param};
    struct Collector<'a> {
        path: Vec<String>,
        gradients: &'a burn::tensor::Gradients,
        found: Vec<(String, Vec<f32>)>,
    }
    impl ModuleVisitor for Collector<'_> {
        fn enter_module(&mut self, name: &str, _container_type: &str) {
            self.path.push(name.to_owned());
        }
        fn exit_module(&mut self, _name: &str, _container_type: &str) {
            self.path.pop();
        }
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            if let Some(gradient) = param.val().grad(self.gradients) {
                self.found.push((self.path.join("."), numbers(gradient)));
            }
        }
    }
    let mut collector = Collector { path: Vec::new(), gradients, found: Vec::new() };
    model.visit(&mut collector);
    collector.found
}

fn mask_of(mask: &Tensors, name: &str, length: usize) -> Vec<bool> {
    if mask.names().any(|known| known == name) { mask.get(name).iter().map(|value| *value > 0.5).collect() } else { vec![true; length] }
}
