//! Our convolution and its gradients, as autodiff sees them, against Burn's and against small steps.

use burn::tensor::module::conv2d;
use burn::tensor::ops::{ConvOptions, PadMode};
use burn::tensor::{Device, Tensor, TensorData};
use resnet_playground::model::ops::convolve;
use resnet_playground::random::{Purpose, RandomStream};

/// Edge of the kernel, stride, `[batch, height, width, in]`, out: maps of odd edges and channels that fill no
/// register among them.
const CASES: [(usize, usize, [usize; 4], usize); 9] = [
    (1, 1, [2, 8, 8, 8], 16),
    (1, 2, [2, 8, 8, 5], 3),
    (1, 2, [1, 7, 9, 6], 4),
    (3, 1, [2, 8, 8, 3], 8),
    (3, 1, [3, 5, 7, 9], 11),
    (3, 2, [2, 8, 6, 4], 12),
    (3, 2, [2, 9, 7, 2], 5),
    (5, 1, [1, 6, 4, 7], 6),
    (5, 2, [2, 5, 8, 3], 9),
];

fn drawn<const D: usize>(shape: [usize; D], random: &mut RandomStream, device: &Device) -> Tensor<D> {
    let numbers: Vec<f32> = (0..shape.iter().product()).map(|_| random.unit() - 0.5).collect();
    Tensor::from_data(TensorData::new(numbers, shape), device)
}

/// Burn's convolution, padded by hand as Keras' `same`.
fn burns(input: Tensor<4>, kernel: Tensor<4>, bias: Tensor<1>, stride: usize) -> Tensor<4> {
    let [_, height, width, _] = input.dims();
    let [edge, ..] = kernel.dims();
    let margins = |length: usize| {
        let missing = ((length.div_ceil(stride) - 1) * stride + edge).saturating_sub(length);
        (missing / 2, missing - missing / 2)
    };
    let input = input.pad([(0, 0), margins(height), margins(width), (0, 0)], PadMode::Constant(0.0)).permute([0, 3, 1, 2]);
    let options = ConvOptions::new([stride; 2], [0; 2], [1; 2], 1);
    conv2d(input, kernel.permute([3, 2, 0, 1]), Some(bias), options).permute([0, 2, 3, 1])
}

fn largest<const D: usize>(tensor: Tensor<D>) -> f32 {
    tensor.abs().max().into_scalar()
}

fn same<const D: usize>(ours: &Tensor<D>, theirs: &Tensor<D>, what: &str) {
    assert_eq!(ours.dims(), theirs.dims(), "the shape of {what}");
    let difference = largest(ours.clone() - theirs.clone()) / largest(theirs.clone()).max(1.0);
    assert!(difference < 1e-5, "{what} is off by {difference}");
}

#[test]
fn convolutions_and_gradients_are_burns_up_to_rounding() {
    compare_with_burns(&Device::flex());
}

/// Burn's are computed on the CPU.
pub fn compare_with_burns(device: &Device) {
    let mut random = RandomStream::new(5, Purpose::Weights, 1);
    let cpu = Device::flex();
    for case @ (edge, stride, shape, channels_out) in CASES {
        let maps = [shape, [edge, edge, shape[3], channels_out]].map(|shape| drawn(shape, &mut random, &cpu));
        let bias = drawn([channels_out], &mut random, &cpu);
        let upstream = drawn(burns(maps[0].clone(), maps[1].clone(), bias.clone(), stride).dims(), &mut random, &cpu);
        let ours = with_gradients(convolve, &maps, &bias, &upstream, stride, device);
        let theirs = with_gradients(burns, &maps, &bias, &upstream, stride, &cpu);
        for ((ours, theirs), what) in ours.0.iter().zip(&theirs.0).zip(["the output", "the input's gradient", "the kernel's gradient"]) {
            same(ours, theirs, &format!("{what} of {case:?}"));
        }
        same(&ours.1, &theirs.1, &format!("the bias' gradient of {case:?}"));
    }
}

/// The output, the gradients at input and kernel, and that at the bias, computed on `device` and brought to the CPU.
fn with_gradients(
    method: impl Fn(Tensor<4>, Tensor<4>, Tensor<1>, usize) -> Tensor<4>,
    maps: &[Tensor<4>; 2],
    bias: &Tensor<1>,
    upstream: &Tensor<4>,
    stride: usize,
    device: &Device,
) -> ([Tensor<4>; 3], Tensor<1>) {
    let (device, cpu) = (device.clone().autodiff(), Device::flex());
    let [input, kernel] = maps.each_ref().map(|map| moved(map, &device).require_grad());
    let bias = moved(bias, &device).require_grad();
    let output = method(input.clone(), kernel.clone(), bias.clone(), stride);
    let gradients = (output.clone() * moved(upstream, &device)).sum().backward();
    let [of_input, of_kernel] = [input, kernel].map(|tensor| tensor.grad(&gradients).expect("a gradient"));
    let of_bias = bias.grad(&gradients).expect("a gradient");
    ([output.inner(), of_input, of_kernel].map(|tensor| moved(&tensor, &cpu)), moved(&of_bias, &cpu))
}

fn moved<const D: usize>(tensor: &Tensor<D>, device: &Device) -> Tensor<D> {
    Tensor::from_data(tensor.to_data(), device)
}

#[test]
fn gradients_are_what_small_steps_show() {
    compare_with_small_steps(&Device::flex());
}

pub fn compare_with_small_steps(device: &Device) {
    let mut random = RandomStream::new(6, Purpose::Weights, 2);
    for case @ (edge, stride, shape, channels_out) in CASES {
        let point = [shape, [edge, edge, shape[3], channels_out]].map(|shape| drawn(shape, &mut random, device));
        let bias = drawn([channels_out], &mut random, device);
        let step = [shape, [edge, edge, shape[3], channels_out]].map(|shape| drawn(shape, &mut random, device));
        let bias_step = drawn([channels_out], &mut random, device);
        let [input, kernel] = &point;
        let upstream = drawn(convolve(input.clone(), kernel.clone(), bias.clone(), stride).dims(), &mut random, device);
        // Each of input, kernel and bias enters linearly: a step of any length shows the slope exactly.
        let value = |input: Tensor<4>, kernel: Tensor<4>, bias: Tensor<1>| -> f32 {
            (convolve(input, kernel, bias, stride) * upstream.clone()).sum().into_scalar()
        };
        let here = value(input.clone(), kernel.clone(), bias.clone());
        let shown = [
            value(input.clone() + step[0].clone(), kernel.clone(), bias.clone()) - here,
            value(input.clone(), kernel.clone() + step[1].clone(), bias.clone()) - here,
            value(input.clone(), kernel.clone(), bias.clone() + bias_step.clone()) - here,
        ];
        let [input, kernel] = point.map(|tensor| Tensor::from_inner(tensor).require_grad());
        let bias = Tensor::from_inner(bias).require_grad();
        let output = convolve(input.clone(), kernel.clone(), bias.clone(), stride);
        let gradients = (output * Tensor::from_inner(upstream.clone())).sum().backward();
        let along = |tensor: &Tensor<4>, step: &Tensor<4>| -> f32 {
            (tensor.grad(&gradients).expect("a gradient") * step.clone()).sum().into_scalar()
        };
        let bias_along: f32 = (bias.grad(&gradients).expect("a gradient") * bias_step.clone()).sum().into_scalar();
        let computed = [along(&input, &step[0]), along(&kernel, &step[1]), bias_along];
        for ((shown, computed), what) in shown.into_iter().zip(computed).zip(["input", "kernel", "bias"]) {
            let scale = shown.abs().max(1.0);
            assert!((shown - computed).abs() / scale < 1e-3, "{what} of {case:?}: a step shows {shown}, the gradient says {computed}");
        }
    }
}

#[test]
fn what_is_frozen_gets_no_gradient_and_changes_no_other() {
    let mut random = RandomStream::new(7, Purpose::Weights, 3);
    let device = Device::flex().autodiff();
    let input = drawn([2, 6, 6, 4], &mut random, &device);
    let (kernel, bias) = (drawn([3, 3, 4, 4], &mut random, &device), drawn([4], &mut random, &device));
    let gradient = |kernel: Tensor<4>| {
        let input = input.clone().require_grad();
        let gradients = convolve(input.clone(), kernel.clone(), bias.clone(), 1).square().sum().backward();
        (input.grad(&gradients).expect("a gradient"), kernel.grad(&gradients))
    };
    let ((trained, some), (frozen, none)) = (gradient(kernel.clone().require_grad()), gradient(kernel));
    assert!(some.is_some() && none.is_none(), "only the trained kernel has a gradient");
    assert_eq!(largest(trained - frozen), 0.0, "the input's gradient is the same");
}
