use super::*;
use crate::spec::{Activation, BlockOrder, BlockPlace};

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
