//! Inside the network, layer by layer: curves along its depth, and a map of depth by step.

use crate::drawing::plot::ChartAxes;
use crate::insight::layer_stats::NetworkLook;
use crate::insight::layer_stats::{HeatMap, Measure};
use crate::run::{KeptRun, Run, RunState};
use crate::spec::{NetworkChoices, ResNetSpec};

use super::browser::bitmap_url;
use super::curve_chart::{ChartContents, ChartPanel, CurveRole, CurveSeries};
use super::follow::{follow, listen};
use super::markup::{button_of, mark, say, set};
use super::session::Session;
use crate::ui::signals::{Memo, Signal, untrack};

const PANEL: ChartPanel = ChartPanel {
    title: "Layer by layer",
    subtitle: "measured every tenth step; image left, scores right",
    empty: "Press Play or Step: forward and backward pass are measured every tenth step.",
};
/// Start of the ids of the buttons, before the number of the measure.
const MEASURE: &str = "measure-";

/// A panel with one measure at a time, chosen by its buttons.
pub fn html() -> String {
    let button = |(index, measure): (usize, &Measure)| format!("<button class=quiet id={MEASURE}{index}>{}</button>", measure.label());
    let buttons: String = Measure::ALL.iter().enumerate().map(button).collect();
    PANEL.html(&format!(
        "<div class=experiment-buttons role=group aria-label=\"What is shown layer by layer\" id=measures>{buttons}</div>\
         <p class=finding id=measure-explanation data-testid=measure-explanation>{}</p><div id=heat-map></div>",
        Measure::default().explanation()
    ))
}

/// Keeps it.
pub fn start(session: Session) {
    let measure = Signal::new(Measure::default());
    // Looked at for every step, made into curves only when there is a new look: a deep network has many layers.
    let seen = Memo::new(move |_| session.of_run(Seen::of));
    let others = Memo::new(move |_| session.run.with(others));
    PANEL.show(move || {
        let measure = measure.get();
        let series = others.with(|others| {
            let draw = |other: &Other| {
                curve(measure, format!("{}, step {}", other.name, other.look.gradients.step + 1), &other.network, &other.look, other.role)
            };
            let drawn = others.iter().filter_map(draw);
            // Two that are compared are shown alone.
            let alone = others.iter().any(|other| other.role != CurveRole::Compared);
            let curves = seen.with(|seen| seen.as_ref().filter(|_| !alone).map(|seen| seen.curves(measure)).unwrap_or_default());
            curves.into_iter().chain(drawn).collect()
        });
        let axes = ChartAxes { y_format: measure.format(), y_limits: measure.limits(), x_end: None };
        ChartContents { series, x_label: measure.counts(), axes }
    });
    follow(move || {
        let shown = measure.get();
        say("measure-explanation", shown.explanation());
        for (index, measure) in Measure::ALL.iter().enumerate() {
            mark(&format!("{MEASURE}{index}"), "aria-pressed", Some(if *measure == shown { "true" } else { "false" }));
        }
    });
    follow(move || {
        // A new look is what makes a new map; steps between two looks do not.
        seen.track();
        let measure = measure.get();
        let of = |run: &Run| HeatMap::new(measure, &ResNetSpec::new(run.plan.request.network.clone()).ok()?, &run.looks);
        let map = untrack(|| session.of_run(of)).flatten();
        set("heat-map", "innerHTML", &map.map(|map| draw_map(&map, measure)).unwrap_or_default().into());
    });
    listen("measures", &["click"], move |event| {
        let index = button_of(event).strip_prefix(MEASURE).and_then(|index| index.parse::<usize>().ok());
        if let Some(chosen) = index.and_then(|index| Measure::ALL.get(index)) {
            measure.set(*chosen);
        }
    });
}

/// The picture is one pixel a value; the browser enlarges it.
fn draw_map(map: &HeatMap, measure: Measure) -> String {
    let [low, high] = map.range.map(|value| measure.format().value(value));
    let [first, last] = map.steps.map(|step| step + 1);
    format!(
        "<figure class=heat-map data-testid=heat-map><img alt=\"{} by depth and step: {} from the image at the top to the scores at the bottom, \
         steps {first} to {last} from left to right, values from {low} (dark) to {high} (bright).\" src=\"{}\"><figcaption>\
         <span>step {first}</span><span>image on top · dark {low}, bright {high}</span><span>step {last}</span></figcaption></figure>",
        measure.label(),
        measure.counts(),
        bitmap_url(&map.bitmap())
    )
}

/// The first and the last look inside the network of a run.
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
        let draw = |look: &NetworkLook, role| curve(measure, format!("step {}", look.gradients.step + 1), &self.network, look, role);
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

/// The two runs that are compared, or the last that was kept.
fn others(state: &RunState) -> Vec<Other> {
    let other = |run: KeptRun, role| Some(Other { name: run.label(), network: run.experiment.network, look: run.look?, role });
    match state.history.compared() {
        Some(pair) => {
            let roles = [CurveRole::Training, CurveRole::TrainingDashed];
            pair.into_iter().zip(roles).filter_map(|(id, role)| other(state.find_run(id)?, role)).collect()
        }
        None => state.history.runs().last().and_then(|run| other(run.clone(), CurveRole::Compared)).into_iter().collect(),
    }
}

fn curve(measure: Measure, name: String, network: &NetworkChoices, look: &NetworkLook, role: CurveRole) -> Option<CurveSeries> {
    let spec = ResNetSpec::new(network.clone()).ok()?;
    Some(CurveSeries { name, role, points: measure.profile(&spec, look), smoothed: false, markers: false })
}
