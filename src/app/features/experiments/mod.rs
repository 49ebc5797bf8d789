//! One-click experiments: a question, its networks, and the measured answer.

mod answer;
mod card_picture;
mod charts;
mod question_card;

use leptos::{html, prelude::*};

use crate::app::context::use_studies;
use crate::language::text;
use crate::spec::Named;
use crate::studies::Question;

use answer::Answer;
use charts::Charts;
use question_card::{QuestionCard, expected_times};

/// A card for each question, what is under way, and the answer.
#[component]
pub fn Experiments() -> impl IntoView {
    let studies = use_studies();
    let cards: Vec<(Question, NodeRef<html::Button>)> = Question::ALL.iter().map(|question| (*question, NodeRef::new())).collect();
    let buttons = StoredValue::new(cards.clone());
    let asked = Memo::new(move |_| studies.state().with(|state| state.as_ref().map(|under_way| under_way.question)));
    let times = expected_times();
    let known = times.clone();
    let is_measured = Memo::new(move |_| known.iter().any(|time| time.get().is_some()));
    // Where the focus goes when “Stop” has nothing more to stop.
    let focus_card = Callback::new(move |()| {
        let button = buttons.with_value(|cards| cards.iter().find(|card| Some(card.0) == asked.get_untracked()).map(|card| card.1));
        if let Some(button) = button.and_then(|button| button.get_untracked()) {
            // A button in the document takes the focus.
            let _ = button.focus();
        }
    });
    let card = move |((question, button), expected_ms): ((Question, NodeRef<html::Button>), RwSignal<Option<f64>>)| {
        view! {
            <li>
                <QuestionCard question button is_asked=Signal::derive(move || asked.get() == Some(question)) expected_ms />
            </li>
        }
    };
    view! {
        <div class="experiments">
            <p class="experiments-lead">
                {text!(
                    "Each question trains a few networks from the same seed on the same images and answers in one sentence. Your \
                     current run is not touched."
                )}
            </p>
            <ul class="experiments-cards">{cards.into_iter().zip(times.clone()).map(card).collect_view()}</ul>
            <p class="experiments-lead" hidden=move || is_measured.get()>
                {text!(
                    "Times appear once the speed of this device is known: train for a while, or press “How long will it take?” under \
                     Costs."
                )}
            </p>
            <Answer on_vanishing_focus=focus_card />
            <Charts />
        </div>
    }
}
