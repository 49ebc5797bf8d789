//! From choices that cannot be built to the nearest that can.

use super::{BlockPlace, DROPOUT, DepthError, InnerFilters, KERNEL_SIZE, NetworkChoices, NetworkOption, ResNetSpec, SpecError};

/// More corrections than any choices need: each settles one choice for good.
const MOST_CORRECTIONS: usize = 64;

impl NetworkChoices {
    /// The nearest network that can be built, and why each correction was needed, in the order they were made.
    pub fn nearest(self) -> (ResNetSpec, Vec<SpecError>) {
        let (mut choices, mut errors) = (self, Vec::new());
        while errors.len() < MOST_CORRECTIONS {
            match ResNetSpec::new(choices.clone()) {
                Ok(spec) => return (spec, errors),
                Err(error) => {
                    choices.correct(&error);
                    errors.push(error);
                }
            }
        }
        (ResNetSpec::default(), errors)
    }

    fn correct(&mut self, error: &SpecError) {
        match error.clone() {
            SpecError::Depth(DepthError { given, rule, .. }) => self.depth = rule.nearest(given).layers(),
            SpecError::OutOfRange { setting, given, lowest, highest } => {
                let nearest = given.clamp(lowest, highest).to_string();
                if let Some(option) = NetworkOption::find(&setting.replace(' ', "-")) {
                    option.set(self, &nearest);
                }
            }
            SpecError::EvenKernel { given } => self.kernel_size = (given + 1).min(*KERNEL_SIZE.end()),
            SpecError::ImageEdge { nearest, .. } => self.image_edge = nearest,
            SpecError::Pool { nearest, .. } => self.pool = nearest,
            SpecError::Dropout { .. } => {
                let nearest = |rate: f64| if rate.is_nan() { 0.0 } else { rate.clamp(*DROPOUT.start(), *DROPOUT.end()) };
                (self.stem_dropout, self.head_dropout) = (nearest(self.stem_dropout), nearest(self.head_dropout));
            }
            SpecError::TooWide { nearest, .. } => self.start_filters = nearest,
            SpecError::Quarter { nearest, .. } if nearest < self.start_filters => self.start_filters = nearest,
            // Wider might be too wide, and then narrower again, for ever.
            SpecError::Quarter { .. } => self.inner_filters = InnerFilters::StageInput,
            SpecError::NothingToShare => self.shared_preactivation = false,
            SpecError::BlocksInStages { nearest, .. } => self.blocks_in_stages = nearest,
            SpecError::NoSuchBlock { place, nearest } => {
                // Beyond the last stage, or beyond the end of this one: all of them at once.
                let other_stage = place.stage != nearest.stage;
                let is_beyond = |other: &BlockPlace| match other_stage {
                    true => other.stage > nearest.stage,
                    false => other.stage == nearest.stage && other.block > nearest.block,
                };
                self.switched_blocks.retain(|other| !is_beyond(other));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, RandomStream};
    use crate::spec::{Activation, BlockOrder};

    #[test]
    fn any_choices_lead_to_a_network_in_few_corrections() {
        let mut random = RandomStream::new(1, Purpose::Subset, 3);
        let mut number = |limit: u32| (random.next_u32() % limit) as usize;
        for _ in 0..5000 {
            let choices = NetworkChoices {
                depth: number(1200),
                start_filters: number(150),
                classes: number(1100),
                skip_connections: number(2) == 0,
                switched_blocks: (0..number(4)).map(|_| BlockPlace { stage: number(6), block: number(9) }).collect(),
                blocks_in_stages: (0..[0, 0, 2, 3, 7][number(5)]).map(|_| number(9) * number(50)).collect(),
                image_edge: number(300),
                image_channels: number(20),
                stages: number(8),
                convolutions_per_block: number(6),
                kernel_size: number(10),
                first_widening: number(10),
                later_widening: number(10),
                inner_filters: if number(2) == 0 { InnerFilters::StageInput } else { InnerFilters::QuarterOfOutput },
                order: if number(2) == 0 { BlockOrder::PreActivation } else { BlockOrder::ConvolutionFirst },
                activation: Activation::Relu,
                batch_norm: true,
                shared_preactivation: number(2) == 0,
                stem_dropout: [0.2, 1.5, f64::NAN, -1.0][number(4)],
                pool: number(20),
                dense_units: number(5000),
                dense_batch_norm: true,
                head_dropout: [0.5, f64::INFINITY][number(2)],
            };
            let (spec, errors) = choices.clone().nearest();
            assert!(errors.len() < 24, "{choices:?} took {errors:?}");
            assert!(ResNetSpec::new(spec.choices().clone()).is_ok(), "and what comes out can be built");
        }
    }

    #[test]
    fn what_can_be_built_stays_as_it_is() {
        let (spec, errors) = NetworkChoices { depth: 56, ..Default::default() }.nearest();
        assert_eq!((spec.depth().layers(), errors.len()), (56, 0), "nothing to correct");
    }
}
