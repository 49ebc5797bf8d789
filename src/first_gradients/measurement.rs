//! A comparison under way: what was asked of its trainer, and the events folded in.

use super::{Candidate, Comparison};
use crate::metrics::LayerGradients;
use crate::protocol::{PROTOCOL_VERSION, RunRequest, TrainCommand, TrainEvent};

/// What is known so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// What is compared.
    pub comparison: Comparison,
    /// The networks, in the order in which they are measured.
    pub candidates: Vec<Candidate>,
    /// Those that were measured.
    pub measured: Vec<(Candidate, LayerGradients)>,
    /// Why it did not go to its end.
    pub problem: Option<String>,
    request: RunRequest,
}

/// What the owner of the trainer has to do after an event.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// Nothing.
    Wait,
    /// Post this to it.
    Post(TrainCommand),
    /// End it: it is done or has failed.
    Stop,
}

impl Measurement {
    /// Nothing measured yet; `request` says on which images, from which seed and around which network.
    pub fn new(comparison: Comparison, request: RunRequest) -> Self {
        let candidates = comparison.candidates(&request.network);
        Self { comparison, candidates, measured: Vec::new(), problem: None, request }
    }

    /// Whether nothing more will come.
    pub fn is_over(&self) -> bool {
        self.problem.is_some() || self.measured.len() == self.candidates.len()
    }

    /// What it is busy with, what it found, or what kept it.
    pub fn sentence(&self) -> String {
        if let Some(problem) = &self.problem {
            return problem.clone();
        }
        match self.candidates.get(self.measured.len()) {
            Some(next) => format!("Measuring {} of {}: {}…", self.measured.len() + 1, self.candidates.len(), next.name),
            None => self.comparison.finding(&self.measured).unwrap_or_else(|| {
                "The gradient of one of these networks is too large to be a number: it explodes on its way back.".into()
            }),
        }
    }

    /// Folds an event in.
    pub fn apply(&mut self, event: TrainEvent) -> Next {
        match event {
            TrainEvent::Ready { protocol_version, .. } if protocol_version != PROTOCOL_VERSION => {
                self.fail("The page and the trainer are of different versions: reload the page.".into())
            }
            TrainEvent::Ready { .. } => {
                let networks = self.candidates.iter().map(|candidate| candidate.spec.choices().clone()).collect();
                Next::Post(TrainCommand::CompareFirstGradients { request: Box::new(self.request.clone()), networks })
            }
            TrainEvent::FirstGradients { network, gradients } if network == self.measured.len() => {
                let candidate = self.candidates.get(network).cloned();
                self.measured.extend(candidate.map(|candidate| (candidate, gradients)));
                if self.is_over() { Next::Stop } else { Next::Wait }
            }
            TrainEvent::Failed(error) => self.fail(format!("It could not be measured: {error}.")),
            _ => Next::Wait,
        }
    }

    /// The trainer broke without a word of its own.
    pub fn fail(&mut self, problem: String) -> Next {
        self.problem = Some(problem);
        Next::Stop
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{ClassChoice, DatasetManifest};
    use crate::hyperparameters::Hyperparameters;
    use crate::protocol::TrainError;
    use crate::spec::NetworkChoices;
    use crate::starting_point::StartingPoint;

    fn measurement() -> Measurement {
        let dataset = DatasetManifest::without_images();
        let request = RunRequest {
            network: NetworkChoices::default(),
            hyperparameters: Hyperparameters::default(),
            classes: ClassChoice::default(),
            dataset_url: "http://localhost/data/".into(),
            dataset,
            start: StartingPoint::Fresh,
        };
        Measurement::new(Comparison::Depths, request)
    }

    fn seen(measurement: &mut Measurement, network: usize) -> Next {
        let norms = measurement.candidates[network].spec.kernel_layers().iter().map(|_| 0.1f32.powi(network as i32)).collect();
        measurement.apply(TrainEvent::FirstGradients { network, gradients: LayerGradients { step: 0, norms } })
    }

    #[test]
    fn networks_are_measured_one_by_one_and_then_a_sentence_is_said() {
        let mut under_way = measurement();
        let next = under_way.apply(TrainEvent::Ready { protocol_version: PROTOCOL_VERSION, device: "CPU".into() });
        assert!(
            matches!(next, Next::Post(TrainCommand::CompareFirstGradients { networks, .. }) if networks.len() == 4),
            "all are asked for"
        );
        assert_eq!(under_way.sentence(), "Measuring 1 of 4: depth 11…");
        assert_eq!([0, 1, 2].map(|network| seen(&mut under_way, network)), [Next::Wait, Next::Wait, Next::Wait]);
        assert_eq!(seen(&mut under_way, 3), Next::Stop, "the trainer is not needed any more");
        assert!(under_way.is_over() && under_way.sentence().contains("times smaller"), "{}", under_way.sentence());
    }

    #[test]
    fn a_failure_is_said_and_keeps_what_was_measured() {
        let mut under_way = measurement();
        drop(seen(&mut under_way, 0));
        assert_eq!(under_way.apply(TrainEvent::Failed(TrainError::DeviceLost { reason: "gone".into() })), Next::Stop);
        assert!(under_way.is_over() && under_way.sentence().contains("the GPU device was lost (gone)"), "{}", under_way.sentence());
        assert_eq!(under_way.measured.len(), 1, "its curve stays");
    }

    #[test]
    fn a_trainer_of_another_version_is_not_used() {
        let next = measurement().apply(TrainEvent::Ready { protocol_version: PROTOCOL_VERSION + 1, device: "CPU".into() });
        assert_eq!(next, Next::Stop, "its numbers could mean anything");
    }
}
