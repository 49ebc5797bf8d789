//! Where the numbers of a run grew out of bounds, as far as its looks inside the network show it.

use super::Run;
use crate::language::format::magnitude;
use crate::language::tr;
use crate::spec::ResNetSpec;

impl Run {
    /// A sentence about the layer that gave way, from the last look before the loss stopped being a number; none without a look.
    pub fn blow_up(&self) -> Option<String> {
        let spec = ResNetSpec::new(self.plan.experiment.network.clone()).ok()?;
        let look = self.looks.last()?;
        let step = look.gradients.step;
        let blocks = spec.blocks();
        // The forward pass goes from the first block to the last: what is broken first broke the rest.
        let broken = look.blocks.iter().position(|block| !block.output_scale.is_finite());
        if let Some(block) = broken.and_then(|index| blocks.get(index)) {
            return Some(tr!(
                "At step {step} the first numbers out of bounds were the output of block {block} of stage {stage}.",
                step,
                block = block.index + 1,
                stage = block.stage + 1
            ));
        }
        let layers = spec.kernel_layers();
        // The backward pass goes from the last layer to the first.
        if let Some(index) = look.gradients.norms.iter().rposition(|norm| !norm.is_finite()) {
            let layer = layers.get(index)?;
            return Some(tr!("At step {step} the first gradient out of bounds was that of {layer}.", step, layer));
        }
        let largest = look.gradients.norms.iter().enumerate().max_by(|(_, one), (_, other)| one.total_cmp(other));
        let (index, norm) = largest?;
        let layer = layers.get(index)?;
        Some(tr!(
            "At step {step}, the last look before, the largest gradient was that of {layer} (norm {norm}).",
            step,
            layer,
            norm = magnitude(f64::from(*norm))
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{RunPlan, Wanted};
    use super::*;
    use crate::dataset::DatasetManifest;
    use crate::experiment::Experiment;
    use crate::experiment::weight_init::StartingPoint;
    use crate::insight::layer_stats::{BlockLook, LayerGradients, NetworkLook};
    use crate::run::DatasetSource;

    /// A run of depth 11 that was looked at once: gradients by layer and output scales by block.
    fn looked_at(gradients: &[(usize, f32)], outputs: [f32; 3]) -> Run {
        let source = DatasetSource { url: String::new(), manifest: DatasetManifest::without_images() };
        let mut run = Run::new(RunPlan::new(Experiment::default(), &source, StartingPoint::Fresh), Wanted::Playing);
        let mut norms = vec![1.0; ResNetSpec::default().kernel_layers().len()];
        gradients.iter().for_each(|(index, norm)| norms[*index] = *norm);
        let block = |output_scale| BlockLook { output_scale, residual_share: None, dead_share: None };
        let gradients = LayerGradients { step: 40, norms };
        run.looks.push(NetworkLook { gradients, update_ratios: Vec::new(), blocks: outputs.map(block).to_vec() });
        run
    }

    #[test]
    fn the_first_block_whose_output_is_broken_is_named() {
        let run = looked_at(&[(3, f32::NAN)], [1.0, f32::INFINITY, f32::NAN]);
        let wanted = "At step 40 the first numbers out of bounds were the output of block 1 of stage 2.";
        assert_eq!(run.blow_up().as_deref(), Some(wanted), "what comes behind it only follows");
    }

    #[test]
    fn of_broken_gradients_the_one_nearest_to_the_loss_is_named() {
        let run = looked_at(&[(2, f32::NAN), (5, f32::INFINITY)], [1.0; 3]);
        let layer = &ResNetSpec::default().kernel_layers()[5];
        assert_eq!(
            run.blow_up(),
            Some(format!("At step 40 the first gradient out of bounds was that of {layer}.")),
            "gradients flow backwards"
        );
    }

    #[test]
    fn before_anything_is_broken_the_largest_gradient_is_named() {
        let sentence = looked_at(&[(4, 5e8)], [1.0; 3]).blow_up().unwrap();
        assert!(sentence.contains(&ResNetSpec::default().kernel_layers()[4]), "its layer: {sentence}");
    }

    #[test]
    fn nothing_is_said_of_a_run_that_was_not_looked_at() {
        let mut run = looked_at(&[], [1.0; 3]);
        run.looks.clear();
        assert_eq!(run.blow_up(), None, "no guess");
    }
}
