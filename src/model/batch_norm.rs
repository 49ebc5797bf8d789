//! Batch normalisation with Keras' defaults.

use burn::module::{Module, ModuleMapper, Param, RunningState};
use burn::tensor::{Tensor, activation};

use super::weights::{LayerBuilder, WeightError, WeightRole};
use crate::model::ops::batch_norm;

/// Keras' `epsilon`. Burn and PyTorch use 1e-5.
const EPSILON: f64 = 1e-3;

/// Batch normalisation over the last axis (Ioffe & Szegedy 2015), as Keras' `BatchNormalization`.
///
/// On an autodiff device it normalises with the batch's own statistics and moves its averages
/// towards them (biased variance, as Keras 3); elsewhere, and where it is frozen, with the averages.
#[derive(Module, Debug)]
pub struct BatchNorm {
    /// Scale, `[channels]`.
    pub gamma: Param<Tensor<1>>,
    /// Offset, `[channels]`.
    pub beta: Param<Tensor<1>>,
    moving_mean: RunningState<Tensor<1>>,
    moving_variance: RunningState<Tensor<1>>,
    /// Whether training leaves it as it is.
    frozen: bool,
    /// Whether it normalises with the batch's own statistics on every device, and keeps its averages as they are.
    observes: bool,
}

impl BatchNorm {
    pub(super) fn new(name: &str, channels: usize, build: &mut LayerBuilder<'_>) -> Result<Self, WeightError> {
        let gamma = build.parameter(name, WeightRole::Gamma, [channels])?;
        let beta = build.parameter(name, WeightRole::Beta, [channels])?;
        let moving_mean = RunningState::new(build.tensor(name, WeightRole::MovingMean, [channels])?);
        let moving_variance = RunningState::new(build.tensor(name, WeightRole::MovingVariance, [channels])?);
        let frozen = build.is_frozen(name);
        Ok(Self { gamma, beta, moving_mean, moving_variance, frozen, observes: false })
    }

    /// From now on it normalises with its moving statistics, and keeps them, on every device.
    pub(super) fn freeze(&mut self) {
        self.frozen = true;
    }

    /// From now on it normalises as in training wherever it is, but its moving statistics stay. A frozen one goes on as it was.
    pub(super) fn observe(&mut self) {
        self.observes = true;
    }

    /// Moving statistics of its own: clones of a network share theirs.
    pub(super) fn keep_own_statistics(&mut self) {
        for state in [&mut self.moving_mean, &mut self.moving_variance] {
            *state = RunningState::new(state.value());
        }
    }

    /// `[…, channels]` → the same shape.
    pub fn forward<const D: usize>(&self, input: Tensor<D>) -> Tensor<D> {
        self.normalise(input, false)
    }

    /// As [`BatchNorm::forward`] with a ReLU behind it: in training the two are one.
    pub fn forward_then_relu<const D: usize>(&self, input: Tensor<D>) -> Tensor<D> {
        self.normalise(input, true)
    }

    fn normalise<const D: usize>(&self, input: Tensor<D>, relu: bool) -> Tensor<D> {
        let shape = input.dims();
        let channels = shape[D - 1];
        // Burn counts channels on axis 1; as rows of channels the layout already is what it wants.
        let rows: Tensor<2> = input.reshape([-1, channels as i32]);
        let own_statistics = (self.observes || rows.device().is_autodiff()) && !self.frozen;
        if own_statistics {
            let moving = [&self.moving_mean, &self.moving_variance];
            let affine = [self.gamma.val(), self.beta.val()];
            // Taken out, so that the operation owns them and moves them in their places; gamma stands there meanwhile.
            let before = moving.map(|state| if self.observes { state.value() } else { replace(state, self.gamma.val().detach()) });
            let (output, moved) = batch_norm::normalise(rows, affine, before, EPSILON as f32, relu);
            if !self.observes {
                moving.into_iter().zip(moved).for_each(|(state, moved)| drop(replace(state, moved)));
            }
            return output.reshape(shape);
        }
        let normalised = self.with_moving(rows).reshape(shape);
        if relu { activation::relu(normalised) } else { normalised }
    }

    fn with_moving(&self, rows: Tensor<2>) -> Tensor<2> {
        let (gamma, beta) = (self.gamma.val(), self.beta.val());
        burn::tensor::module::batch_norm(rows, gamma, beta, self.moving_mean.value(), self.moving_variance.value(), EPSILON)
    }
}

/// Gives a running state another value, and takes the one that it had. [`RunningState::update`] keeps one for each thread and takes
/// their mean when it is read: for the only thread that trains, a division by 1, which a GPU makes in a launch of its own.
fn replace(state: &RunningState<Tensor<1>>, value: Tensor<1>) -> Tensor<1> {
    let mut replace = Replace(value);
    // A clone shares the value.
    let _ = state.clone().map(&mut replace);
    replace.0
}

struct Replace(Tensor<1>);

impl ModuleMapper for Replace {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, before, _) = param.consume();
        let after = std::mem::replace(&mut self.0, Tensor::from_dispatch(before.into_dispatch()));
        Param::initialized(id, Tensor::from_dispatch(after.into_dispatch()))
    }
}
