//! Networks worth starting from.

use super::{InnerFilters, Named, NetworkChoices};
use crate::language::text;

/// A network with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Preset {
    /// The tutorial's first network.
    Tutorial11,
    /// The tutorial's deep network.
    Tutorial56,
    /// ResNet-164 of He et al. 2016b: 1.7 million parameters, CIFAR-10 error 5.46 %.
    Paper164,
    /// The tutorial's depth 56 without skip connections.
    Plain56,
    /// Small enough to learn while one watches.
    Tiny,
}

impl Preset {
    /// As a list shows it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Tutorial11 => text!("Tutorial, depth 11"),
            Self::Tutorial56 => text!("Tutorial, depth 56"),
            Self::Paper164 => text!("Paper ResNet-164"),
            Self::Plain56 => text!("Plain 56 (no skips)"),
            Self::Tiny => text!("Tiny (trains in seconds)"),
        }
    }

    /// Its choices, for that many classes.
    pub fn choices(self, classes: usize) -> NetworkChoices {
        let tutorial = NetworkChoices { start_filters: 32, classes, ..Default::default() };
        match self {
            Self::Tutorial11 => tutorial,
            Self::Tutorial56 => NetworkChoices { depth: 56, ..tutorial },
            Self::Paper164 => NetworkChoices {
                depth: 164,
                start_filters: 16,
                inner_filters: InnerFilters::QuarterOfOutput,
                shared_preactivation: true,
                stem_dropout: 0.0,
                pool: 0,
                dense_units: 0,
                head_dropout: 0.0,
                ..tutorial
            },
            Self::Plain56 => NetworkChoices { depth: 56, skip_connections: false, ..tutorial },
            Self::Tiny => NetworkChoices { start_filters: 4, ..tutorial },
        }
    }
}

impl Named for Preset {
    const ALL: &'static [Self] = &[Self::Tutorial11, Self::Tutorial56, Self::Paper164, Self::Plain56, Self::Tiny];

    fn name(self) -> &'static str {
        match self {
            Self::Tutorial11 => "tutorial-11",
            Self::Tutorial56 => "tutorial-56",
            Self::Paper164 => "paper-164",
            Self::Plain56 => "plain-56",
            Self::Tiny => "tiny",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::ResNetSpec;

    #[test]
    fn every_preset_can_be_built() {
        for preset in Preset::ALL {
            assert!(ResNetSpec::new(preset.choices(10)).is_ok(), "{}", preset.label());
        }
    }

    #[test]
    fn the_paper_network_has_the_papers_parameters() {
        let spec = ResNetSpec::new(Preset::Paper164.choices(10)).unwrap();
        let millions = spec.cost().parameters as f64 / 1e6;
        assert!((millions - 1.7).abs() < 0.05, "table 4 of the paper says 1.7 million, not {millions}");
    }
}
