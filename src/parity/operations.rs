//! The operations that a GPU computes with kernels of our own, against the CPU, on sizes and numbers drawn at random.
//! The CPU's are tested natively, against plain loops and finite differences.

use burn::backend::Dispatch;
use burn::tensor::{Device, Int, Tensor, TensorData};
use resnet_kernels::wgsl::Tile;
use serde::{Deserialize, Serialize};

use super::distance::relative_distance;
use crate::experiment::TrainError;
use crate::model::ops::amsgrad::{AmsGradOperation, MovedWeight, MovingWeight};
use crate::model::ops::batch_norm::normalise;
use crate::model::ops::convolve;
use crate::model::ops::cross_entropy::cross_entropy;
use crate::model::ops::dropout::drop_units;
use crate::model::ops::images::gather_images;
use crate::model::ops::webgpu::{chosen_tile, use_tile};
use crate::random::{Purpose, RandomStream};
use crate::spec::BATCH_NORM_MOMENTUM;
use crate::training::read_numbers;

/// Sizes of each operation that are tried.
const SIZES: usize = 16;

/// Added to variances.
const EPSILON: f32 = 1e-3;

/// Rows of channels, so many that a thread sums more than fit into the memory of its workgroup.
const MANY_ROWS: [usize; 2] = [20_000, 6];

/// Of the optimizer's steps.
const STEP_LENGTH: f32 = 0.01;

/// Numbers of the shorter of two weights that move together.
const SHORT: usize = 4;

/// Largest relative distance of a result or a gradient from the CPU's.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct OperationsReport {
    /// Of a convolution, and its gradients at input, kernel and bias.
    pub convolution: [f64; 4],
    /// Of batch norm, with a ReLU in every second case, what its batch's mean and variance add to its moving ones, and its
    /// gradients at input, gamma and beta.
    pub batch_norm: [f64; 6],
    /// Of an optimizer's steps: a weight and its moments, a shorter one that moves with it, and moments that are kept beside.
    pub optimizer_step: [f64; 5],
    /// Of losses, of what is right, and of the gradient at the logits.
    pub cross_entropy: [f64; 3],
    /// Of dropout and its gradient.
    pub dropout: [f64; 2],
    /// Of batch norm's moving mean and variance.
    pub moving_statistics: [f64; 2],
    /// Of images chosen and normalised.
    pub images: [f64; 1],
    /// Of what the first tile gives for convolutions, batch norms and their gradients, with each other one. Their sums have one order,
    /// so this is 0 and not merely small.
    pub tiles: [f64; Tile::ALL.len() - 1],
}

/// Compares `device` with the CPU.
///
/// # Errors
/// When the device was lost.
pub async fn compare_operations(device: &Device) -> Result<OperationsReport, TrainError> {
    let mut random = RandomStream::new(11, Purpose::Weights, 0);
    let mut report = OperationsReport::default();
    for case in 0..SIZES {
        let mut draw = |most: u32| random.below(most) as usize + 1;
        let (edge, stride) = (2 * draw(3) - 1, draw(2));
        // Every second case has whole groups of four channels.
        let wide = if case % 2 == 0 { 4 } else { 1 };
        let sizes = [draw(3), draw(9), draw(9), wide * draw(9)];
        let channels_out = wide * draw(9);
        let numbers = Numbers::draw(&mut random, [sizes.iter().product(), edge * edge * sizes[3] * channels_out, channels_out]);
        let of = |device: &Device| numbers.convolved(sizes, [edge, edge, sizes[3], channels_out], stride, device);
        worst(&mut report.convolution, of(device), of(&Device::flex())).await?;
        compare_tiles(&mut report.tiles, || of(device)).await?;

        let mut draw = |most: u32| random.below(most) as usize + 1;
        let sizes = [draw(400) + 2, wide * draw(9)];
        let numbers = Numbers::draw(&mut random, [sizes[0] * sizes[1], sizes[1], sizes[1]]);
        let relu = case % 4 < 2;
        worst(&mut report.batch_norm, numbers.normalised(sizes, relu, device), numbers.normalised_stock(sizes, relu)).await?;
        compare_tiles(&mut report.tiles, || numbers.normalised(sizes, relu, device)).await?;

        let count = wide * (random.below(900) as usize + 1);
        let numbers: Vec<f32> = (0..5 * count).map(|_| random.unit()).collect();
        worst(&mut report.optimizer_step, two_steps(&numbers, device), two_steps(&numbers, &Device::flex())).await?;
        worst(&mut report.dropout, dropped(&numbers, device), dropped(&numbers, &Device::flex())).await?;
        worst(&mut report.moving_statistics, followed(&numbers, device), followed(&numbers, &Device::flex())).await?;
        worst(&mut report.images, chosen(&numbers, device), chosen(&numbers, &Device::flex())).await?;
        worst(&mut report.cross_entropy, compared(&numbers, device), compared(&numbers, &Device::flex())).await?;
    }
    let numbers = Numbers::draw(&mut random, [MANY_ROWS[0] * MANY_ROWS[1], MANY_ROWS[1], MANY_ROWS[1]]);
    compare_tiles(&mut report.tiles, || numbers.normalised(MANY_ROWS, true, device)).await?;
    Ok(report)
}

/// What `results` are with each tile against the first one's.
async fn compare_tiles(worst: &mut [f64; Tile::ALL.len() - 1], results: impl Fn() -> Vec<Tensor<1>>) -> Result<(), TrainError> {
    let in_use = chosen_tile();
    use_tile(Tile::ALL[0]);
    let first = read_all(results()).await?;
    for (worst, tile) in worst.iter_mut().zip(&Tile::ALL[1..]) {
        use_tile(*tile);
        *worst = worst.max(relative_distance(&read_all(results()).await?, &first));
    }
    use_tile(in_use);
    Ok(())
}

/// A weight and its moments after two steps, from `[5, numbers]`: those and the gradient. In the second a shorter weight moves
/// with it, and somebody else still holds the moments, which must stay.
fn two_steps(numbers: &[f32], device: &Device) -> Vec<Tensor<1>> {
    let count = numbers.len() / 5;
    let part = |place: usize| {
        let numbers = numbers.iter().skip(place * count).take(count).copied().collect();
        Tensor::<1>::from_data(TensorData::new::<f32, _>(numbers, [count]), device)
    };
    let moments = Tensor::stack::<2>([2, 3, 4].map(part).into(), 0);
    let moving = |weight: Tensor<1>, gradient: Tensor<1>, moments: Tensor<2>| MovingWeight {
        weight: weight.into_dispatch(),
        gradient: gradient.into_dispatch(),
        moments: moments.into_dispatch(),
        weight_in_gradient: 0.1,
    };
    let moved = |moved: MovedWeight<Dispatch>| (Tensor::<1>::from_dispatch(moved.weight), Tensor::<2>::from_dispatch(moved.moments));
    let step_length = || Tensor::<1>::from_data([STEP_LENGTH], device).into_dispatch();
    let (weight, moments) = moved(Dispatch::amsgrad(moving(part(0), part(1), moments), step_length()));
    let short = SHORT.min(count);
    let first_of = |numbers: Tensor<1>| numbers.narrow(0, 0, short);
    let mut short = moving(first_of(part(0)), first_of(part(1)), moments.clone().narrow(1, 0, short));
    short.weight_in_gradient = 0.0;
    let (long, short) = Dispatch::amsgrad_of_two(moving(weight, part(1), moments.clone()), short, step_length());
    let both = [long, short].map(moved).into_iter().flat_map(|(weight, after)| [weight, after.flatten(0, 1)]);
    both.chain([moments.flatten(0, 1)]).collect()
}

fn dropped(numbers: &[f32], device: &Device) -> Vec<Tensor<1>> {
    let words = words(numbers, device);
    let numbers = flat_tensor(numbers, &device.clone().autodiff()).require_grad();
    let output = drop_units(numbers.clone(), words, 1.25);
    let gradients = output.clone().powi_scalar(2).sum().backward();
    [Some(output.inner()), numbers.grad(&gradients)].into_iter().flatten().collect()
}

/// Of five channels, which were far from this batch.
fn followed(numbers: &[f32], device: &Device) -> Vec<Tensor<1>> {
    let [gamma, beta, mean, variance] =
        [[1.0; 5], [0.0; 5], [3.0, -2.0, 0.0, 40.0, 0.5], [2.0, 9.0, 1.0, 0.25, 100.0]].map(|channels| flat_tensor(&channels, device));
    let rows = flat_tensor(numbers, device).reshape([-1, 5]);
    normalise(rows, [gamma, beta], [mean, variance], EPSILON, false).1.into()
}

/// Every second of images of five words, from the last.
fn chosen(numbers: &[f32], device: &Device) -> Vec<Tensor<1>> {
    let images = numbers.len() / 5;
    let places: Vec<i32> = (0..images as i32).rev().step_by(2).collect();
    let count = places.len();
    let places = Tensor::<1, Int>::from_data(TensorData::new(places, [count]), device);
    let [scale, offset] = [[0.5, 0.25, 2.0], [1.0, -3.0, 0.0]].map(|channels| flat_tensor(&channels, device));
    vec![flat(gather_images(words(numbers, device).reshape([images, 5]), places, scale, offset))]
}

/// Words with bits of every kind.
fn words(numbers: &[f32], device: &Device) -> Tensor<1, Int> {
    let words: Vec<i32> = numbers.iter().map(|number| (number * 4_294_967_296.0 - 2_147_483_648.0) as i32).collect();
    Tensor::from_data(TensorData::new(words, [numbers.len()]), device)
}

/// Of five classes.
fn compared(numbers: &[f32], device: &Device) -> Vec<Tensor<1>> {
    let batch = numbers.len() / 5;
    let labels: Vec<i32> = (0..batch).map(|image| (image * 7 % 5) as i32).collect();
    let labels = Tensor::<1, Int>::from_data(TensorData::new(labels, [batch]), device);
    let logits = flat_tensor(numbers, &device.clone().autodiff()).mul_scalar(10.0).reshape([batch, 5]).detach().require_grad();
    let [losses, correct] = cross_entropy(logits.clone(), labels);
    let gradients = losses.clone().powi_scalar(2).sum().backward();
    [Some(losses.inner()), Some(correct), logits.grad(&gradients).map(flat)].into_iter().flatten().collect()
}

fn flat_tensor(numbers: &[f32], device: &Device) -> Tensor<1> {
    Tensor::from_data(TensorData::new(numbers.to_vec(), [numbers.len()]), device)
}

/// Numbers of the three inputs that both operations have.
struct Numbers([Vec<f32>; 3]);

impl Numbers {
    fn draw(random: &mut RandomStream, counts: [usize; 3]) -> Self {
        Self(counts.map(|count| (0..count).map(|_| random.unit() * 2.0 - 0.7).collect()))
    }

    fn tensor<const D: usize>(&self, place: usize, shape: [usize; D], device: &Device) -> Tensor<D> {
        Tensor::from_data(TensorData::new(self.0[place].clone(), shape), &device.clone().autodiff()).require_grad()
    }

    fn convolved(&self, sizes: [usize; 4], kernel: [usize; 4], stride: usize, device: &Device) -> Vec<Tensor<1>> {
        let input = self.tensor(0, sizes, device);
        let kernel = self.tensor(1, kernel, device);
        let bias = self.tensor(2, [self.0[2].len()], device);
        let output = convolve(input.clone(), kernel.clone(), bias.clone(), stride);
        let gradients = output.clone().powi_scalar(2).sum().backward();
        let of = [input, kernel].map(|tensor| tensor.grad(&gradients).map(flat));
        [Some(flat(output.inner()))].into_iter().chain(of).chain([bias.grad(&gradients)]).flatten().collect()
    }

    fn normalised(&self, sizes: [usize; 2], relu: bool, device: &Device) -> Vec<Tensor<1>> {
        self.with_gradients(sizes, device, |input, affine| {
            let none = Tensor::zeros([sizes[1]], device);
            normalise(input, affine, [none.clone(), none], EPSILON, relu)
        })
    }

    fn normalised_stock(&self, sizes: [usize; 2], relu: bool) -> Vec<Tensor<1>> {
        self.with_gradients(sizes, &Device::flex(), |input, [gamma, beta]| {
            let batch = burn::tensor::module::batch_norm_train(input, gamma, beta, f64::from(EPSILON));
            let output = if relu { burn::tensor::activation::relu(batch.output) } else { batch.output };
            (output, [batch.mean, batch.variance].map(|of_batch| of_batch.inner().mul_scalar(1.0 - BATCH_NORM_MOMENTUM)))
        })
    }

    fn with_gradients(
        &self,
        sizes: [usize; 2],
        device: &Device,
        operation: impl Fn(Tensor<2>, [Tensor<1>; 2]) -> (Tensor<2>, [Tensor<1>; 2]),
    ) -> Vec<Tensor<1>> {
        let input = self.tensor(0, sizes, device);
        let affine = [1, 2].map(|place| self.tensor(place, [sizes[1]], device));
        let (output, [mean, variance]) = operation(input.clone(), affine.clone());
        // Without a slope that differs from pixel to pixel the gradient of the input would be 0.
        let gradients = output.clone().powi_scalar(3).sum().backward();
        let of_input = input.grad(&gradients).map(flat);
        let results = [Some(flat(output.inner())), Some(mean), Some(variance), of_input];
        results.into_iter().chain(affine.map(|tensor| tensor.grad(&gradients))).flatten().collect()
    }
}

fn flat<const D: usize>(tensor: Tensor<D>) -> Tensor<1> {
    tensor.reshape([-1])
}

async fn read_all(tensors: Vec<Tensor<1>>) -> Result<Vec<f32>, TrainError> {
    read_numbers(Tensor::cat(tensors, 0)).await
}

async fn worst<const N: usize>(worst: &mut [f64; N], ours: Vec<Tensor<1>>, reference: Vec<Tensor<1>>) -> Result<(), TrainError> {
    if [ours.len(), reference.len()] != [N; 2] {
        *worst = [f64::INFINITY; N];
    }
    for (worst, (ours, reference)) in worst.iter_mut().zip(ours.into_iter().zip(reference)) {
        let distance = relative_distance(&read_numbers(ours).await?, &read_numbers(reference).await?);
        *worst = worst.max(distance);
    }
    Ok(())
}
