//! A moving average of the weights, which often classifies better than the weights themselves (Polyak & Juditsky 1992).

use std::collections::BTreeMap;

use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::Tensor;

use crate::model::{ResNet, named_weights};

/// The average, batch norm's moving statistics included. Training never reads it.
#[derive(Debug, Clone)]
pub struct WeightAverage {
    model: ResNet,
    updates: usize,
}

impl WeightAverage {
    /// Starts at the weights of `model`, on the autodiff device.
    pub fn new(model: &ResNet) -> Self {
        Self { model: model.valid(), updates: 0 }
    }

    /// Goes on with an average off the autodiff device after so many updates.
    pub(super) fn resume(model: ResNet, updates: usize) -> Self {
        Self { model, updates }
    }

    /// The averaged network, off the autodiff device.
    pub fn model(&self) -> &ResNet {
        &self.model
    }

    /// Updates so far.
    pub fn updates(&self) -> usize {
        self.updates
    }

    /// Moves the average towards `model`. It keeps `decay` of itself; less at first, so that the first weights, which know
    /// nothing, are soon forgotten: `(1 + n) / (10 + n)` after `n` updates, as TensorFlow's `ExponentialMovingAverage`.
    pub fn follow(&mut self, model: &ResNet, decay: f64) {
        let kept = decay.min((1.0 + self.updates as f64) / (10.0 + self.updates as f64));
        let current = named_weights(&model.valid()).into_iter().map(|(name, _, values)| (name, values)).collect();
        // Batch norm's statistics are shared between clones; `valid` gives some of its own.
        let average = self.model.valid();
        self.model = average.map(&mut Towards { path: Vec::new(), current, kept });
        self.updates += 1;
    }
}

struct Towards {
    path: Vec<String>,
    current: BTreeMap<String, Tensor<1>>,
    kept: f64,
}

impl ModuleMapper for Towards {
    fn enter_module(&mut self, name: &str, _container_type: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container_type: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, tensor, mapper) = param.consume();
        let moved = match self.current.remove(&self.path.join(".")) {
            Some(current) => {
                let shape = tensor.dims();
                tensor.mul_scalar(self.kept) + current.reshape(shape).mul_scalar(1.0 - self.kept)
            }
            None => tensor,
        };
        Param::from_mapped_value(id, moved, mapper)
    }
}
