//! Where weights come from when a network is built, and what each is called.

use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::{Device, Gradients, Tensor, TensorData};
use thiserror::Error;

use crate::experiment::weight_init::Frozen;
use crate::language::tr;

/// What a weight is for; decides its first value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightRole {
    /// Convolution kernel `[height, width, in, out]` or dense kernel `[in, out]`.
    Kernel,
    /// Added after a kernel.
    Bias,
    /// Batch norm's gamma.
    Gamma,
    /// Batch norm's beta.
    Beta,
    /// Batch norm's moving mean.
    MovingMean,
    /// Batch norm's moving variance.
    MovingVariance,
}

/// A weight that could not be had.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WeightError {
    /// The source has none of that name.
    #[error("{}", tr!("the weights have no {name}", name = _0))]
    Missing(String),
    /// It has another number of values.
    #[error("{}", tr!("{name} should hold {expected} numbers, but holds {found}", name, expected, found))]
    Size {
        /// Which weight.
        name: String,
        /// Product of its shape.
        expected: usize,
        /// What the source holds.
        found: usize,
    },
}

/// Supplies the value of every weight while a network is built, in the order of the forward pass.
pub trait WeightSource {
    /// Values of the weight `name` in row-major order.
    ///
    /// # Errors
    /// When the source has no such weight.
    fn values(&mut self, name: &str, role: WeightRole, shape: &[usize]) -> Result<Vec<f32>, WeightError>;
}

/// Builds the tensors of one layer: a name, a source, a device.
pub(super) struct LayerBuilder<'a> {
    pub source: &'a mut dyn WeightSource,
    pub device: &'a Device,
    /// Layers that training leaves as they are.
    pub frozen: Frozen,
}

impl LayerBuilder<'_> {
    pub fn tensor<const D: usize>(&mut self, layer: &str, role: WeightRole, shape: [usize; D]) -> Result<Tensor<D>, WeightError> {
        let name = format!("{layer}.{}", suffix(role));
        let values = self.source.values(&name, role, &shape)?;
        let expected = shape.iter().product();
        if values.len() != expected {
            return Err(WeightError::Size { name, expected, found: values.len() });
        }
        Ok(Tensor::from_data(TensorData::new(values, shape), self.device))
    }

    pub fn is_frozen(&self, layer: &str) -> bool {
        self.frozen.holds(&format!("{layer}."))
    }

    pub fn parameter<const D: usize>(&mut self, layer: &str, role: WeightRole, shape: [usize; D]) -> Result<Param<Tensor<D>>, WeightError> {
        let parameter = Param::from_tensor(self.tensor(layer, role, shape)?);
        Ok(if self.is_frozen(layer) { parameter.set_require_grad(false) } else { parameter })
    }
}

fn suffix(role: WeightRole) -> &'static str {
    match role {
        WeightRole::Kernel => "kernel",
        WeightRole::Bias => "bias",
        WeightRole::Gamma => "gamma",
        WeightRole::Beta => "beta",
        WeightRole::MovingMean => "moving_mean",
        WeightRole::MovingVariance => "moving_variance",
    }
}

/// Every weight of a module with its dotted name and shape, flattened; nothing is read back.
///
/// Batch norm's moving statistics are among them.
pub fn named_weights<M: Module>(module: &M) -> Vec<(String, Vec<usize>, Tensor<1>)> {
    struct Collector {
        path: Vec<String>,
        weights: Vec<(String, Vec<usize>, Tensor<1>)>,
    }
    impl ModuleVisitor for Collector {
        fn enter_module(&mut self, name: &str, _container_type: &str) {
            self.path.push(name.to_owned());
        }
        fn exit_module(&mut self, _name: &str, _container_type: &str) {
            self.path.pop();
        }
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            let tensor = param.val();
            let shape = tensor.dims().to_vec();
            let values = tensor.inner().reshape([shape.iter().product::<usize>()]);
            self.weights.push((self.path.join("."), shape, values));
        }
    }
    let mut collector = Collector { path: Vec::new(), weights: Vec::new() };
    module.visit(&mut collector);
    collector.weights
}

/// Gradient of every weight that has one, flattened, with its dotted name, in the order of the module.
pub fn named_gradients<M: Module>(module: &M, gradients: &Gradients) -> Vec<(String, Tensor<1>)> {
    struct Collector<'a> {
        path: Vec<String>,
        gradients: &'a Gradients,
        found: Vec<(String, Tensor<1>)>,
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
                let count = gradient.dims().iter().product::<usize>();
                self.found.push((self.path.join("."), gradient.reshape([count])));
            }
        }
    }
    let mut collector = Collector { path: Vec::new(), gradients, found: Vec::new() };
    module.visit(&mut collector);
    collector.found
}
