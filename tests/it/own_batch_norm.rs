//! Our batch norm, with and without a ReLU behind it, and its gradients, as autodiff sees them, against Burn's.

use burn::tensor::module::batch_norm_train;
use burn::tensor::{Device, Tensor, TensorData, activation};
use resnet_playground::model::ops::batch_norm::normalise;
use resnet_playground::random::{Purpose, RandomStream};
use resnet_playground::spec::BATCH_NORM_MOMENTUM;

const EPSILON: f64 = 1e-3;

fn off<const D: usize>(ours: Tensor<D>, theirs: Tensor<D>) -> f32 {
    assert_eq!(ours.dims(), theirs.dims(), "as many numbers");
    let largest = |tensor: Tensor<D>| -> f32 { tensor.abs().max().into_scalar() };
    largest(ours - theirs.clone()) / largest(theirs).max(1.0)
}

#[test]
fn batches_and_gradients_are_burns_up_to_rounding() {
    compare_with_burns(&Device::flex());
}

/// Burn's is computed on the CPU.
pub fn compare_with_burns(device: &Device) {
    let mut random = RandomStream::new(8, Purpose::Weights, 4);
    let sizes = [[2, 1], [37, 3], [64, 8], [1_000, 24], [9, 130]];
    for ([count, channels], relu) in sizes.into_iter().flat_map(|size| [(size, false), (size, true)]) {
        let mut drawn = |count: usize| (0..count).map(|_| random.unit()).collect::<Vec<f32>>();
        let (rows, [gamma, beta], upstream) = (drawn(count * channels), [(); 2].map(|()| drawn(channels)), drawn(count * channels));
        let moving = [drawn(channels), drawn(channels)];
        let moving =
            |device: &Device| [0, 1].map(|place| Tensor::<1>::from_data(TensorData::new(moving[place].clone(), [channels]), device));
        let ours = |rows, affine| normalise(rows, affine, moving(device), EPSILON as f32, relu);
        let theirs = |rows, [gamma, beta]: [Tensor<1>; 2]| {
            let batch = batch_norm_train(rows, gamma, beta, EPSILON);
            let [mean, variance] = moving(&Device::flex());
            let follow =
                |moving: Tensor<1>, of_batch: Tensor<1>| moving * BATCH_NORM_MOMENTUM + of_batch.inner() * (1.0 - BATCH_NORM_MOMENTUM);
            let moved = [follow(mean, batch.mean), follow(variance, batch.variance)];
            (if relu { activation::relu(batch.output) } else { batch.output }, moved)
        };
        let numbers = [&rows, &gamma, &beta, &upstream];
        let ours = results(numbers, [count, channels], device, ours);
        let theirs = results(numbers, [count, channels], &Device::flex(), theirs);
        // A hundredth of a batch's statistics is in the moving ones.
        let bounds = [1e-7, 1e-7, 1e-4, 1e-4, 1e-4, 1e-4];
        let names =
            ["the moving mean", "the moving variance", "the output", "the rows' gradient", "the gradient of gamma", "the gradient of beta"];
        for (((ours, theirs), bound), what) in ours.into_iter().zip(theirs).zip(bounds).zip(names) {
            assert!(off(ours, theirs) < bound, "{what} of {count} rows of {channels}");
        }
    }
}

/// Moving mean and variance, output, and the gradients at rows, gamma and beta, computed on `device` and brought to the CPU.
fn results(
    [rows, gamma, beta, upstream]: [&Vec<f32>; 4],
    shape: [usize; 2],
    device: &Device,
    method: impl Fn(Tensor<2>, [Tensor<1>; 2]) -> (Tensor<2>, [Tensor<1>; 2]),
) -> [Tensor<1>; 6] {
    let device = device.clone().autodiff();
    let map = |numbers: &Vec<f32>| Tensor::<2>::from_data(TensorData::new(numbers.clone(), shape), &device);
    let line = |numbers: &Vec<f32>| Tensor::<1>::from_data(TensorData::new(numbers.clone(), [shape[1]]), &device).require_grad();
    let (rows, affine) = (map(rows).require_grad(), [line(gamma), line(beta)]);
    let (output, [mean, variance]) = method(rows.clone(), affine.clone());
    let gradients = (output.clone() * map(upstream)).sum().backward();
    let of_rows = rows.grad(&gradients).expect("a gradient").reshape([-1]);
    let [of_gamma, of_beta] = affine.map(|tensor| tensor.grad(&gradients).expect("a gradient"));
    let all = [mean, variance, output.inner().reshape([-1]), of_rows, of_gamma, of_beta];
    all.map(|tensor| Tensor::from_data(tensor.to_data(), &Device::flex()))
}
