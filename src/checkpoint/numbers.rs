//! Floats of every width as 32-bit floats.

use half::{bf16, f16};
use safetensors::Dtype;
use safetensors::tensor::TensorView;

use super::WeightsFileError;

/// The numbers of a tensor, row-major.
///
/// # Errors
/// When it holds no floats.
pub(crate) fn floats(name: &str, tensor: &TensorView<'_>) -> Result<Vec<f32>, WeightsFileError> {
    let bytes = tensor.data();
    Ok(match tensor.dtype() {
        Dtype::F32 => bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect(),
        Dtype::F64 => bytes.chunks_exact(8).map(|b| f64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]) as f32).collect(),
        Dtype::BF16 => bytes.chunks_exact(2).map(|b| bf16::from_le_bytes([b[0], b[1]]).to_f32()).collect(),
        Dtype::F16 => bytes.chunks_exact(2).map(|b| f16::from_le_bytes([b[0], b[1]]).to_f32()).collect(),
        kind => return Err(WeightsFileError::number_kind(name, &format!("{kind:?}"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_is_read() {
        let read = |kind, bits: [u16; 2]| {
            let bytes = bits.map(u16::to_le_bytes).concat();
            floats("weights", &TensorView::new(kind, vec![2], &bytes).unwrap()).unwrap()
        };
        assert_eq!(read(Dtype::F16, [0x3555, 0x0001]), [0.333_251_95, 5.960_464_5e-8]);
        assert_eq!(read(Dtype::F16, [0xfc00, 0x7bff]), [f32::NEG_INFINITY, 65504.0]);
        assert_eq!(read(Dtype::BF16, [0x3f80, 0xc049]), [1.0, -3.140_625]);
    }
}
