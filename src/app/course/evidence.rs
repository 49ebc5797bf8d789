//! What a check may look at.

use crate::drawing::network::Part;
use crate::evaluation::metrics::last_loss;
use crate::experiment::Experiment;
use crate::language::{text, tr};
use crate::run::{Activity, Run, StudyRun};
use crate::spec::{NetworkChoices, ResNetSpec};
use crate::studies::{ChartKind, ExperimentReport, Question};

/// The tool's state and what it has measured, as plain values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence {
    /// The experiment that the controls describe.
    pub experiment: Experiment,
    /// The same as it was when the step was begun.
    pub began: Experiment,
    /// The run there is.
    pub run: Option<RunFigures>,
    /// The one-click experiment that was asked last.
    pub study: Option<StudyFigures>,
    /// Parts of the drawing that were pointed at or focused since the step was begun.
    pub parts: Vec<Part>,
    /// What was typed into the fields of the step, in their order.
    pub typed: Vec<String>,
    /// The answer that was chosen, 0 for the first.
    pub choice: Option<usize>,
}

impl Evidence {
    /// The network of the controls, where it can be built.
    pub fn spec(&self) -> Option<ResNetSpec> {
        ResNetSpec::new(self.experiment.network.clone()).ok()
    }

    /// What was measured for a question, once its experiment is over.
    pub fn study_of(&self, question: Question) -> Result<&StudyFigures, String> {
        let label = question.label();
        match &self.study {
            Some(study) if study.question != question => Err(tr!("Ask “{label}” under Experiments first.", label)),
            Some(study) if study.is_of_other_settings => Err(text!("It was asked of other settings: ask it once more.").into()),
            Some(study) if !study.is_over => Err(text!("It is being measured: the answer comes when it is over.").into()),
            Some(study) if !study.is_complete => Err(text!("It ended before all was measured: ask it once more.").into()),
            Some(study) => Ok(study),
            None => Err(tr!("Ask “{label}” under Experiments first.", label)),
        }
    }
}

/// Numbers of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunFigures {
    /// Its network.
    pub network: NetworkChoices,
    /// Whether the controls describe another run.
    pub is_of_other_settings: bool,
    /// Whether its last epoch is over.
    pub is_finished: bool,
    /// Whether it broke off.
    pub has_failed: bool,
    /// Mean training loss of its last ten steps, in nats.
    pub last_loss: Option<f64>,
}

impl RunFigures {
    /// Those of a run, while the controls describe `experiment`.
    pub fn of(run: &Run, experiment: &Experiment) -> Self {
        let has_failed = matches!(run.activity, Activity::Failed(_));
        Self {
            network: run.plan.experiment.network.clone(),
            is_of_other_settings: run.plan.experiment != *experiment,
            is_finished: run.is_over() && !has_failed,
            has_failed,
            last_loss: last_loss(&run.steps),
        }
    }
}

/// What a one-click experiment has come to.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyFigures {
    /// What was asked.
    pub question: Question,
    /// Whether the controls describe other networks than it measures.
    pub is_of_other_settings: bool,
    /// Whether nothing more will come.
    pub is_over: bool,
    /// Whether all was measured, rather than stopped or broken off.
    pub is_complete: bool,
    /// Its curves and its finding.
    pub report: ExperimentReport,
}

impl StudyFigures {
    /// Those of one that was begun, while the controls describe `experiment`.
    pub fn of(under_way: &StudyRun, experiment: &Experiment) -> Self {
        Self {
            question: under_way.question,
            is_of_other_settings: !under_way.is_of(experiment),
            is_over: under_way.is_over(),
            is_complete: under_way.is_over() && under_way.report.share_done >= 1.0,
            report: under_way.report.clone(),
        }
    }

    /// Values of each curve of a chart, from left to right.
    pub fn curves(&self, kind: ChartKind) -> Vec<Vec<f64>> {
        let chart = self.report.charts.iter().find(|chart| chart.kind == kind);
        let curves = chart.map(|chart| chart.curves.as_slice()).unwrap_or_default();
        curves.iter().map(|curve| curve.points.iter().map(|point| point.1).collect()).collect()
    }
}
