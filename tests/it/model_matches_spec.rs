//! The built model has the layers, shapes and weights that the spec and the graph say.

use std::collections::BTreeMap;

use burn::module::Module;
use burn::tensor::{Device, Int, Tensor};
use resnet_playground::drawing::network::LayerGraph;
use resnet_playground::model::{DropoutMasks, InitialWeights, ResNet, WeightError, WeightRole, WeightSource, named_weights};
use resnet_playground::spec::{LayerKind, NetworkChoices, ResNetSpec};
use resnet_playground::training::{Batch, Optimizer, StepSettings, training_step};

use crate::random_networks::random_networks;

/// Writes down which weights a network asks for.
struct Recorder {
    source: InitialWeights,
    asked: BTreeMap<String, Vec<usize>>,
}

impl WeightSource for Recorder {
    fn values(&mut self, name: &str, role: WeightRole, shape: &[usize]) -> Result<Vec<f32>, WeightError> {
        assert_eq!(self.asked.insert(name.into(), shape.to_vec()), None, "{name} is asked for once");
        self.source.values(name, role, shape)
    }
}

fn assert_agreement(spec: &ResNetSpec) {
    let about = || format!("{:?}", spec.choices());
    let device = Device::flex();
    let mut recorder = Recorder { source: InitialWeights::new(3), asked: BTreeMap::new() };
    let model = ResNet::new(spec, &device.clone().autodiff(), &mut recorder).expect("a network that can be built");
    let mut total = 0;
    for layer in spec.layers() {
        let asked: Vec<(&String, &Vec<usize>)> =
            recorder.asked.iter().filter(|(name, _)| name.rsplit_once('.').is_some_and(|(path, _)| path == layer.name)).collect();
        let numbers: usize = asked.iter().map(|(_, shape)| shape.iter().product::<usize>()).sum();
        let said = layer.trainable_parameters() + layer.moving_statistics();
        assert_eq!(numbers as u64, said, "weights of {} in {}", layer.name, about());
        if let LayerKind::Convolution { kernel, .. } = layer.kind {
            let shape = [kernel, kernel, layer.input[2], layer.output[2]].to_vec();
            assert_eq!(recorder.asked[&format!("{}.kernel", layer.name)], shape, "kernel of {} in {}", layer.name, about());
        }
        total += said;
    }
    assert_eq!(total, spec.cost().parameters, "the spec's total in {}", about());
    let graph = LayerGraph::new(spec);
    assert_eq!(graph.nodes.iter().map(|node| node.parameters).sum::<u64>(), total, "the graph's total in {}", about());
    let names: BTreeMap<String, Vec<usize>> = named_weights(&model).into_iter().map(|(name, shape, _)| (name, shape)).collect();
    assert_eq!(names, recorder.asked, "the module tree spells the names of the weights in {}", about());
}

#[test]
fn drawn_networks_agree_with_spec_and_graph() {
    for spec in random_networks(1, 150) {
        assert_agreement(&spec);
    }
}

#[test]
fn depths_up_to_1001_agree_with_spec_and_graph() {
    for depth in [11, 20, 56, 110, 164, 1001] {
        let choices = NetworkChoices { depth, start_filters: 2, dense_units: 16, ..Default::default() };
        assert_agreement(&ResNetSpec::new(choices).unwrap());
    }
}

#[test]
fn drawn_networks_train() {
    let plain = Device::flex();
    for spec in random_networks(2, 25) {
        let choices = spec.choices();
        let (edge, channels) = (choices.image_edge, choices.image_channels);
        let model = ResNet::new(&spec, &plain.clone().autodiff(), &mut InitialWeights::new(1)).unwrap();
        let waves = Tensor::<1, Int>::arange(0..(2 * edge * edge * channels) as i64, &plain).float().sin();
        let images = waves.reshape([2, edge, edge, channels]);
        let scores = model.valid().forward(images.clone(), None);
        assert_eq!(scores.dims(), [2, choices.classes], "a score for each class in {choices:?}");
        let batch = Batch { images, labels: Tensor::<1, Int>::from_data([0, 1], &plain) };
        let masks = DropoutMasks::draw(&spec, 2, 1, 0, &plain);
        let settings = StepSettings::plain(1e-3, 1e-4);
        let (moved, numbers) = training_step(model, &mut Optimizer::default(), batch, Some(&masks), settings);
        let loss: Vec<f32> = numbers.into_data().try_to_vec().unwrap();
        assert!(loss[0].is_finite(), "the loss is a number in {choices:?}");
        for (name, _, values) in named_weights(&moved.valid()) {
            let values: Vec<f32> = values.into_data().try_to_vec().unwrap();
            assert!(values.iter().all(|value| value.is_finite()), "{name} is finite after a step in {choices:?}");
        }
    }
}
