//! A number of the experiment in the bar.

use leptos::prelude::*;

use crate::app::components::{FieldProblem, NumberField, NumberKind, StepButton};
use crate::app::context::use_experiment;
use crate::experiment::Experiment;
use crate::experiment::validation::{Problem, Setting};

/// A whole number of the experiment, bound to its field.
#[component]
pub fn ExperimentNumber(
    /// Which setting it is, for what is wrong with it.
    setting: Setting,
    /// Name of the number.
    label: &'static str,
    /// One sentence that explains it.
    help: &'static str,
    /// The value as text.
    write: fn(&Experiment) -> String,
    /// Reads a text; `None` changes nothing.
    read: fn(&mut Experiment, &str) -> Option<()>,
    /// The button to smaller values.
    #[prop(optional)]
    decrease: Option<StepButton>,
    /// The button to larger values.
    #[prop(optional)]
    increase: Option<StepButton>,
    /// Muted words after the field.
    #[prop(optional, into)]
    caption: Option<Signal<String>>,
) -> impl IntoView {
    let experiment = use_experiment();
    let value = Memo::new(move |_| write(&experiment.get()));
    let problem = Memo::new(move |_| experiment.problem(setting).map(field_problem));
    let change = Callback::new(move |text: String| experiment.set_text(setting, &text, &read, "this needs a whole number"));
    view! {
        <NumberField
            label
            help
            kind=NumberKind::Whole
            value
            on_change=change
            problem
            unreadable=Signal::derive(move || experiment.is_unreadable(setting))
            decrease
            increase
            caption
        />
    }
}

fn field_problem(problem: Problem) -> FieldProblem {
    FieldProblem { sentence: problem.sentence, suggestions: problem.suggestions.iter().map(usize::to_string).collect() }
}
