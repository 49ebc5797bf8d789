//! A number to type, with buttons beside it where they help, and what is wrong with it underneath.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::field_help::help_class;
use super::text_with_problem::ProblemLine;
use super::{FieldProblem, unique_id};
use crate::language::format::{as_typed_in_english, localised, without_group_marks};

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// 0, 1, 2, …
    Whole,
    /// With a fraction.
    Decimal,
    /// A list or a name rather than a number.
    Text,
}

/// A button beside a field that goes to the next value in one direction.
#[derive(Debug, Clone, Copy)]
pub struct StepButton {
    /// Accessible name. It never holds the field's label, so that labels stay unique.
    pub name: &'static str,
    /// The value it goes to; `None` at the end of the range.
    pub target: Signal<Option<String>>,
}

/// A text field for a number.
///
/// The field keeps what is typed, even where it is no number, so that nothing typed is lost. Escape puts back the value from
/// before. Arrow keys step where there are buttons.
#[component]
pub fn NumberField(
    /// Name of the number.
    label: &'static str,
    /// One sentence that explains it.
    help: &'static str,
    /// What it takes.
    kind: NumberKind,
    /// The value as text, in English.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what was typed, chosen or stepped to, in English.
    on_change: Callback<String>,
    /// What is wrong with the text, if anything.
    #[prop(into)]
    problem: Signal<Option<FieldProblem>>,
    /// Whether the text cannot be read as a value. Such a text stays in the field when the focus leaves.
    #[prop(into)]
    unreadable: Signal<bool>,
    /// The button to smaller values.
    #[prop(default = None, into)]
    decrease: Option<StepButton>,
    /// The button to larger values.
    #[prop(default = None, into)]
    increase: Option<StepButton>,
    /// Muted words after the field.
    #[prop(default = None, into)]
    caption: Option<Signal<String>>,
    /// Whether the help always stands under the label, rather than while the control has the focus.
    #[prop(optional)]
    help_shown: bool,
) -> impl IntoView {
    let id = unique_id("number");
    let (help_id, problem_id) = (format!("{id}-help"), format!("{id}-problem"));
    // What is being typed; `None` shows the value as we write it.
    let draft = RwSignal::new(None::<String>);
    let before = StoredValue::new(None::<String>);
    // The value, and whether the text is none, as what was typed last left them.
    let taken = StoredValue::new((String::new(), false));
    let is_decimal = kind == NumberKind::Decimal;
    let shown = move || draft.get().unwrap_or_else(|| if is_decimal { localised(&value.get()) } else { value.get() });
    let choose = Callback::new(move |chosen: String| {
        draft.set(None);
        on_change.run(chosen);
    });
    let typed = move |text: String| {
        if before.with_value(Option::is_none) {
            before.set_value(Some(value.get_untracked()));
        }
        draft.set(Some(text.clone()));
        on_change.run(match kind {
            NumberKind::Whole => without_group_marks(&text),
            NumberKind::Decimal => as_typed_in_english(&text),
            NumberKind::Text => text,
        });
        taken.set_value((value.get_untracked(), unreadable.get_untracked()));
    };
    // Changed from elsewhere, by a recipe say, the field shows what holds now.
    Effect::new(move |_| {
        let now = (value.get(), unreadable.get());
        if draft.with_untracked(Option::is_some) && taken.with_value(|taken| *taken != now) {
            draft.set(None);
        }
    });
    let left = move || {
        before.set_value(None);
        if !unreadable.get_untracked() {
            draft.set(None);
        }
    };
    let step = move |button: Option<StepButton>| {
        if let Some(target) = button.and_then(|button| button.target.get_untracked()) {
            choose.run(target);
        }
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowUp" if increase.is_some() => {
            event.prevent_default();
            step(increase);
        }
        "ArrowDown" if decrease.is_some() => {
            event.prevent_default();
            step(decrease);
        }
        "Escape" => {
            if let Some(value) = before.get_value() {
                // A sheet around the field must not close as well.
                event.stop_propagation();
                event.prevent_default();
                before.set_value(None);
                choose.run(value);
            }
        }
        _ => {}
    };
    let is_wrong = move || problem.with(Option::is_some);
    let tooltip = (!help_shown).then_some(help);
    let mode = match kind {
        NumberKind::Whole => "numeric",
        NumberKind::Decimal => "decimal",
        NumberKind::Text => "text",
    };
    view! {
        <div class="field">
            <label for=id.clone() title=tooltip>{label}</label>
            <p class=help_class(help_shown) role=(!help_shown).then_some("tooltip") id=help_id.clone()>
                {help}
            </p>
            <div class="field-row">
                <div class="number" class:stepper=decrease.is_some() class:wrong=is_wrong>
                    {decrease.map(|button| view! { <StepButtonView button sign="−" on_choose=choose /> })}
                    <input
                        id=id
                        type="text"
                        inputmode=mode
                        title=tooltip
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=shown
                        on:input=move |event| typed(event_target_value(&event))
                        on:blur=move |_| left()
                        on:keydown=key
                        aria-invalid=move || is_wrong().to_string()
                        aria-describedby=format!("{help_id} {problem_id}")
                    />
                    {increase.map(|button| view! { <StepButtonView button sign="+" on_choose=choose /> })}
                </div>
                {caption.map(|caption| view! { <span class="caption">{caption}</span> })}
            </div>
            <ProblemLine id=problem_id problem on_choose=choose />
        </div>
    }
}

/// A button beside the field. It is never `disabled`, so that it keeps the focus at the end of the range.
#[component]
fn StepButtonView(
    /// Name and target.
    button: StepButton,
    /// What it shows.
    sign: &'static str,
    /// Takes the target.
    on_choose: Callback<String>,
) -> impl IntoView {
    let StepButton { name, target } = button;
    let take = move |_| {
        if let Some(target) = target.get_untracked() {
            on_choose.run(target);
        }
    };
    view! {
        <button
            type="button"
            class="step"
            aria-label=name
            title=name
            aria-disabled=move || target.with(Option::is_none).to_string()
            on:click=take
        >
            {sign}
        </button>
    }
}
