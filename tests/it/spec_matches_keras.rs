//! The spec's sums against the totals that Keras reports for the tutorial's `build_resnet_model`.

use resnet_playground::spec::{LayerKind, NetworkChoices, ResNetSpec};
use serde::Deserialize;

#[derive(Deserialize)]
struct Totals {
    models: Vec<KerasModel>,
}

#[derive(Deserialize)]
struct KerasModel {
    depth: usize,
    start_filters: usize,
    classes: usize,
    total: u64,
    trainable: u64,
    conv2d: usize,
    batch_norm: usize,
    add: usize,
    keras_layers: usize,
    conv_dense_macs_per_image: u64,
}

#[test]
fn parameter_totals_layer_counts_and_multiply_adds_are_keras_own() {
    let totals: Totals = serde_json::from_str(include_str!("../fixtures/keras_parameter_totals.json")).unwrap();
    assert!(totals.models.len() >= 8, "the fixture holds several depths and widths");
    for keras in totals.models {
        let (depth, start_filters, classes) = (keras.depth, keras.start_filters, keras.classes);
        let choices = NetworkChoices { depth, start_filters, classes, ..Default::default() };
        let spec = ResNetSpec::new(choices).unwrap();
        let name = format!("depth {}, {} start filters", keras.depth, keras.start_filters);
        assert_eq!(spec.cost().parameters, keras.total, "{name}: all parameters");
        assert_eq!(spec.cost().trainable_parameters, keras.trainable, "{name}: trainable parameters");
        assert_eq!(spec.cost().multiply_adds_per_image, keras.conv_dense_macs_per_image, "{name}: multiply-adds");
        let layers = spec.layers();
        let count = |wanted: fn(LayerKind) -> bool| layers.iter().filter(|layer| wanted(layer.kind)).count();
        assert_eq!(count(|kind| matches!(kind, LayerKind::Convolution { .. })), keras.conv2d, "{name}: convolutions");
        assert_eq!(count(|kind| kind == LayerKind::BatchNorm), keras.batch_norm, "{name}: batch norms");
        assert_eq!(count(|kind| kind == LayerKind::Add), keras.add, "{name}: sums");
        assert_eq!(layers.len() + 1, keras.keras_layers, "{name}: Keras counts the input as a layer");
    }
}

#[test]
fn shapes_follow_from_layer_to_layer_at_every_depth() {
    for blocks in [1, 2, 6, 18, 111] {
        let choices = NetworkChoices { depth: 9 * blocks + 2, start_filters: 4, ..Default::default() };
        let layers = ResNetSpec::new(choices).unwrap().layers();
        let main_path: Vec<_> = layers.iter().filter(|layer| !layer.name.ends_with(".shortcut")).collect();
        for pair in main_path.windows(2) {
            assert_eq!(pair[0].output, pair[1].input, "{} feeds {}", pair[0].name, pair[1].name);
        }
        assert_eq!(main_path.last().unwrap().output, [1, 1, 10], "ten class scores at the end");
    }
}

#[test]
fn a_plain_network_has_no_shortcut_and_is_otherwise_the_same() {
    let residual = ResNetSpec::new(NetworkChoices { depth: 29, ..Default::default() }).unwrap();
    let plain = ResNetSpec::new(NetworkChoices { depth: 29, skip_connections: false, ..Default::default() }).unwrap();
    let residual_layers = residual.layers().into_iter().filter(|layer| !layer.name.ends_with(".shortcut") && layer.kind != LayerKind::Add);
    assert_eq!(plain.layers(), residual_layers.collect::<Vec<_>>(), "only projections and sums are gone");
}
