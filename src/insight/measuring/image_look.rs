//! What a network makes of one image: the maps of one layer, the prediction, and the class activation map of a class
//! (Selvaraju et al. 2017, "Grad-CAM", section 3).

use burn::tensor::{Int, Tensor, TensorData, activation};

use crate::model::ResNet;

/// Everything of one image, on the device; nothing is read back here.
#[derive(Debug)]
pub struct ImageTensors {
    /// Maps of the chosen place, `[1, height, width, channels]`.
    pub maps: Tensor<4>,
    /// Softmax of the scores, `[classes]`.
    pub probabilities: Tensor<1>,
    /// Where the class comes from, 0 or more, `[height, width]` of the maps before pooling.
    pub activation: Tensor<2>,
}

/// Looks at `image` `[1, height, width, channels]`, off the autodiff device, in evaluation mode: `place` 0 is the stem,
/// 1 the first block and so on. The class is the predicted one where none is given. The network stays as it is.
pub fn look_at_image(model: &ResNet, image: Tensor<4>, place: usize, class: Option<usize>) -> ImageTensors {
    let seen = model.evaluate_seen(image, place);
    let probabilities = activation::softmax(seen.scores.clone(), 1);
    let [_, classes] = seen.scores.dims();
    let class = match class.filter(|class| *class < classes) {
        Some(class) => Tensor::<2, Int>::from_data(TensorData::new(vec![class as i32], [1, 1]), &seen.scores.device()),
        None => seen.scores.argmax(1),
    };
    let activation = class_activation(model, seen.pooled, class);
    ImageTensors { maps: seen.maps, probabilities: probabilities.reshape([classes]), activation }
}

/// Maps before pooling `[1, height, width, channels]`, weighted by the mean gradient of the score of `class` `[1, 1]`
/// with respect to each; what is negative is 0.
fn class_activation(model: &ResNet, maps: Tensor<4>, class: Tensor<2, Int>) -> Tensor<2> {
    let [_, height, width, channels] = maps.dims();
    // Gradients with respect to these maps alone: the layers before them are not run again.
    let followed = Tensor::from_inner(maps.clone()).require_grad();
    let scores = model.differentiable_head().classify(followed.clone(), None);
    let gradients = scores.gather(1, Tensor::from_inner(class)).sum().backward();
    let Some(gradient) = followed.grad(&gradients) else { return Tensor::zeros([height, width], &maps.device()) };
    let weights = gradient.reshape([height * width, channels]).mean_dim(0);
    let weighted = maps.reshape([height * width, channels]) * weights;
    activation::relu(weighted.sum_dim(1)).reshape([height, width])
}
