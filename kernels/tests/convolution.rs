//! Every kernel against sums written down as in a textbook.

mod difference;
mod numbers;

use difference::difference;
use numbers::numbers;
use resnet_kernels::{ConvolutionShape, bias_gradient, convolve, input_gradient, kernel_gradient};

/// Zeros above or left of a map, as Keras' documentation of `same` has it.
fn before(edge: usize, shape: &ConvolutionShape) -> usize {
    let outputs = edge.div_ceil(shape.stride);
    ((outputs - 1) * shape.stride + shape.kernel).saturating_sub(edge) / 2
}

/// Calls `visit` with the places in input, kernel and output of every product of the convolution.
fn every_product(shape: &ConvolutionShape, mut visit: impl FnMut(usize, usize, usize)) {
    let ConvolutionShape { batch, height, width, channels_in, channels_out, kernel, stride } = *shape;
    let (rows, columns) = (height.div_ceil(stride), width.div_ceil(stride));
    for image in 0..batch {
        for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
            for (down, right) in (0..kernel).flat_map(|down| (0..kernel).map(move |right| (down, right))) {
                let (y, x) = (row * stride + down, column * stride + right);
                let (Some(y), Some(x)) = (y.checked_sub(before(height, shape)), x.checked_sub(before(width, shape))) else { continue };
                if y >= height || x >= width {
                    continue;
                }
                for (from, to) in (0..channels_in).flat_map(|from| (0..channels_out).map(move |to| (from, to))) {
                    visit(
                        ((image * height + y) * width + x) * channels_in + from,
                        ((down * kernel + right) * channels_in + from) * channels_out + to,
                        ((image * rows + row) * columns + column) * channels_out + to,
                    );
                }
            }
        }
    }
}

fn shapes() -> Vec<ConvolutionShape> {
    let mut shapes = Vec::new();
    for (place, (height, width)) in [(8, 8), (5, 7), (1, 1), (9, 4), (2, 3), (16, 32)].into_iter().enumerate() {
        for kernel in [1, 2, 3, 5] {
            for stride in [1, 2, 3] {
                let (channels_in, channels_out) = [(3, 8), (8, 5), (13, 17), (16, 8), (1, 1), (4, 24)][(place + kernel + stride) % 6];
                shapes.push(ConvolutionShape { batch: 1 + place % 3, height, width, channels_in, channels_out, kernel, stride });
            }
        }
    }
    shapes
}

#[test]
fn convolutions_of_every_shape_are_the_textbooks_sums() {
    for shape in shapes() {
        let (input, kernel, bias) = (numbers(shape.input_len(), 1), numbers(shape.kernel_len(), 2), numbers(shape.channels_out, 3));
        let mut expected: Vec<f64> = (0..shape.output_len()).map(|place| f64::from(bias[place % shape.channels_out])).collect();
        every_product(&shape, |from, weight, to| expected[to] += f64::from(input[from]) * f64::from(kernel[weight]));
        let found = difference(&convolve(&shape, &input, &kernel, &bias), &expected);
        assert!(found < 1e-6, "{shape:?} is off by {found}");
    }
}

#[test]
fn input_gradients_of_every_shape_are_the_textbooks_sums() {
    for shape in shapes() {
        let (kernel, gradient) = (numbers(shape.kernel_len(), 2), numbers(shape.output_len(), 4));
        let mut expected = vec![0.0; shape.input_len()];
        every_product(&shape, |from, weight, to| expected[from] += f64::from(gradient[to]) * f64::from(kernel[weight]));
        let found = difference(&input_gradient(&shape, &gradient, &kernel), &expected);
        assert!(found < 1e-6, "{shape:?} is off by {found}");
    }
}

#[test]
fn kernel_and_bias_gradients_of_every_shape_are_the_textbooks_sums() {
    for shape in shapes() {
        let (input, gradient) = (numbers(shape.input_len(), 1), numbers(shape.output_len(), 4));
        let mut expected = vec![0.0; shape.kernel_len()];
        every_product(&shape, |from, weight, to| expected[weight] += f64::from(gradient[to]) * f64::from(input[from]));
        let found = difference(&kernel_gradient(&shape, &input, &gradient), &expected);
        assert!(found < 2e-6, "the kernel of {shape:?} is off by {found}");
        let mut expected = vec![0.0; shape.channels_out];
        gradient.iter().enumerate().for_each(|(place, number)| expected[place % shape.channels_out] += f64::from(*number));
        let found = difference(&bias_gradient(&gradient, shape.channels_out), &expected);
        assert!(found < 2e-6, "the bias of {shape:?} is off by {found}");
    }
}
