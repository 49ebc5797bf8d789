//! A number to type, with steps beside it where they help, and what is wrong with it underneath.
//!
//! The field works on text and knows no number types: one component for all of them keeps the download small.

use leptos::prelude::*;

use crate::figures::grouped;
use crate::permalink::Experiment;
use crate::settings::{Problem, Setting};
use crate::ui::session::Session;
use crate::ui::shown::{text, whether};

/// What a field takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 0, 1, 2, …
    Whole,
    /// With a fraction.
    Decimal,
}

impl Kind {
    fn input_mode(self) -> &'static str {
        if self == Self::Whole { "numeric" } else { "decimal" }
    }

    fn expected(self) -> &'static str {
        if self == Self::Whole { "this needs a whole number" } else { "this needs a number, such as 0.003 or 3e-3" }
    }
}

/// One number of the experiment: how it is called and where it lives.
pub struct NumberSetting {
    /// Which.
    pub setting: Setting,
    /// `id` of its field.
    pub id: &'static str,
    /// Its name.
    pub label: &'static str,
    /// What it means, in one line.
    pub help: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Writes it.
    pub write: fn(&Experiment) -> String,
    /// Reads it; `None` changes nothing.
    pub read: fn(&mut Experiment, &str) -> Option<()>,
}

/// Buttons on both sides of a field.
pub struct Steps {
    /// Accessible names of the two, never containing the field's label: labels must stay unique.
    pub names: [&'static str; 2],
    /// The next smaller value, if there is one.
    pub down: fn(&Experiment) -> Option<usize>,
    /// The next larger value, if there is one.
    pub up: fn(&Experiment) -> Option<usize>,
}

/// Label, field, problem.
#[component]
pub fn NumberField(
    of: &'static NumberSetting,
    #[prop(optional)] steps: Option<&'static Steps>,
    /// Muted words after the field.
    #[prop(optional, into)]
    caption: Option<Signal<String>>,
    /// Words before the field.
    #[prop(optional, into)]
    before: Option<Signal<String>>,
    /// Shown in the place of the label, which the field keeps as its accessible name.
    #[prop(optional)]
    shown_label: Option<&'static str>,
) -> impl IntoView {
    let session = Session::of_page();
    // What is being typed; `None` shows the value as we write it.
    let draft = RwSignal::new(None::<String>);
    let shown = text(move || draft.get().unwrap_or_else(|| session.experiment.with(of.write)));
    let typed = move |typed: String| {
        session.set(of.setting, &typed, &of.read, of.kind.expected());
        draft.set(Some(typed));
    };
    let choose = Callback::new(move |number: usize| {
        session.set(of.setting, &number.to_string(), &of.read, of.kind.expected());
        draft.set(None);
    });
    let left = move || {
        // A text that is no number stays, so that nothing typed is lost.
        if !session.is_unreadable(of.setting) {
            draft.set(None);
        }
    };
    let problem = Signal::derive(move || session.problem(of.setting));
    let wrong = whether(move || session.problem(of.setting).is_some());
    let problem_id = format!("{}-problem", of.id);
    view! {
        <div class="field" title=of.help>
            <label for=of.id class:visually-hidden=shown_label.is_some()>
                {of.label}
            </label>
            {shown_label.map(|label| view! { <span class="label" aria-hidden="true">{label}</span> })}
            <div class="field-row">
                {before.map(|before| view! { <span class="value">{before}</span> })}
                <div class="number" class:stepper=steps.is_some() class:wrong=wrong>
                    {steps.map(|steps| step_button(session, steps.names[0], "−", steps.down, choose))}
                    <input
                        id=of.id
                        type="text"
                        inputmode=of.kind.input_mode()
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=shown
                        on:input=move |event| typed(event_target_value(&event))
                        on:blur=move |_| left()
                        aria-invalid=text(move || wrong.get().to_string())
                        aria-describedby=problem_id.clone()
                    />
                    {steps.map(|steps| step_button(session, steps.names[1], "+", steps.up, choose))}
                </div>
                {caption.map(|caption| view! { <span class="caption">{caption}</span> })}
            </div>
            <div class="field-problem" id=problem_id role="status">
                {move || problem.get().map(|problem| advice(problem, choose))}
            </div>
        </div>
    }
    .into_any()
}

fn step_button(
    session: Session,
    name: &'static str,
    sign: &'static str,
    step: fn(&Experiment) -> Option<usize>,
    choose: Callback<usize>,
) -> impl IntoView {
    let take = move |_| {
        if let Some(next) = session.experiment.with_untracked(step) {
            choose.run(next);
        }
    };
    let at_the_end = whether(move || session.experiment.with(step).is_none());
    view! {
        <button type="button" class="step" aria-label=name title=name on:click=take disabled=at_the_end>
            {sign}
        </button>
    }
}

/// The sentence, and buttons for values that would do.
fn advice(problem: Problem, choose: Callback<usize>) -> impl IntoView {
    let button = move |suggestion| {
        view! {
            <button type="button" class="suggestion" title="Use this value" on:click=move |_| choose.run(suggestion)>
                {grouped(suggestion)}
            </button>
        }
    };
    view! {
        <span>{problem.sentence}</span>
        {problem.suggestions.into_iter().map(button).collect_view()}
    }
}
