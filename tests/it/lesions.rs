//! A network with a block left out, or with two swapped.

use std::collections::BTreeMap;

use burn::tensor::{Device, Tensor};
use resnet_playground::model::{InitialWeights, ResNet, WeightError, WeightRole, WeightSource};
use resnet_playground::spec::{BlockOrder, BlockPlace, NetworkChoices, ResNetSpec};

use crate::made_up_images::made_up_images;

/// Drawn weights, but the last convolution of the residual branch of one block gives 0.
struct Silenced {
    drawn: InitialWeights,
    layer: String,
}

impl WeightSource for Silenced {
    fn values(&mut self, name: &str, role: WeightRole, shape: &[usize]) -> Result<Vec<f32>, WeightError> {
        let values = self.drawn.values(name, role, shape)?;
        Ok(if name.starts_with(&self.layer) { vec![0.0; values.len()] } else { values })
    }
}

fn logits(network: &ResNet) -> Vec<f32> {
    let device = Device::flex();
    let (images, _) = made_up_images(4).batch(Tensor::from_data([0, 1, 2, 3], &device));
    network.forward(images, None).into_data().try_to_vec().expect("numbers")
}

#[test]
fn a_network_without_a_block_is_the_one_whose_residual_branch_gives_nothing() {
    for order in [BlockOrder::PreActivation, BlockOrder::ConvolutionFirst] {
        let choices = NetworkChoices { depth: 20, start_filters: 8, order, batch_norm: false, ..Default::default() };
        let spec = ResNetSpec::new(choices).expect("a network that can be built");
        let whole = ResNet::new(&spec, &Device::flex(), &mut InitialWeights::new(1)).expect("drawn weights fit");
        for place in [BlockPlace { stage: 0, block: 0 }, BlockPlace { stage: 1, block: 1 }] {
            let layer = format!("stages.{}.blocks.{}.conv3.", place.stage, place.block);
            let mut silenced = Silenced { drawn: InitialWeights::new(1), layer };
            let silenced = ResNet::new(&spec, &Device::flex(), &mut silenced).expect("weights fit");
            let lesioned = whole.without_block(place).expect("a block that can be left out");
            assert_eq!(logits(&lesioned), logits(&silenced), "block {place} in {order:?}");
            assert_ne!(logits(&lesioned), logits(&whole), "and it did something");
        }
    }
}

#[test]
fn a_plain_network_cannot_do_without_a_block_that_changes_the_shape() {
    let choices = NetworkChoices { depth: 20, start_filters: 2, skip_connections: false, ..Default::default() };
    let spec = ResNetSpec::new(choices).expect("a network that can be built");
    let network = ResNet::new(&spec, &Device::flex(), &mut InitialWeights::new(1)).expect("drawn weights fit");
    assert!(network.without_block(BlockPlace { stage: 1, block: 0 }).is_none(), "16 channels would meet 32");
    assert!(network.without_block(BlockPlace { stage: 1, block: 1 }).is_some(), "the next one keeps its shape");
    assert!(network.without_block(BlockPlace { stage: 7, block: 0 }).is_none(), "there is no such block");
}

/// Drawn weights, those of two blocks exchanged.
struct Exchanged {
    drawn: BTreeMap<String, Vec<f32>>,
    blocks: [String; 2],
}

impl WeightSource for Exchanged {
    fn values(&mut self, name: &str, _: WeightRole, _: &[usize]) -> Result<Vec<f32>, WeightError> {
        let [one, other] = &self.blocks;
        let from = match (name.strip_prefix(one.as_str()), name.strip_prefix(other.as_str())) {
            (Some(layer), _) => format!("{other}{layer}"),
            (_, Some(layer)) => format!("{one}{layer}"),
            _ => name.to_owned(),
        };
        Ok(self.drawn[&from].clone())
    }
}

/// Keeps what was drawn.
struct Recorder {
    drawn: InitialWeights,
    kept: BTreeMap<String, Vec<f32>>,
}

impl WeightSource for Recorder {
    fn values(&mut self, name: &str, role: WeightRole, shape: &[usize]) -> Result<Vec<f32>, WeightError> {
        let values = self.drawn.values(name, role, shape)?;
        self.kept.insert(name.to_owned(), values.clone());
        Ok(values)
    }
}

#[test]
fn swapped_blocks_are_those_whose_weights_are_exchanged() {
    for skip_connections in [true, false] {
        let choices = NetworkChoices { depth: 29, start_filters: 4, skip_connections, ..Default::default() };
        let spec = ResNetSpec::new(choices).expect("a network that can be built");
        let mut recorder = Recorder { drawn: InitialWeights::new(1), kept: BTreeMap::new() };
        let whole = ResNet::new(&spec, &Device::flex(), &mut recorder).expect("drawn weights fit");
        let mut exchanged = Exchanged { drawn: recorder.kept, blocks: [1, 2].map(|block| format!("stages.1.blocks.{block}.")) };
        let exchanged = ResNet::new(&spec, &Device::flex(), &mut exchanged).expect("they have the same shapes");
        let swapped = whole.with_swapped_blocks(BlockPlace { stage: 1, block: 1 }).expect("both keep their shape");
        assert_eq!(logits(&swapped), logits(&exchanged), "skip connections {skip_connections}");
        assert_ne!(logits(&swapped), logits(&whole), "and it did something");
        for (stage, block, why) in [(1, 0, "the first changes the shape"), (1, 2, "the last has no next"), (9, 0, "no such stage")] {
            assert!(whole.with_swapped_blocks(BlockPlace { stage, block }).is_none(), "{why}");
        }
    }
}
