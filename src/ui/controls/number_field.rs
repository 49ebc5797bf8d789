//! A number to type, with steps beside it where they help, and what is wrong with it underneath.

use leptos::prelude::*;

use crate::permalink::Experiment;
use crate::settings::Setting;
use crate::ui::session::Session;

/// A number that people type.
pub trait Number: Copy + PartialEq + Send + Sync + 'static {
    /// Keyboard that a phone shows.
    const INPUT_MODE: &'static str;
    /// Sentence for a text that is none.
    const EXPECTED: &'static str;
    /// Reads it, with thousands separators and decimal commas.
    fn read(text: &str) -> Option<Self>;
    /// Writes it.
    fn write(self) -> String;
}

macro_rules! whole_number {
    ($kind:ty) => {
        impl Number for $kind {
            const INPUT_MODE: &'static str = "numeric";
            const EXPECTED: &'static str = "this needs a whole number";
            fn read(text: &str) -> Option<Self> {
                text.chars().filter(|letter| !matches!(letter, ' ' | ',' | '_' | '\u{202f}')).collect::<String>().parse().ok()
            }
            fn write(self) -> String {
                self.to_string()
            }
        }
    };
}
whole_number!(usize);
whole_number!(u64);

impl Number for f64 {
    const INPUT_MODE: &'static str = "decimal";
    const EXPECTED: &'static str = "this needs a number, such as 0.003 or 3e-3";
    fn read(text: &str) -> Option<Self> {
        text.trim().replace(',', ".").parse().ok()
    }
    fn write(self) -> String {
        self.to_string()
    }
}

/// One number of the experiment: how it is called and where it lives.
pub struct NumberSetting<T: 'static> {
    /// Which.
    pub setting: Setting,
    /// `id` of its field.
    pub id: &'static str,
    /// Its name.
    pub label: &'static str,
    /// What it means, in one line.
    pub help: &'static str,
    /// Reads it.
    pub get: fn(&Experiment) -> T,
    /// Changes it.
    pub set: fn(&mut Experiment, T),
}

/// Buttons on both sides of a field.
pub struct Steps<T: 'static> {
    /// Accessible names of the two, never containing the field's label: labels must stay unique.
    pub names: [&'static str; 2],
    /// The next smaller value, if there is one.
    pub down: fn(T) -> Option<T>,
    /// The next larger value, if there is one.
    pub up: fn(T) -> Option<T>,
}

/// Label, field, problem.
#[component]
pub fn NumberField<T: Number>(
    of: &'static NumberSetting<T>,
    #[prop(optional)] steps: Option<&'static Steps<T>>,
    /// Faint words after the field.
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
    let value = Memo::new(move |_| session.experiment.with(of.get));
    // What is being typed; `None` shows the value as we write it.
    let draft = RwSignal::new(None::<String>);
    let shown = move || draft.get().unwrap_or_else(|| value.get().write());
    let choose = move |chosen: T| {
        draft.set(None);
        session.set(of.setting, |experiment| (of.set)(experiment, chosen));
    };
    let typed = move |text: String| {
        match T::read(&text) {
            Some(number) => session.set(of.setting, |experiment| (of.set)(experiment, number)),
            None => session.cannot_read(of.setting, T::EXPECTED.into()),
        }
        draft.set(Some(text));
    };
    let left = move || {
        // A text that is no number stays, so that nothing typed is lost.
        if !session.is_unreadable(of.setting) {
            draft.set(None);
        }
    };
    let problem = Memo::new(move |_| session.problem(of.setting));
    let problem_id = format!("{}-problem", of.id);
    let step_button = move |name: &'static str, sign: &'static str, step: fn(T) -> Option<T>| {
        let next = move || step(value.get());
        let take = move |_| {
            if let Some(next) = untrack(next) {
                choose(next);
            }
        };
        view! {
            <button type="button" class="step" aria-label=name title=name on:click=take disabled=move || next().is_none()>
                {sign}
            </button>
        }
    };
    view! {
        <div class="field" title=of.help>
            <label for=of.id class:visually-hidden=shown_label.is_some()>{of.label}</label>
            {shown_label.map(|label| view! { <span class="label" aria-hidden="true">{label}</span> })}
            <div class="field-row">
                {before.map(|before| view! { <span class="value">{before}</span> })}
                <div class="number" class:stepper=steps.is_some() class:wrong=move || problem.with(Option::is_some)>
                    {steps.map(|steps| step_button(steps.names[0], "−", steps.down))}
                    <input
                        id=of.id
                        type="text"
                        inputmode=T::INPUT_MODE
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=shown
                        on:input=move |event| typed(event_target_value(&event))
                        on:blur=move |_| left()
                        aria-invalid=move || problem.with(Option::is_some).to_string()
                        aria-describedby=problem_id.clone()
                    />
                    {steps.map(|steps| step_button(steps.names[1], "+", steps.up))}
                </div>
                {caption.map(|caption| view! { <span class="caption">{caption}</span> })}
            </div>
            <FieldProblem id=problem_id problem choose=move |suggestion| {
                if let Some(number) = T::read(&suggestion) {
                    choose(number);
                }
            } />
        </div>
    }
}

/// What is wrong with a field, and buttons for values that would do.
#[component]
pub fn FieldProblem(
    id: String,
    problem: Memo<Option<crate::settings::Problem>>,
    choose: impl Fn(String) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <div class="field-problem" id=id role="status">
            {move || {
                problem.get().map(|problem| {
                    let suggestions = problem.suggestions.into_iter().map(|suggestion| {
                        let words = suggestion.to_string();
                        let label = format!("Use {}", crate::figures::grouped(suggestion));
                        view! { <button type="button" class="suggestion" on:click=move |_| choose(words.clone())>{label}</button> }
                    });
                    view! {
                        <span>{problem.sentence}</span>
                        {suggestions.collect_view()}
                    }
                })
            }}
        </div>
    }
}
