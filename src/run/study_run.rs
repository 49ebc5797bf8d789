//! The page's side of an experiment: what was asked of its trainer, and the reports that came back.

use crate::experiment::{Experiment, RunRequest, TrainError, WorkerFailure};
use crate::language::{text, tr};
use crate::protocol::{PROTOCOL_VERSION, TrainCommand, TrainEvent};
use crate::run::Activity;

use crate::studies::{ExperimentReport, Question};

/// An experiment that was begun.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyRun {
    /// What is asked.
    pub question: Question,
    /// What is known so far.
    pub report: ExperimentReport,
    request: RunRequest,
}

/// What the owner of the trainer has to do after an event.
#[derive(Debug, Clone, PartialEq)]
pub enum StudyNext {
    /// Nothing.
    Wait,
    /// Post this to it.
    Post(TrainCommand),
    /// End it: it is done or has failed.
    Stop,
}

impl StudyRun {
    /// Nothing measured yet; `request` says on which images, from which seed and around which network.
    pub fn new(question: Question, request: RunRequest) -> Self {
        let report = ExperimentReport { progress: text!("Starting the trainer…").into(), ..ExperimentReport::default() };
        Self { question, report, request }
    }

    /// Whether it was asked of these settings.
    pub fn is_of(&self, experiment: &Experiment) -> bool {
        let RunRequest { network, hyperparameters, classes, .. } = &self.request;
        (network, hyperparameters, classes) == (&experiment.network, &experiment.hyperparameters, &experiment.classes)
    }

    /// Whether nothing more will come.
    pub fn is_over(&self) -> bool {
        !self.report.finding.is_empty()
    }

    /// Folds an event in.
    pub fn apply(&mut self, event: TrainEvent) -> StudyNext {
        match event {
            TrainEvent::Ready { protocol_version, .. } if protocol_version != PROTOCOL_VERSION => {
                self.fail(&WorkerFailure::OtherBuild.into())
            }
            TrainEvent::Ready { .. } => {
                StudyNext::Post(TrainCommand::RunExperiment { question: self.question, request: Box::new(self.request.clone()) })
            }
            TrainEvent::Experiment(report) => {
                self.report = *report;
                if self.is_over() { StudyNext::Stop } else { StudyNext::Wait }
            }
            TrainEvent::Phase(phase) => {
                self.report.progress = Activity::Trainer(phase).sentence(None);
                StudyNext::Wait
            }
            TrainEvent::Failed(error) => self.fail(&error),
            _ => StudyNext::Wait,
        }
    }

    /// Ends it with what went wrong, and whether to ask again.
    pub fn fail(&mut self, error: &TrainError) -> StudyNext {
        let told = error.to_string();
        self.end(if error.can_be_retried() && !told.contains(text!("try again")) {
            tr!("It could not be measured: {told}. Ask again.", told)
        } else {
            tr!("It could not be measured: {told}.", told)
        })
    }

    /// Ends it with this sentence; what was measured stays.
    pub fn end(&mut self, sentence: String) -> StudyNext {
        self.report.progress.clear();
        self.report.finding = sentence;
        StudyNext::Stop
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Phase;
    use crate::spec::NetworkChoices;
    use crate::studies::tests::request;
    use crate::studies::{ChartKind, ExperimentChart};

    fn begun() -> StudyRun {
        StudyRun::new(Question::Depth, request(NetworkChoices::default()))
    }

    fn report(finding: &str) -> TrainEvent {
        let charts = vec![ExperimentChart { kind: ChartKind::LossByDepth, x_end: 38.0, curves: Vec::new() }];
        TrainEvent::Experiment(Box::new(ExperimentReport {
            progress: "Network 1 of 8".into(),
            finding: finding.into(),
            charts,
            ..ExperimentReport::default()
        }))
    }

    #[test]
    fn the_question_is_asked_when_the_trainer_is_ready_and_the_trainer_ends_with_the_answer() {
        let mut under_way = begun();
        let next = under_way.apply(TrainEvent::Ready { protocol_version: PROTOCOL_VERSION, device: "CPU".into() });
        assert!(matches!(next, StudyNext::Post(TrainCommand::RunExperiment { question: Question::Depth, .. })), "asked");
        under_way.apply(TrainEvent::Phase(Phase::LoadingImages { received_bytes: 1, total_bytes: 2 }));
        assert_eq!(under_way.report.progress, "Loading images 50 %", "in words");
        assert_eq!(under_way.apply(report("")), StudyNext::Wait, "it goes on");
        assert_eq!(under_way.report.progress, "Network 1 of 8");
        assert_eq!(under_way.apply(report("Deeper is worse.")), StudyNext::Stop, "the trainer is not needed any more");
        assert!(under_way.is_over(), "answered");
    }

    #[test]
    fn a_failure_is_said_and_keeps_what_was_measured() {
        let mut under_way = begun();
        under_way.apply(report(""));
        assert_eq!(under_way.apply(TrainEvent::Failed(TrainError::DeviceLost { reason: "gone".into() })), StudyNext::Stop);
        assert!(under_way.report.finding.contains("the GPU device was lost (gone)"), "{}", under_way.report.finding);
        assert_eq!(under_way.report.charts.len(), 1, "its curves stay");
    }

    #[test]
    fn a_trainer_of_another_version_is_not_used() {
        let next = begun().apply(TrainEvent::Ready { protocol_version: PROTOCOL_VERSION + 1, device: "CPU".into() });
        assert_eq!(next, StudyNext::Stop, "its numbers could mean anything");
    }

    #[test]
    fn it_is_asked_again_only_where_that_can_help() {
        let said = |error: TrainError| {
            let mut under_way = begun();
            under_way.fail(&error);
            under_way.report.finding
        };
        assert!(said(TrainError::DeviceLost { reason: "gone".into() }).ends_with(" Ask again."));
        assert!(said(WorkerFailure::NotArrived { file: "a.js".into() }.into()).ends_with("check the connection and try again."), "once");
        for error in [WorkerFailure::OtherBuild, WorkerFailure::Sandboxed, WorkerFailure::WasmForbidden] {
            let said = said(error.into());
            assert!(!said.contains("again"), "{said}");
        }
    }
}
