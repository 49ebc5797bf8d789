//! A number or a list of the experiment, in a field.

use leptos::prelude::*;

use crate::app::components::{FieldProblem, NumberField, NumberKind, StepButton};
use crate::app::context::use_experiment;
use crate::experiment::options::{OptionDefinition, OptionKind};
use crate::experiment::validation::Problem;
use crate::language::translated;

/// The field of an option that is typed.
#[component]
pub fn OptionNumber(
    /// The option.
    option: &'static OptionDefinition,
    /// The button to smaller values.
    #[prop(optional)]
    decrease: Option<StepButton>,
    /// The button to larger values.
    #[prop(optional)]
    increase: Option<StepButton>,
    /// Muted words after the field.
    #[prop(optional, into)]
    caption: Option<Signal<String>>,
    /// Whether the sentence always stands under the label, rather than while the field has the focus.
    #[prop(optional)]
    help_shown: bool,
) -> impl IntoView {
    let experiment = use_experiment();
    let value = Memo::new(move |_| option.text(&experiment.get()));
    let problem = Memo::new(move |_| experiment.problem(option.key).map(field_problem));
    let change = Callback::new(move |text: String| experiment.set_option(option, &text));
    let kind = match option.kind() {
        OptionKind::Whole(_) => NumberKind::Whole,
        OptionKind::Number(_) => NumberKind::Decimal,
        OptionKind::Text(_) | OptionKind::Switch | OptionKind::Choice(_) => NumberKind::Text,
    };
    view! {
        <NumberField
            label=translated(option.label)
            help=translated(option.help)
            kind
            value
            on_change=change
            problem
            unreadable=Signal::derive(move || experiment.is_unreadable(option.key))
            decrease
            increase
            caption
            help_shown
        />
    }
}

fn field_problem(problem: Problem) -> FieldProblem {
    FieldProblem { sentence: problem.sentence, suggestions: problem.suggestions.iter().map(usize::to_string).collect() }
}
