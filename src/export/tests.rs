use super::*;
use crate::spec::{Activation, BlockOrder, BlockPlace, LayerKind};
use crate::spec::{Named, NetworkChoices};

fn code(network: NetworkChoices, framework: Framework) -> String {
    write_code(&CodeRequest { network, framework, part: Part::WholeNetwork, l2: 1e-4 }).unwrap()
}

#[test]
fn what_was_not_chosen_does_not_appear() {
    for framework in Framework::ALL {
        let plain = NetworkChoices { skip_connections: false, batch_norm: false, dense_units: 0, ..Default::default() };
        let text = code(plain, *framework);
        for word in ["BatchNorm", "batch_norm(", "x + F(x)", "dense1"] {
            assert!(!text.contains(word), "{word} in plain code for {framework:?}");
        }
    }
}

#[test]
fn what_was_chosen_appears() {
    let network = NetworkChoices {
        order: BlockOrder::ConvolutionFirst,
        activation: Activation::LeakyRelu,
        switched_blocks: vec![BlockPlace { stage: 2, block: 0 }],
        classes: 7,
        ..Default::default()
    };
    for framework in Framework::ALL {
        let text = code(network.clone(), *framework);
        for word in ["leaky_relu", "(2, 0)", "last activation waits", "7"] {
            assert!(text.contains(word), "{word} in code for {framework:?}");
        }
    }
}

#[test]
fn stages_with_blocks_of_their_own_say_how_many() {
    let network = NetworkChoices { blocks_in_stages: vec![3, 4, 2], ..Default::default() };
    for framework in Framework::ALL {
        let text = code(network.clone(), *framework);
        assert!(text.contains("(3, 8, 32), (4, 32, 64), (2, 64, 128)"), "blocks and widths of each stage in {framework:?}");
        assert!(text.contains("depth 29: 3, 4 and 2 blocks in 3 stages"), "the first line says so in {framework:?}");
        let equal = code(NetworkChoices { depth: 29, ..Default::default() }, *framework);
        assert!(!equal.contains("count, "), "equal stages need no count in {framework:?}");
    }
}

#[test]
fn residual_stages_stand_alone() {
    for framework in Framework::ALL {
        let request = CodeRequest { network: NetworkChoices::default(), framework: *framework, part: Part::ResidualStages, l2: 1e-4 };
        let text = write_code(&request).unwrap();
        assert!(text.contains("residual_stages"), "the stages are there");
        assert!(!text.contains("head") && !text.contains("softmax"), "no head for {framework:?}");
    }
}

#[test]
fn deep_networks_need_no_more_lines() {
    for framework in Framework::ALL {
        let lines = |depth| code(NetworkChoices { depth, ..Default::default() }, *framework).lines().count();
        assert_eq!(lines(1001), lines(11), "blocks are a loop in {framework:?}");
        assert!(lines(11) < 240, "readable at a glance: {} lines for {framework:?}", lines(11));
    }
}

/// What must stand in the Keras lines that make a layer.
fn keras_words(name: &str, kind: LayerKind) -> String {
    match (kind, name.strip_prefix("stages.").and_then(|name| name.rsplit_once('.'))) {
        (LayerKind::Add, _) => "layers.Add()".into(),
        (LayerKind::Activation(_), _) => "ctivat".into(),
        (LayerKind::Dropout, _) => "layers.Dropout(".into(),
        (LayerKind::AveragePool { .. }, _) => "layers.AveragePooling2D(".into(),
        (LayerKind::Flatten, _) => "layers.Flatten(".into(),
        (_, Some((_, "shortcut"))) => "{name}_shortcut".into(),
        (_, Some((_, layer))) => format!("{{name}}_{}{{place}}", layer.trim_end_matches(|letter: char| letter.is_ascii_digit())),
        _ => format!("\"{}\"", name.replace('.', "_")),
    }
}

fn varied_networks() -> Vec<NetworkChoices> {
    let mut networks = Vec::new();
    for order in [BlockOrder::PreActivation, BlockOrder::ConvolutionFirst] {
        for convolutions_per_block in 2..=4 {
            for (batch_norm, activation) in [(true, Activation::Relu), (true, Activation::None), (false, Activation::Gelu)] {
                for (skip_connections, blocks_in_stages) in [(true, vec![2, 1, 3]), (false, vec![1, 2, 2])] {
                    networks.push(NetworkChoices {
                        order,
                        convolutions_per_block,
                        batch_norm,
                        activation,
                        skip_connections,
                        blocks_in_stages,
                        dense_units: if batch_norm { 512 } else { 0 },
                        head_dropout: if skip_connections { 0.5 } else { 0.0 },
                        shared_preactivation: order == BlockOrder::PreActivation && batch_norm,
                        ..Default::default()
                    });
                }
            }
        }
    }
    networks
}

#[test]
fn each_layer_points_to_the_keras_lines_that_make_it() {
    for network in varied_networks() {
        let spec = ResNetSpec::new(network.clone()).unwrap();
        let request = CodeRequest { network, framework: Framework::Keras, part: Part::WholeNetwork, l2: 1e-4 };
        let (code, lines) = write_code_with_lines(&request).unwrap();
        let text: Vec<&str> = code.lines().collect();
        let said = |range: LineRange| text[range.first - 1..range.last].join("\n");
        for layer in spec.layers() {
            let range = lines.of_layer(&layer.name).unwrap_or_else(|| panic!("{} has lines in\n{code}", layer.name));
            let (said, wanted) = (said(range), keras_words(&layer.name, layer.kind));
            assert!(said.contains(&wanted), "{} is made by “{wanted}”, not by\n{said}", layer.name);
            assert!(range.last - range.first < 4, "{} needs a few lines only:\n{said}", layer.name);
        }
        let block = said(lines.of_block().expect("blocks have lines"));
        assert!(block.trim_start().starts_with("def residual_block(") && block.contains("return"), "a whole function: {block}");
        assert!(said(lines.of_layer("image").expect("the image has a line")).contains("keras.Input"), "where the image comes in");
        let whole_stem = lines.of_layers(["stem.conv", "stem.bn"].into_iter()).expect("the stem has lines");
        assert!(said(whole_stem).contains("stem_conv") && said(whole_stem).contains("stem_bn"), "from the first to the last");
        assert_eq!(lines.of_layer("stages.0.blocks.0.nonsense"), None, "what is not there has no lines");
    }
}
