//! What goes through a block: how large it is, how much of it the residual branch adds, what never fires.

use burn::tensor::Tensor;

use super::gradient_norms::norm;
use crate::insight::layer_stats::BlockLook;
use crate::model::BlockTensors;
use crate::spec::Activation;

/// Numbers a block is measured by.
pub(super) const NUMBERS: usize = 3;
/// In place of a number that the block does not have: all that are measured are 0 or more.
const ABSENT: f32 = -1.0;

/// `[3]`, queued and not read back; [`read`] tells what they are.
pub(super) fn measure(block: &BlockTensors, activation: Activation) -> Tensor<1> {
    let output = flat(&block.output);
    let count = output.dims()[0] as f64;
    let scale = norm(output).div_scalar(count.sqrt());
    let absent = || scale.zeros_like().add_scalar(ABSENT);
    let share = match &block.carried {
        Some(carried) => norm(flat(&block.residual)) / norm(flat(carried)),
        None => absent(),
    };
    let dead = if activation == Activation::Relu { dead_share(&block.activated) } else { None };
    Tensor::cat(vec![scale.clone(), share, dead.unwrap_or_else(absent)], 0)
}

/// The numbers of all blocks as they were read back.
pub(super) fn read(numbers: &[f32]) -> Vec<BlockLook> {
    // What is no number stays one: it is shown where it arose.
    let there = |number: f32| Some(number).filter(|number| number.is_nan() || *number >= 0.0);
    let block = |block: &[f32]| BlockLook { output_scale: block[0], residual_share: there(block[1]), dead_share: there(block[2]) };
    numbers.chunks_exact(NUMBERS).map(block).collect()
}

/// Share of the channels of all activations that are 0 everywhere, `[1]`.
fn dead_share(activated: &[Tensor<4>]) -> Option<Tensor<1>> {
    let largest = |maps: &Tensor<4>| {
        let [batch, height, width, channels] = maps.dims();
        let rows = maps.clone().inner().reshape([batch * height * width, channels]);
        rows.max_dim(0).reshape([channels])
    };
    let largest: Vec<_> = activated.iter().map(largest).collect();
    (!largest.is_empty()).then(|| Tensor::cat(largest, 0).equal_elem(0.0).float().mean())
}

/// Off the autodiff device: what is measured here is no part of the loss.
fn flat(maps: &Tensor<4>) -> Tensor<1> {
    let count = maps.dims().iter().product::<usize>();
    maps.clone().inner().reshape([count])
}
