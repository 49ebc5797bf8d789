//! Three steps of each rule against Keras' formulas, written out here one number at a time.

use burn::module::{Module, Param};
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor, TensorData};

use super::*;

/// A weight with as many axes as a convolution kernel, a dense kernel and a bias each.
#[derive(Module, Debug)]
struct Weights {
    convolution: Param<Tensor<4>>,
    dense: Param<Tensor<2>>,
    bias: Param<Tensor<1>>,
}

const START: [f64; 6] = [0.5, -0.25, 1.0, -2.0, 0.125, 0.75];
/// The loss is the sum of `slope · w²/2`: the gradient is `slope · w`.
const SLOPES: [f64; 6] = [1.0, -2.0, 0.5, 0.001, 3.0, -0.25];

fn weights() -> Weights {
    let device = Device::flex().autodiff();
    let values = |range: std::ops::Range<usize>| START[range].iter().map(|value| *value as f32).collect::<Vec<_>>();
    Weights {
        convolution: Param::from_tensor(Tensor::from_data(TensorData::new(values(0..2), [1, 1, 1, 2]), &device)),
        dense: Param::from_tensor(Tensor::from_data(TensorData::new(values(2..4), [1, 2]), &device)),
        bias: Param::from_tensor(Tensor::from_data(TensorData::new(values(4..6), [2]), &device)),
    }
}

fn gradients(module: &Weights) -> GradientsParams {
    let slope = |range: std::ops::Range<usize>| {
        let values: Vec<f32> = SLOPES[range].iter().map(|value| *value as f32 / 2.0).collect();
        Tensor::<1>::from_data(TensorData::new(values, [2]), &Device::flex().autodiff())
    };
    let flat = [module.convolution.val().reshape([2]), module.dense.val().reshape([2]), module.bias.val()];
    let [convolution, dense, bias] = flat.map(|values| values.square());
    let loss = (convolution * slope(0..2) + dense * slope(2..4) + bias * slope(4..6)).sum();
    GradientsParams::from_grads(loss.backward(), module)
}

fn after_three_steps(choice: OptimizerChoice, settings: UpdateSettings) -> Vec<f32> {
    let (mut module, mut optimizer) = (weights(), Optimizer::new(choice));
    for _ in 0..3 {
        let gradients = gradients(&module);
        module = optimizer.step(module, gradients, settings, &Device::flex());
    }
    let parts = [module.convolution.val().reshape([2]), module.dense.val().reshape([2]), module.bias.val()];
    Tensor::cat(parts.to_vec(), 0).into_data().try_to_vec().unwrap()
}

/// Three steps of `rule`, which gets weight, gradient and step number and gives the new weight.
fn by_hand(mut step: impl FnMut(usize, f64, f64, i32) -> f64) -> Vec<f64> {
    let mut weights = START;
    for number in 1..=3 {
        for (place, weight) in weights.iter_mut().enumerate() {
            *weight = step(place, *weight, SLOPES[place] * *weight, number);
        }
    }
    weights.to_vec()
}

fn assert_close(found: &[f32], wanted: &[f64], what: &str) {
    for (place, (found, wanted)) in found.iter().zip(wanted).enumerate() {
        assert!((f64::from(*found) - wanted).abs() < 2e-6, "{what}, weight {place}: {found} is not {wanted}");
    }
}

const PLAIN: UpdateSettings = UpdateSettings { learning_rate: 0.01, l2: 0.0 };

fn choice(kind: OptimizerKind) -> OptimizerChoice {
    OptimizerChoice { kind, ..Default::default() }
}

#[test]
fn sgd_keeps_a_velocity_and_nesterov_looks_ahead_along_it() {
    for nesterov in [false, true] {
        let found = after_three_steps(OptimizerChoice { nesterov, momentum: 0.8, ..choice(OptimizerKind::Sgd) }, PLAIN);
        let mut velocity = [0.0; 6];
        let wanted = by_hand(|place, weight, gradient, _| {
            velocity[place] = 0.8 * velocity[place] - 0.01 * gradient;
            weight + if nesterov { 0.8 * velocity[place] - 0.01 * gradient } else { velocity[place] }
        });
        assert_close(&found, &wanted, if nesterov { "Nesterov" } else { "momentum" });
    }
}

#[test]
fn adam_and_amsgrad_step_as_keras_does() {
    for (kind, amsgrad) in [(OptimizerKind::Adam, false), (OptimizerKind::AmsGrad, true)] {
        let found = after_three_steps(choice(kind), PLAIN);
        let (mut first, mut second, mut largest) = ([0.0f64; 6], [0.0f64; 6], [0.0f64; 6]);
        let wanted = by_hand(|place, weight, gradient, number| {
            first[place] += (gradient - first[place]) * (1.0 - 0.9);
            second[place] += (gradient * gradient - second[place]) * (1.0 - 0.999);
            largest[place] = largest[place].max(second[place]);
            let alpha = 0.01 * (1.0 - 0.999f64.powi(number)).sqrt() / (1.0 - 0.9f64.powi(number));
            weight - alpha * first[place] / (if amsgrad { largest[place] } else { second[place] }.sqrt() + 1e-7)
        });
        assert_close(&found, &wanted, kind_name(kind));
    }
}

#[test]
fn adamw_takes_kernels_towards_0_beside_the_gradient() {
    let found = after_three_steps(OptimizerChoice { weight_decay: 0.5, ..choice(OptimizerKind::AdamW) }, PLAIN);
    let (mut first, mut second) = ([0.0f64; 6], [0.0f64; 6]);
    let wanted = by_hand(|place, weight, gradient, number| {
        let decayed = if place < 4 { weight - weight * 0.5 * 0.01 } else { weight };
        first[place] += (gradient - first[place]) * (1.0 - 0.9);
        second[place] += (gradient * gradient - second[place]) * (1.0 - 0.999);
        let alpha = 0.01 * (1.0 - 0.999f64.powi(number)).sqrt() / (1.0 - 0.9f64.powi(number));
        decayed - alpha * first[place] / (second[place].sqrt() + 1e-7)
    });
    assert_close(&found, &wanted, "AdamW: kernels decay, the bias does not");
}

#[test]
fn coupled_l2_goes_through_the_gradient_of_convolution_kernels() {
    for kind in [OptimizerKind::Sgd, OptimizerKind::Adam, OptimizerKind::AmsGrad] {
        let with = after_three_steps(choice(kind), UpdateSettings { l2: 0.3, ..PLAIN });
        let without = after_three_steps(choice(kind), PLAIN);
        assert_ne!(with[..2], without[..2], "{}: convolution kernels are penalised", kind_name(kind));
        assert_eq!(with[2..], without[2..], "{}: all else goes free", kind_name(kind));
    }
    let found = after_three_steps(OptimizerChoice { momentum: 0.0, ..choice(OptimizerKind::Sgd) }, UpdateSettings { l2: 0.3, ..PLAIN });
    let wanted = by_hand(|place, weight, gradient, _| weight - 0.01 * (gradient + if place < 2 { 0.6 * weight } else { 0.0 }));
    assert_close(&found, &wanted, "2λ·w");
}

#[test]
fn clipping_shortens_all_gradients_together_and_only_long_ones() {
    let plain = OptimizerChoice { momentum: 0.0, ..choice(OptimizerKind::Sgd) };
    let settings = UpdateSettings { l2: 0.3, ..PLAIN };
    let gradient = |place: usize, weight: f64| SLOPES[place] * weight + if place < 2 { 0.6 * weight } else { 0.0 };
    let norm = (0..6).map(|place| gradient(place, START[place]).powi(2)).sum::<f64>().sqrt();
    let step = |clip_norm| {
        let module = weights();
        let gradients = gradients(&module);
        let moved = Optimizer::new(OptimizerChoice { clip_norm, ..plain }).step(module, gradients, settings, &Device::flex());
        let parts = [moved.convolution.val().reshape([2]), moved.dense.val().reshape([2]), moved.bias.val()];
        Tensor::cat(parts.to_vec(), 0).into_data().try_to_vec::<f32>().unwrap()
    };
    let expected = |scale: f64| (0..6).map(|place| START[place] - 0.01 * scale * gradient(place, START[place])).collect::<Vec<_>>();
    assert_close(&step(norm / 4.0), &expected(0.25), "a quarter of their length, the penalty's gradient included");
    assert_close(&step(norm * 4.0), &expected(1.0), "short ones stay");
    assert_close(&step(0.0), &expected(1.0), "without a limit all stay");
}

#[test]
fn what_is_remembered_goes_out_and_in_again() {
    for kind in <OptimizerKind as crate::spec::Named>::ALL {
        let (mut module, mut optimizer) = (weights(), Optimizer::new(choice(*kind)));
        let gradients_now = gradients(&module);
        module = optimizer.step(module, gradients_now, PLAIN, &Device::flex());
        for (name, memory) in optimizer.memory() {
            let parts = memory.parts();
            assert_eq!(parts.len(), kind.memory_parts().len(), "{name}: a name for each part of {}", kind_name(*kind));
            assert!(WeightMemory::from_parts(*kind, parts[1..].to_vec()).is_none(), "one part less is no memory");
            assert!(WeightMemory::from_parts(*kind, parts).is_some(), "all of them are");
        }
        assert_eq!(optimizer.memory().len(), 3, "one for each weight of {module:?}");
    }
}

fn kind_name(kind: OptimizerKind) -> &'static str {
    crate::spec::Named::name(kind)
}
