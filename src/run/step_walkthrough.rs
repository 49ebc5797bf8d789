//! One training step told slowly: what was measured in it, in the order in which it happened.

use crate::evaluation::metrics::StepMetrics;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::insight::gradient_profile::path_places;
use crate::insight::layer_stats::NetworkLook;
use crate::language::format::{decimals, magnitude};
use crate::language::tr;
use crate::spec::ResNetSpec;

/// Which way something goes through the network while a scene is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweep {
    /// From the image to the scores.
    Forward,
    /// From the loss back to the image.
    Backward,
    /// Everywhere at once.
    Everywhere,
}

/// A part of the step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MotionScene {
    /// What the drawing shows meanwhile.
    pub sweep: Sweep,
    /// What is said.
    pub sentence: String,
}

/// Forward pass, loss, backward pass, update; `look` is the look inside the network at that step.
pub fn tell_step(spec: &ResNetSpec, hyperparameters: &Hyperparameters, step: &StepMetrics, look: &NetworkLook) -> Vec<MotionScene> {
    let layers = spec.kernel_layers();
    // Shortcuts stand beside the path that is told.
    let along: Vec<usize> = path_places(spec);
    let at = |values: &[f32], place: Option<&usize>| place.and_then(|place| values.get(*place)).map_or(f64::NAN, |value| f64::from(*value));
    let batch = hyperparameters.images_in_step(step.step);
    let depth = spec.depth().layers();
    let forward = match (look.blocks.first(), look.blocks.last()) {
        (Some(first), Some(last)) => tr!(
            "1 of 4, forward: {n} image goes through {depth} layers: the first block's outputs have a root mean square of {first}, \
             the last one's {last}."
                | "1 of 4, forward: {n} images go through {depth} layers: the first block's outputs have a root mean square of {first}, \
                   the last one's {last}."
                    % batch,
            depth,
            first = magnitude(f64::from(first.output_scale)),
            last = magnitude(f64::from(last.output_scale))
        ),
        _ => tr!(
            "1 of 4, forward: {n} image goes through {depth} layers." | "1 of 4, forward: {n} images go through {depth} layers." % batch,
            depth
        ),
    };
    let [nearest, furthest] = [along.last(), along.first()].map(|place| at(&look.gradients.norms, place));
    let most = along.iter().max_by(|one, other| at(&look.update_ratios, Some(one)).total_cmp(&at(&look.update_ratios, Some(other))));
    let update = most.and_then(|place| Some((layers.get(*place)?, at(&look.update_ratios, Some(place)))));
    let rate = magnitude(hyperparameters.learning_rate_at(step.step));
    let update = match update {
        Some((layer, ratio)) => tr!(
            "4 of 4, update: every weight moves against its gradient, learning rate {rate}. The largest is in {layer}: \
             {share} % of its size.",
            rate,
            layer,
            share = magnitude(ratio * 100.0)
        ),
        None => tr!("4 of 4, update: every weight moves against its gradient, learning rate {rate}.", rate),
    };
    let scene = |sweep, sentence| MotionScene { sweep, sentence };
    vec![
        scene(Sweep::Forward, forward),
        scene(
            Sweep::Everywhere,
            tr!(
                "2 of 4, loss: the mean cross-entropy of the scores is {loss}; {share} % of the images are right.",
                loss = decimals(f64::from(step.loss), 3),
                share = decimals(f64::from(step.accuracy * 100.0), 0)
            ),
        ),
        scene(
            Sweep::Backward,
            tr!(
                "3 of 4, backward: the gradient's norm is {last} in the last layer and {first} by the time it has come back to the first.",
                last = magnitude(nearest),
                first = magnitude(furthest)
            ),
        ),
        scene(Sweep::Everywhere, update),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::layer_stats::{BlockLook, LayerGradients};

    #[test]
    fn a_step_is_told_with_its_own_numbers_in_its_own_order() {
        let spec = ResNetSpec::default();
        let layers = spec.kernel_layers();
        let (mut norms, mut update_ratios) = (vec![0.5; layers.len()], vec![0.001; layers.len()]);
        (norms[0], norms[layers.len() - 1], update_ratios[2]) = (0.02, 7.0, 0.04);
        let block = |output_scale| BlockLook { output_scale, residual_share: None, dead_share: None };
        let look = NetworkLook { gradients: LayerGradients { step: 3, norms }, update_ratios, blocks: vec![block(0.7), block(3.0)] };
        let step = StepMetrics { step: 3, loss: 2.25, accuracy: 0.125 };
        let scenes = tell_step(&spec, &Hyperparameters::default(), &step, &look);
        assert_eq!(
            scenes.iter().map(|scene| scene.sweep).collect::<Vec<_>>(),
            [Sweep::Forward, Sweep::Everywhere, Sweep::Backward, Sweep::Everywhere]
        );
        let wanted = [
            &["11 layers", "0.70", "3.0"][..],
            &["2.250", "12 %"],
            &["7.0 in the last", "0.020 by the time"],
            &[layers[2].as_str(), "4.0 %"],
        ];
        for (scene, words) in scenes.iter().zip(wanted) {
            assert!(words.iter().all(|word| scene.sentence.contains(word)), "{words:?} in: {}", scene.sentence);
        }
    }

    #[test]
    fn a_step_with_what_is_left_of_an_epoch_says_how_many_images_that_are() {
        let spec = ResNetSpec::default();
        let gradients = LayerGradients { step: 2, norms: vec![0.5; spec.kernel_layers().len()] };
        let look = NetworkLook { gradients, update_ratios: Vec::new(), blocks: Vec::new() };
        for (training_images, words) in [(65, "1 image goes"), (80, "16 images go"), (96, "32 images go")] {
            let hyperparameters = Hyperparameters { training_images, batch_size: 32, ..Default::default() };
            let scenes = tell_step(&spec, &hyperparameters, &StepMetrics { step: 2, loss: 2.0, accuracy: 0.1 }, &look);
            assert!(scenes[0].sentence.contains(words), "{words}: {}", scenes[0].sentence);
        }
    }
}
