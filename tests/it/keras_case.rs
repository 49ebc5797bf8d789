//! Reads the golden case: what Keras computes for one network and one batch.

use std::collections::BTreeMap;
use std::path::PathBuf;

use burn::tensor::{Device, Int, Tensor, TensorData};
use resnet_playground::model::{WeightError, WeightRole, WeightSource};
use safetensors::SafeTensors;

/// Named tensors of a safetensors file, row-major.
pub struct Tensors(BTreeMap<String, Vec<f32>>);

impl Tensors {
    pub fn read(file: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/keras_depth11_filters8").join(file);
        let bytes = std::fs::read(path).expect("the fixture is in the repository");
        let file = SafeTensors::deserialize(&bytes).expect("a safetensors file");
        let floats = |bytes: &[u8]| bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        Self(
            file.tensors()
                .into_iter()
                .filter(|(_, tensor)| tensor.dtype() == safetensors::Dtype::F32)
                .map(|(name, tensor)| (name, floats(tensor.data())))
                .collect(),
        )
    }

    pub fn get(&self, name: &str) -> &[f32] {
        self.0.get(name).unwrap_or_else(|| panic!("the fixture holds {name}"))
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl WeightSource for Tensors {
    fn values(&mut self, name: &str, _role: WeightRole, _shape: &[usize]) -> Result<Vec<f32>, WeightError> {
        self.0.get(name).cloned().ok_or_else(|| WeightError::Missing(name.into()))
    }
}

/// The case's images `[4, 32, 32, 3]`.
pub fn images(device: &Device) -> Tensor<4> {
    Tensor::from_data(TensorData::new(Tensors::read("io.safetensors").get("x").to_vec(), [4, 32, 32, 3]), device)
}

/// The case's labels `[4]`.
pub fn labels(device: &Device) -> Tensor<1, Int> {
    Tensor::from_data(TensorData::new(vec![7i32, 2, 5, 3], [4]), device)
}

pub fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_to_vec().expect("floats")
}

/// `|a − b| / |b|`.
pub fn relative_distance(ours: &[f32], reference: &[f32]) -> f64 {
    assert_eq!(ours.len(), reference.len(), "the same number of values");
    let norm = |values: &mut dyn Iterator<Item = f64>| values.map(|value| value * value).sum::<f64>().sqrt();
    let difference = norm(&mut ours.iter().zip(reference).map(|(a, b)| f64::from(a - b)));
    difference / norm(&mut reference.iter().map(|value| f64::from(*value)))
}

pub fn largest_difference(ours: &[f32], reference: &[f32]) -> f32 {
    assert_eq!(ours.len(), reference.len(), "the same number of values");
    ours.iter().zip(reference).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}
