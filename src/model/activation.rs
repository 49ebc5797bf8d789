//! The activation functions, with Keras' constants.

use burn::tensor::{Tensor, activation};

use crate::spec::Activation;

/// Keras' `negative_slope`.
const LEAKY_SLOPE: f64 = 0.2;
const SELU_ALPHA: f64 = 1.673_263_242_354_377_2;
const SELU_SCALE: f64 = 1.050_700_987_355_480_5;

/// Applies `function` to each number.
pub fn activate<const D: usize>(function: Activation, input: Tensor<D>) -> Tensor<D> {
    match function {
        Activation::Relu => activation::relu(input),
        Activation::LeakyRelu => activation::leaky_relu(input, LEAKY_SLOPE),
        Activation::Elu => exponential_linear(input, 1.0),
        Activation::Selu => exponential_linear(input, SELU_ALPHA).mul_scalar(SELU_SCALE),
        Activation::Gelu => activation::gelu(input),
        Activation::Silu => activation::silu(input),
        Activation::Tanh => activation::tanh(input),
        Activation::Sigmoid => activation::sigmoid(input),
        Activation::Softplus => softplus(input),
        Activation::None => input,
    }
}

/// `x` above 0, `α(eˣ − 1)` below. The exponential only sees what is not positive: of a large
/// number it would be infinite, and zero times that is no gradient.
fn exponential_linear<const D: usize>(input: Tensor<D>, alpha: f64) -> Tensor<D> {
    let below = input.clone().clamp_max(0.0).exp().sub_scalar(1.0).mul_scalar(alpha);
    activation::relu(input) + below
}

/// `ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|)`, which no large number overflows.
fn softplus<const D: usize>(input: Tensor<D>) -> Tensor<D> {
    activation::relu(input.clone()) + input.abs().neg().exp().log1p()
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;
    use crate::spec::Named;

    /// Where Keras 3.15.1 (on JAX) was asked.
    const AT: [f32; 6] = [-3.0, -1.0, -0.5, 0.5, 1.0, 3.0];

    fn keras(function: Activation) -> [f32; 6] {
        match function {
            Activation::Relu => [0.0, 0.0, 0.0, 0.5, 1.0, 3.0],
            Activation::LeakyRelu => [-0.6, -0.2, -0.1, 0.5, 1.0, 3.0],
            Activation::Elu => [-0.950_213, -0.632_121, -0.393_469, 0.5, 1.0, 3.0],
            Activation::Selu => [-1.670_569, -1.111_331, -0.691_758, 0.525_351, 1.050_701, 3.152_103],
            Activation::Gelu => [-0.004_050, -0.158_655, -0.154_269, 0.345_731, 0.841_345, 2.995_95],
            Activation::Silu => [-0.142_278, -0.268_941, -0.188_770, 0.311_230, 0.731_059, 2.857_722],
            Activation::Tanh => [-0.995_055, -0.761_594, -0.462_117, 0.462_117, 0.761_594, 0.995_055],
            Activation::Sigmoid => [0.047_426, 0.268_941, 0.377_541, 0.622_459, 0.731_059, 0.952_574],
            Activation::Softplus => [0.048_587, 0.313_262, 0.474_077, 0.974_077, 1.313_262, 3.048_587],
            Activation::None => AT,
        }
    }

    #[test]
    fn values_are_keras() {
        for function in Activation::ALL {
            let output = activate(*function, Tensor::<1>::from_data(AT, &Device::flex()));
            let values: Vec<f32> = output.into_data().try_to_vec().unwrap();
            for ((ours, wanted), at) in values.iter().zip(keras(*function)).zip(AT) {
                assert!((ours - wanted).abs() < 2e-6, "{} at {at} is {ours}, Keras says {wanted}", function.name());
            }
        }
    }

    #[test]
    fn large_numbers_have_values_and_gradients() {
        for function in Activation::ALL {
            let input = Tensor::<1>::from_data([-500.0, 500.0], &Device::flex().autodiff()).require_grad();
            let output = activate(*function, input.clone());
            let gradients = output.clone().sum().backward();
            let numbers = [output.inner(), input.grad(&gradients).unwrap()].map(|tensor| tensor.into_data().try_to_vec::<f32>().unwrap());
            assert!(numbers.iter().flatten().all(|number| number.is_finite()), "{}: {numbers:?}", function.name());
        }
    }
}
