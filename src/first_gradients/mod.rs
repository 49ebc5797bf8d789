//! Experiments that need no training: the gradient of the first step in networks that differ in one thing.
//!
//! The sentences under the chart are made of the measured numbers. Batch norm decides what happens without
//! skip connections: with it the gradient of a deep plain network grows towards the image (Yang et al. 2019,
//! "A Mean Field Theory of Batch Normalization"), without it the gradient dies (He et al. 2016).

mod measurement;

use crate::figures::{magnitude, times};
use crate::gradient_profile::{first_stage_norm, profile};
use crate::metrics::LayerGradients;
use crate::plot::{CurveRole, CurveSeries};
use crate::spec::{NetworkChoices, ResNetSpec};

pub use measurement::{Measurement, Next};

/// Depths of the plain networks in [`Comparison::Depths`].
const DEPTHS: [usize; 4] = [11, 29, 56, 110];
/// From here on one number counts as other than a second.
const NOTABLE: f64 = 3.0;

/// What the networks differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// With and without skip connections, each with and without batch norm.
    SkipsAndBatchNorm,
    /// Deeper and deeper, without skip connections and batch norm.
    Depths,
}

/// A network that takes part.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// How it differs from the others.
    pub name: String,
    /// Its curve.
    pub role: CurveRole,
    /// The network.
    pub spec: ResNetSpec,
}

impl Comparison {
    /// The networks, made from `base`; those that cannot be built are left out.
    pub fn candidates(self, base: &NetworkChoices) -> Vec<Candidate> {
        let candidate = |name: &str, role, network: NetworkChoices| {
            // Blocks whose skip connection was switched one by one would blur what is compared.
            let spec = ResNetSpec::new(NetworkChoices { switched_blocks: Vec::new(), ..network }).ok()?;
            Some(Candidate { name: name.into(), role, spec })
        };
        match self {
            Self::SkipsAndBatchNorm => {
                let corner = |name, role, skip_connections, batch_norm| {
                    candidate(name, role, NetworkChoices { skip_connections, batch_norm, ..base.clone() })
                };
                let corners = [
                    corner("skip connections and batch norm", CurveRole::Skips, true, true),
                    corner("skip connections alone", CurveRole::SkipsDashed, true, false),
                    corner("batch norm alone", CurveRole::Compared, false, true),
                    corner("neither", CurveRole::ComparedDashed, false, false),
                ];
                corners.into_iter().flatten().collect()
            }
            Self::Depths => {
                let roles = [CurveRole::Compared, CurveRole::HeldOut, CurveRole::Training, CurveRole::Skips];
                let plain = |(depth, role): (usize, CurveRole)| {
                    let network = NetworkChoices { depth, skip_connections: false, batch_norm: false, ..base.clone() };
                    candidate(&format!("depth {depth}"), role, network)
                };
                DEPTHS.into_iter().zip(roles).filter_map(plain).collect()
            }
        }
    }

    /// What was found, once every candidate was measured.
    pub fn finding(self, measured: &[(Candidate, LayerGradients)]) -> Option<String> {
        let norms: Vec<f64> = measured.iter().map(|(candidate, seen)| first_stage_norm(&candidate.spec, seen)).collect::<Option<_>>()?;
        match (self, norms.as_slice()) {
            (Self::SkipsAndBatchNorm, [both, skips, norm, neither]) => {
                let without_norm = compare("Without batch norm, taking the skip connections away", *skips, *neither);
                let with_norm = compare("With batch norm, it", *both, *norm);
                Some(format!(
                    "{without_norm} {with_norm} All is measured in the convolutions of stage 1, on the first batch of depth {}.",
                    measured.first()?.0.spec.depth().layers()
                ))
            }
            (Self::Depths, [shallow, .., deep]) => {
                let [first, last] = [measured.first()?, measured.last()?].map(|(candidate, _)| candidate.spec.depth().layers());
                let lead = format!("Without skip connections and batch norm, going from depth {first} to {last}");
                Some(format!("{} No training was needed to see it: this is the first batch.", compare(&lead, *shallow, *deep)))
            }
            _ => None,
        }
    }
}

/// `… makes the gradient 120 times smaller (from 0.031 to 2.6e-4).`
fn compare(lead: &str, before: f64, after: f64) -> String {
    if before == 0.0 {
        return format!("{lead} cannot be judged: some layer of stage 1 had no gradient before. More filters help.");
    }
    let [from, to] = [before, after].map(magnitude);
    let change = match after / before {
        0.0 => "leaves no gradient at all".into(),
        ratio if ratio < 1.0 / NOTABLE => format!("makes the gradient {} times smaller", times(1.0 / ratio)),
        ratio if ratio > NOTABLE => format!("makes the gradient {} times larger", times(ratio)),
        _ => "hardly changes the gradient".into(),
    };
    format!("{lead} {change} (from {from} to {to}).")
}

/// Curves of what was measured so far.
pub fn curves(measured: &[(Candidate, LayerGradients)]) -> Vec<CurveSeries> {
    let curve = |(candidate, gradients): &(Candidate, LayerGradients)| CurveSeries {
        name: candidate.name.clone(),
        role: candidate.role,
        points: profile(&candidate.spec, gradients),
        smoothed: false,
        markers: false,
    };
    measured.iter().map(curve).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(comparison: Comparison, norms: &[f32]) -> Vec<(Candidate, LayerGradients)> {
        let candidates = comparison.candidates(&NetworkChoices::default());
        assert_eq!(candidates.len(), norms.len(), "all can be built");
        let with = |(candidate, norm): (Candidate, &f32)| {
            let norms = vec![*norm; candidate.spec.kernel_layers().len()];
            (candidate, LayerGradients { step: 0, norms })
        };
        candidates.into_iter().zip(norms).map(with).collect()
    }

    #[test]
    fn the_sentence_says_what_was_measured_whichever_way_it_went() {
        let said = Comparison::SkipsAndBatchNorm.finding(&measured(Comparison::SkipsAndBatchNorm, &[0.01, 0.1, 0.5, 1e-4])).unwrap();
        assert!(said.contains("away makes the gradient 1,000 times smaller (from 0.10 to 1.0e-4)"), "{said}");
        assert!(said.contains("With batch norm, it makes the gradient 50 times larger"), "{said}");
        let alike = Comparison::SkipsAndBatchNorm.finding(&measured(Comparison::SkipsAndBatchNorm, &[0.01, 0.1, 0.011, 0.09])).unwrap();
        assert_eq!(alike.matches("hardly changes the gradient").count(), 2, "no effect is no effect: {alike}");
        let gone = Comparison::Depths.finding(&measured(Comparison::Depths, &[0.01, 1e-3, 1e-6, 0.0])).unwrap();
        assert!(gone.contains("from depth 11 to 110 leaves no gradient at all"), "{gone}");
    }

    #[test]
    fn nothing_is_said_before_all_are_measured_or_when_one_is_no_number() {
        let all = measured(Comparison::Depths, &[0.01, 1e-3, 1e-6, f32::INFINITY]);
        assert_eq!(Comparison::Depths.finding(&all), None, "an overflow is no size");
        assert_eq!(Comparison::SkipsAndBatchNorm.finding(&all[..3]), None, "one is missing");
        assert_eq!(curves(&all).len(), 4, "the curves show it all the same");
    }
}
