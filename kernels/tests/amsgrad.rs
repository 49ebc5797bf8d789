//! The optimizer's step against its formula in double precision.

use resnet_kernels::{AmsGradStep, amsgrad};

#[test]
fn weights_and_moments_move_as_the_formula_says() {
    let step = AmsGradStep { step_length: 0.003, weight_in_gradient: 2e-4 };
    let mut weight = vec![0.5, -0.25, 0.0, 2.0, -1.5];
    let mut moments = [vec![0.0; 5], vec![0.0; 5], vec![0.0; 5]];
    let mut expected: Vec<[f64; 4]> = weight.iter().map(|weight| [f64::from(*weight), 0.0, 0.0, 0.0]).collect();
    for round in 0..4 {
        // The last gradients are small: the largest second moment stays where it was.
        let scale = [1.0, -3.0, 0.5, 0.0][round];
        let gradient: Vec<f32> = (0..5).map(|place| scale * (place as f32 - 1.5)).collect();
        let [first, second, largest] = &mut moments;
        amsgrad(step, &mut weight, &gradient, [first, second, largest]);
        for (place, [weight, first, second, largest]) in expected.iter_mut().enumerate() {
            let gradient = f64::from(gradient[place]) + f64::from(step.weight_in_gradient) * *weight;
            *first = 0.9 * *first + 0.1 * gradient;
            *second = 0.999 * *second + 0.001 * gradient * gradient;
            *largest = largest.max(*second);
            *weight -= f64::from(step.step_length) * *first / (largest.sqrt() + 1e-7);
        }
    }
    for (place, expected) in expected.iter().enumerate() {
        let found = [weight[place], moments[0][place], moments[1][place], moments[2][place]];
        for (found, expected) in found.into_iter().zip(expected) {
            assert!((f64::from(found) - expected).abs() < 1e-5 * expected.abs().max(1e-3), "{found} at {place} instead of {expected}");
        }
        assert!(moments[2][place] > moments[1][place], "the largest stays when the second moment falls, at {place}");
    }
}
