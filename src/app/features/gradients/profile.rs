//! A measure along the depth of the network: at the first and the newest look, and of the run to compare with.

use leptos::prelude::*;

use crate::app::components::{ChartAxes, CurveRole, CurveSeries, LineChart};
use crate::app::context::{use_experiment, use_run};
use crate::insight::layer_stats::Measure;
use crate::insight::layer_stats::NetworkLook;
use crate::language::{marked, text, tr};
use crate::run::{KeptRun, Run, RunState};
use crate::spec::{NetworkChoices, ResNetSpec};

/// The chart.
#[component]
pub(super) fn Profile(
    /// What is shown.
    measure: RwSignal<Measure>,
) -> impl IntoView {
    let (run, spec) = (use_run(), use_experiment().spec());
    // Looked at with every update of the run, made into curves only when there is a new look: a deep network has many layers.
    let seen = Memo::new(move |_| run.of_run(Seen::of));
    // The run itself may be one of two that are compared: then its looks count. Runs are large, and copied only when they change.
    let changes = Memo::new(move |_| {
        run.state().with(|state| {
            let compared = state.history.compared();
            let look = compared.and_then(|_| state.run()?.looks.last().map(|look| look.gradients.step));
            (state.history.version(), compared, look)
        })
    });
    let others = Memo::new(move |_| {
        changes.with(|_| ());
        run.state().with_untracked(others)
    });
    let series = Memo::new(move |_| {
        let measure = measure.get();
        others.with(|others| {
            let drawn = others.iter().filter_map(|other| other.curve(measure));
            // Two that are compared are shown alone.
            let alone = others.iter().any(|other| other.role != CurveRole::Compared);
            let own = seen.with(|seen| seen.as_ref().filter(|_| !alone).map(|seen| seen.curves(measure)).unwrap_or_default());
            own.into_iter().chain(drawn).collect::<Vec<_>>()
        })
    });
    let axes = Memo::new(move |_| {
        let measure = measure.get();
        // An empty chart is as wide as the network of the controls.
        let is_empty = series.with(Vec::is_empty);
        let x_end = is_empty.then(|| spec.with(|spec| measure.length(spec)) as f64);
        ChartAxes { y_format: measure.format(), y_limits: measure.limits(), x_end, ..ChartAxes::default() }
    });
    // The chart counts layers or blocks; that is part of its name, so each has its own.
    let counts = Memo::new(move |_| measure.get().counts());
    move || {
        view! {
            <LineChart
                title=marked!("Gradients")
                lead=Signal::derive(move || lead(measure.get()).to_owned())
                series
                x_label=counts.get()
                axes
                with_table=true
                empty=text!("Press Play or Step: forward and backward pass are measured every tenth step, layer by layer.")
            />
        }
    }
}

fn lead(measure: Measure) -> &'static str {
    match measure {
        Measure::Gradient => text!("norm in each layer; image left, scores right"),
        Measure::Update => text!("weight update in each layer; image left, scores right"),
        Measure::OutputScale => text!("output of each block; image left, scores right"),
        Measure::ResidualShare => text!("residual share of each block; image left, scores right"),
        Measure::DeadRelus => text!("dead ReLUs of each block; image left, scores right"),
    }
}

/// The first and the newest look inside the network of the run.
#[derive(Clone, PartialEq)]
struct Seen {
    network: NetworkChoices,
    first: Option<NetworkLook>,
    last: Option<NetworkLook>,
}

impl Seen {
    fn of(run: &Run) -> Self {
        let last = run.looks.last().filter(|_| run.looks.len() > 1).cloned();
        Self { network: run.plan.request.network.clone(), first: run.looks.first().cloned(), last }
    }

    fn curves(&self, measure: Measure) -> Vec<CurveSeries> {
        let name = |look: &NetworkLook| tr!("step {step}", step = look.gradients.step + 1);
        let draw = |look: &NetworkLook, role| curve(measure, name(look), &self.network, look, role);
        // The first is dashed once there is a later one.
        let role = if self.last.is_some() { CurveRole::TrainingDashed } else { CurveRole::Training };
        let first = self.first.as_ref().and_then(|first| draw(first, role));
        first.into_iter().chain(self.last.as_ref().and_then(|last| draw(last, CurveRole::Training))).collect()
    }
}

/// The last look of another run.
#[derive(Clone, PartialEq)]
struct Other {
    name: String,
    network: NetworkChoices,
    look: NetworkLook,
    role: CurveRole,
}

impl Other {
    fn curve(&self, measure: Measure) -> Option<CurveSeries> {
        let name = tr!("{run}, step {step}", run = self.name, step = self.look.gradients.step + 1);
        curve(measure, name, &self.network, &self.look, self.role)
    }
}

/// The two runs that are compared, or the last that was kept.
fn others(state: &RunState) -> Vec<Other> {
    let other =
        |run: &KeptRun, role| Some(Other { name: run.label(), network: run.experiment.network.clone(), look: run.look.clone()?, role });
    match state.history.compared() {
        Some(pair) => {
            let roles = [CurveRole::Training, CurveRole::TrainingDashed];
            pair.into_iter().zip(roles).filter_map(|(id, role)| other(&state.find_run(id)?, role)).collect()
        }
        None => state.history.runs().last().and_then(|run| other(run, CurveRole::Compared)).into_iter().collect(),
    }
}

fn curve(measure: Measure, name: String, network: &NetworkChoices, look: &NetworkLook, role: CurveRole) -> Option<CurveSeries> {
    let spec = ResNetSpec::new(network.clone()).ok()?;
    Some(CurveSeries { name, role, points: measure.profile(&spec, look), smoothed: false, markers: false })
}
