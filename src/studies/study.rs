//! An experiment under way: its plan and what was measured so far.

use crate::drawing::plot::{CurveRole, CurveSeries, PlotPoint};
use crate::insight::gradient_profile::{path_places, profile};
use crate::insight::layer_stats::NetworkLook;
use crate::language::format::{decimals, duration, grouped};
use crate::language::{text, tr};

use super::details::details;
use super::finding::{finding, lesioned};
use super::measured::Found;
use super::{Candidate, ChartKind, ExperimentChart, ExperimentReport, Measured, Plan, Question};

/// Before that a forecast would jump about.
const SHORTEST_FORECAST_MS: f64 = 3000.0;

/// Grows network by network.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// What is done.
    pub plan: Plan,
    measured: Vec<Measured>,
}

impl Study {
    /// Nothing measured yet.
    pub fn new(plan: Plan) -> Self {
        Self { plan, measured: Vec::new() }
    }

    /// What was measured, in the order of the plan's candidates.
    pub fn measured(&self) -> &[Measured] {
        &self.measured
    }

    /// Notes what is known of the candidate at `place` by now; those before it are done.
    pub fn note(&mut self, place: usize, measured: Measured) {
        self.measured.truncate(place);
        self.measured.push(measured);
    }

    /// What the page shows while the last candidate noted is `busy` with something; `elapsed_ms` since the first step.
    pub fn report(&self, busy: &str, elapsed_ms: f64) -> ExperimentReport {
        let number = self.measured.len();
        let name = self.measured.len().checked_sub(1).and_then(|place| self.plan.candidates.get(place)).map_or("", |now| &now.name);
        let count = self.plan.candidates.len();
        let mut progress = tr!("Network {number} of {count}, {name}: {busy}.", number, count, name, busy);
        let share = self.share_done();
        if elapsed_ms > SHORTEST_FORECAST_MS && share > 0.0 && share < 1.0 {
            let left = duration(elapsed_ms * (1.0 - share) / share);
            progress += &format!(" {}", tr!("About {time} of training to go.", time = left));
        }
        ExperimentReport { progress, share_done: share.clamp(0.0, 1.0), charts: self.charts(), ..ExperimentReport::default() }
    }

    /// The same at the end.
    pub fn end(&self) -> ExperimentReport {
        ExperimentReport {
            share_done: 1.0,
            finding: finding(&self.plan, &self.measured),
            details: details(&self.plan, &self.measured),
            charts: self.charts(),
            ..ExperimentReport::default()
        }
    }

    /// `step 12 of 60, loss 2.10`
    pub fn step_words(&self) -> String {
        let last = self.measured.last().and_then(|measured| measured.steps.last());
        last.map_or_else(
            || text!("first step").into(),
            |last| {
                tr!(
                    "step {step} of {steps}, loss {loss}",
                    step = grouped(last.step + 1),
                    steps = grouped(self.plan.steps),
                    loss = decimals(f64::from(last.loss), 2)
                )
            },
        )
    }

    /// Share of the training that is done, by multiply-adds.
    fn share_done(&self) -> f64 {
        let all: f64 = self.plan.candidates.iter().map(Candidate::multiply_adds).sum::<f64>() * self.plan.steps as f64;
        let under_way = self.measured.len().saturating_sub(1);
        let done = |(place, (candidate, measured)): (usize, (&Candidate, &Measured))| {
            // What diverged is done early.
            let steps = if place < under_way { self.plan.steps } else { measured.steps.len() };
            candidate.multiply_adds() * steps as f64
        };
        self.pairs().enumerate().map(done).sum::<f64>() / all
    }

    fn pairs(&self) -> impl Iterator<Item = (&Candidate, &Measured)> {
        self.plan.candidates.iter().zip(&self.measured)
    }

    fn charts(&self) -> Vec<ExperimentChart> {
        use ChartKind::{FirstGradients, LastGradients, Lesions, Loss, LossByDepth};
        let kinds: &[ChartKind] = match self.plan.question {
            Question::SkipConnections | Question::Order => &[Loss, FirstGradients, LastGradients],
            Question::Depth => &[LossByDepth],
            Question::Lesions => &[Loss, Lesions],
            Question::BatchNorm => &[FirstGradients, LastGradients],
            Question::FirstStep => &[FirstGradients],
        };
        kinds.iter().map(|kind| ExperimentChart { kind: *kind, x_end: self.x_end(*kind), curves: self.curves(*kind) }).collect()
    }

    fn x_end(&self, kind: ChartKind) -> f64 {
        let largest = |of: &dyn Fn(&Candidate) -> usize| self.plan.candidates.iter().map(of).max().unwrap_or_default() as f64;
        match kind {
            ChartKind::Loss => self.plan.steps as f64,
            ChartKind::FirstGradients | ChartKind::LastGradients => largest(&|candidate| path_places(&candidate.spec).len()),
            ChartKind::LossByDepth => largest(&Candidate::depth),
            ChartKind::Lesions => largest(&|candidate| candidate.spec.blocks().len()),
        }
    }

    fn curves(&self, kind: ChartKind) -> Vec<CurveSeries> {
        let of_each = |points: &dyn Fn(&Candidate, &Measured) -> Vec<PlotPoint>, smoothed| {
            let curve = |(candidate, measured): (&Candidate, &Measured)| CurveSeries {
                name: candidate.name.clone(),
                role: candidate.role,
                points: points(candidate, measured),
                smoothed,
                markers: false,
            };
            self.pairs().map(curve).collect::<Vec<_>>()
        };
        let gradients = |candidate: &Candidate, look: Option<&NetworkLook>| {
            look.map_or_else(Vec::new, |look| profile(&candidate.spec, &look.gradients))
        };
        match kind {
            ChartKind::Loss => {
                let points =
                    |measured: &Measured| measured.steps.iter().map(|step| ((step.step + 1) as f64, f64::from(step.loss))).collect();
                of_each(&|_, measured| points(measured), true)
            }
            ChartKind::FirstGradients => of_each(&|candidate, measured| gradients(candidate, measured.looks.first()), false),
            ChartKind::LastGradients => of_each(&|candidate, measured| gradients(candidate, measured.last_look()), false),
            ChartKind::LossByDepth => self.losses_by_depth(),
            ChartKind::Lesions => self.lesion_curves(),
        }
    }

    /// A point for each network that is done.
    fn losses_by_depth(&self) -> Vec<CurveSeries> {
        let curve = |(name, role, skip_connections): (&str, _, _)| {
            let of = self.pairs().filter(|(candidate, measured)| {
                candidate.spec.skip_connections() == skip_connections && measured.steps.len() == self.plan.steps
            });
            let points = of.map(|(candidate, measured)| (candidate.depth() as f64, measured.end_loss().unwrap_or(f64::NAN))).collect();
            CurveSeries { name: name.into(), role, points, smoothed: false, markers: true }
        };
        [(text!("with skip connections"), CurveRole::Skips, true), (text!("without"), CurveRole::Compared, false)].map(curve).into()
    }

    fn lesion_curves(&self) -> Vec<CurveSeries> {
        let roles = [[CurveRole::Skips, CurveRole::SkipsDashed], [CurveRole::Compared, CurveRole::ComparedDashed]];
        let curves = |((candidate, measured), roles): ((&Candidate, &Measured), [CurveRole; 2])| {
            let lesioned = lesioned(Found { candidate, measured });
            lesioned.map_or_else(Vec::new, |lesioned| lesioned.curves(&format!("{}, ", candidate.name), roles))
        };
        self.pairs().zip(roles).flat_map(curves).collect()
    }
}
