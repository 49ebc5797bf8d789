//! Cross-entropy and its gradient.

use burn::backend::TensorMetadata;
use burn_cubecl::CubeBackend;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::tensor::CubeTensor;
use resnet_kernels::wgsl;

use super::{launch, like};
use crate::model::ops::cross_entropy::CrossEntropyOperation;

impl CrossEntropyOperation for CubeBackend {
    fn cross_entropy(logits: CubeTensor, labels: CubeTensor) -> (CubeTensor, CubeTensor, CubeTensor) {
        let [logits, labels] = [logits, labels].map(into_contiguous);
        let [batch, classes] = logits.shape().dims();
        let [losses, correct] = [(); 2].map(|()| like(&logits, [batch]));
        let slopes = like(&logits, [batch, classes]);
        let buffers = [&logits.handle, &labels.handle, &losses.handle, &correct.handle, &slopes.handle];
        launch(&logits.client, &wgsl::cross_entropy(batch, classes), &buffers);
        (losses, correct, slopes)
    }
}
