//! Numbers from the device.

use burn::tensor::Tensor;

use crate::experiment::TrainError;

/// Reads a short tensor back without blocking: on the web nothing may block.
pub(crate) async fn read_numbers(tensor: Tensor<1>) -> Result<Vec<f32>, TrainError> {
    let data = tensor.into_data_async().await.map_err(|error| TrainError::device_lost(error.reason()))?;
    data.try_to_vec().map_err(|error| TrainError::device_lost(&error.to_string()))
}
