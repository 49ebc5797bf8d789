//! Our batch norm, with and without a ReLU behind it, and its gradients, as autodiff sees them, against Burn's.

use burn::tensor::module::batch_norm_train;
use burn::tensor::{Device, Tensor, TensorData, activation};
use resnet_playground::model::ops::batch_norm::normalise;
use resnet_playground::random::{Purpose, RandomStream};

const EPSILON: f64 = 1e-3;

fn off<const D: usize>(ours: Tensor<D>, theirs: Tensor<D>) -> f32 {
    assert_eq!(ours.dims(), theirs.dims(), "as many numbers");
    let largest = |tensor: Tensor<D>| -> f32 { tensor.abs().max().into_scalar() };
    largest(ours - theirs.clone()) / largest(theirs).max(1.0)
}

#[test]
fn batches_and_gradients_are_burns_up_to_rounding() {
    let mut random = RandomStream::new(8, Purpose::Weights, 4);
    let device = Device::flex().autodiff();
    let sizes = [[2, 1], [37, 3], [64, 8], [1_000, 24], [9, 130]];
    for ([count, channels], relu) in sizes.into_iter().flat_map(|size| [(size, false), (size, true)]) {
        let mut drawn = |shape: [usize; 2]| {
            let numbers: Vec<f32> = (0..shape[0] * shape[1]).map(|_| random.unit()).collect();
            Tensor::<2>::from_data(TensorData::new(numbers, shape), &device)
        };
        let rows = drawn([count, channels]).require_grad();
        let [gamma, beta] = [(); 2].map(|()| drawn([1, channels]).reshape([channels]).detach().require_grad());
        let upstream = drawn([count, channels]);
        let theirs = batch_norm_train(rows.clone(), gamma.clone(), beta.clone(), EPSILON);
        let (ours, mean, variance) = normalise(rows.clone(), gamma.clone(), beta.clone(), EPSILON as f32, relu);
        assert!(off(mean.inner(), theirs.mean.inner()) < 1e-5, "the mean of {count} rows of {channels}");
        assert!(off(variance.inner(), theirs.variance.inner()) < 1e-5, "the variance of {count} rows of {channels}");
        let outputs = [ours, if relu { activation::relu(theirs.output) } else { theirs.output }];
        let [ours, theirs] = outputs.clone().map(Tensor::inner);
        assert!(off(ours, theirs) < 1e-4, "the output of {count} rows of {channels}");
        let [ours, theirs] = outputs.map(|output| (output * upstream.clone()).sum().backward());
        let [mine, other] = [&ours, &theirs].map(|gradients| rows.grad(gradients).expect("a gradient"));
        assert!(off(mine, other) < 1e-4, "the rows' gradient of {count} rows of {channels}");
        for (tensor, what) in [(&gamma, "gamma"), (&beta, "beta")] {
            let [mine, other] = [&ours, &theirs].map(|gradients| tensor.grad(gradients).expect("a gradient"));
            assert!(off(mine, other) < 1e-4, "the gradient of {what} at {count} rows of {channels}");
        }
    }
}
