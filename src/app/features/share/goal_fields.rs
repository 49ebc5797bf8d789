//! A goal for the readers of the link.

use leptos::prelude::*;

use crate::app::components::{FieldProblem, NumberField, NumberKind, SelectField, SelectOption};
use crate::experiment::goal::{Goal, GoalLimit, GoalQuantity};
use crate::language::{text, tr};
use crate::spec::Named;

/// What the fields say; numbers as they were typed.
#[derive(Debug, Clone, PartialEq)]
struct Draft {
    /// Word of the quantity; empty for no goal.
    quantity: String,
    target: String,
    /// Unit of the limit; empty for none.
    unit: String,
    count: String,
}

impl Draft {
    fn of(goal: Option<Goal>) -> Self {
        let text = |number: f64| number.to_string();
        match goal {
            None => Self { quantity: String::new(), target: "50".into(), unit: "s".into(), count: "60".into() },
            Some(goal) => Self {
                quantity: goal.quantity().name().into(),
                target: text(goal.target()),
                unit: goal.limit().map_or("", GoalLimit::unit).into(),
                count: goal.limit().map_or_else(|| "60".into(), |limit| limit.count().to_string()),
            },
        }
    }

    /// The goal as a link would have it.
    fn text(&self) -> Option<String> {
        let Self { quantity, target, unit, count } = self;
        let within = if unit.is_empty() { String::new() } else { format!("@{count}{unit}") };
        (!quantity.is_empty()).then(|| format!("{quantity}:{target}{within}"))
    }

    /// The nearest goal, and what is wrong with the draft.
    fn goal(&self) -> (Option<Goal>, Option<String>) {
        match self.text().map(|text| Goal::parse(&text)) {
            None => (None, None),
            Some(Ok(goal)) => (Some(goal), None),
            Some(Err(problem)) => (problem.nearest, Some(problem.sentence)),
        }
    }

    /// Another quantity has targets of another size.
    fn choose(&mut self, quantity: String) {
        if quantity != self.quantity && !quantity.is_empty() {
            self.target = if quantity == GoalQuantity::Loss.name() { "1".into() } else { "50".into() };
        }
        self.quantity = quantity;
    }
}

/// What should be reached, and within what.
#[component]
pub(super) fn GoalFields(
    /// Takes the goal.
    goal: RwSignal<Option<Goal>>,
) -> impl IntoView {
    let draft = RwSignal::new(Draft::of(goal.get_untracked()));
    let problem = Memo::new(move |_| draft.with(|draft| draft.goal().1));
    Effect::new(move |_| goal.set(draft.with(|draft| draft.goal().0)));
    let number_problem = Signal::derive(move || problem.get().map(|sentence| FieldProblem { sentence, suggestions: Vec::new() }));
    let none = Signal::stored(None::<FieldProblem>);
    let has_goal = Memo::new(move |_| draft.with(|draft| !draft.quantity.is_empty()));
    let has_limit = Memo::new(move |_| draft.with(|draft| !draft.unit.is_empty()));
    let quantities = [
        ("", tr!("goal" => "none")),
        ("accuracy", text!("held-out accuracy, in percent").to_owned()),
        ("loss", text!("training loss, in nats").to_owned()),
    ];
    let units = [
        ("", text!("however long it takes").to_owned()),
        ("s", text!("seconds of training").to_owned()),
        ("steps", text!("steps").to_owned()),
        ("epochs", text!("epochs").to_owned()),
    ];
    let entries =
        |list: &[(&'static str, String)]| list.iter().map(|(value, label)| SelectOption::new(*value, label.as_str())).collect::<Vec<_>>();
    let (quantities, units) = (Signal::stored(entries(&quantities)), Signal::stored(entries(&units)));
    view! {
        <section class="share-part" aria-label=text!("Goal")>
            <div class="share-fields">
                <SelectField
                    label=text!("Goal for readers")
                    help=text!("What a reader’s run should reach. The page says whether it did.")
                    options=quantities
                    value=Signal::derive(move || draft.with(|draft| draft.quantity.clone()))
                    on_change=Callback::new(move |quantity| draft.update(|draft| draft.choose(quantity)))
                />
                <Show when=move || has_goal.get()>
                    <NumberField
                        label=text!("To reach")
                        help=text!("Accuracy in percent of the held-out images, or mean loss of the last ten steps.")
                        kind=NumberKind::Decimal
                        value=Signal::derive(move || draft.with(|draft| draft.target.clone()))
                        on_change=Callback::new(move |target| draft.update(|draft| draft.target = target))
                        problem=number_problem
                        unreadable=Signal::derive(move || problem.with(Option::is_some))
                    />
                    <SelectField
                        label=text!("Within")
                        help=text!("Time counts while steps are made, not while images load or are evaluated.")
                        options=units
                        value=Signal::derive(move || draft.with(|draft| draft.unit.clone()))
                        on_change=Callback::new(move |unit| draft.update(|draft| draft.unit = unit))
                    />
                    <Show when=move || has_limit.get()>
                        <NumberField
                            label=text!("How many")
                            help=text!("A whole number of what stands beside it.")
                            kind=NumberKind::Whole
                            value=Signal::derive(move || draft.with(|draft| draft.count.clone()))
                            on_change=Callback::new(move |count| draft.update(|draft| draft.count = count))
                            problem=none
                            unreadable=Signal::derive(move || problem.with(Option::is_some))
                        />
                    </Show>
                </Show>
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_say_what_the_link_says() {
        for text in ["accuracy:55@60s", "loss:0.5@100steps", "accuracy:50", "loss:2@3epochs"] {
            let goal = Goal::parse(text).unwrap();
            assert_eq!(Draft::of(Some(goal)).goal(), (Some(goal), None), "{text}");
        }
        assert_eq!(Draft::of(None).goal(), (None, None), "no goal until one is chosen");
    }

    #[test]
    fn what_is_typed_wrongly_is_told_and_the_nearest_goal_is_used() {
        let mut draft = Draft::of(None);
        draft.choose("accuracy".into());
        draft.target = "140".into();
        let (goal, problem) = draft.goal();
        assert_eq!(goal.map(|goal| goal.to_string()).as_deref(), Some("accuracy:100@60s"));
        assert!(problem.unwrap().contains("at most 100"));
        draft.target = "many".into();
        assert_eq!(draft.goal().0, None);
        draft.choose("loss".into());
        assert_eq!(draft.target, "1", "a loss of 50 is no goal");
    }

    #[test]
    fn every_quantity_and_unit_can_be_chosen() {
        for &quantity in GoalQuantity::ALL {
            for unit in GoalLimit::UNITS {
                let draft = Draft { quantity: quantity.name().into(), target: "5".into(), unit: unit.into(), count: "3".into() };
                assert_eq!(draft.goal().1, None);
            }
        }
    }
}
