//! Two runs alone, in the charts and in a sentence.

use leptos::prelude::*;

use crate::app::components::{SelectField, SelectOption};
use crate::app::context::use_run;
use crate::language::text;
use crate::run::RunState;

use super::choices::choices;
use super::pair::{pair, with_choice};

/// Two lists to choose runs from, the button that shows them alone, and what differs.
#[component]
pub fn Compare() -> impl IntoView {
    let run = use_run();
    let state = run.state();
    let choices = Memo::new(move |_| state.with(choices));
    let chosen = RwSignal::new([None::<u64>; 2]);
    let compared = Memo::new(move |_| state.with(|state| state.history.compared()));
    let shown = Memo::new(move |_| {
        let chosen = compared.get().map_or_else(|| chosen.get(), |pair| pair.map(Some));
        choices.with(|choices| pair(chosen, &choices.iter().map(|(id, _)| *id).collect::<Vec<_>>()))
    });
    let has_pair = Memo::new(move |_| shown.get().is_some());
    let options = Memo::new(move |_| {
        choices.with(|choices| choices.iter().map(|(id, words)| SelectOption::new(id.to_string(), words.clone())).collect::<Vec<_>>())
    });
    let value =
        move |place: usize| Signal::derive(move || shown.get().and_then(|pair| pair.get(place).map(u64::to_string)).unwrap_or_default());
    let choose = move |place: usize| {
        Callback::new(move |value: String| {
            // The values of the list's options are run ids as text.
            let Some(id) = choices.with_untracked(|choices| choices.iter().map(|(id, _)| *id).find(|id| id.to_string() == value)) else {
                return;
            };
            let Some(pair) = shown.get_untracked().map(|pair| with_choice(pair, place, id)) else { return };
            chosen.set(pair.map(Some));
            if compared.get_untracked().is_some() {
                run.change_history(|history| history.compare(Some(pair)));
            }
        })
    };
    let toggle = move |_| {
        let alone = compared.get_untracked().is_none();
        let pair = shown.get_untracked();
        chosen.set(pair.map_or([None; 2], |pair| pair.map(Some)));
        run.change_history(|history| history.compare(pair.filter(|_| alone)));
    };
    let sentence = Memo::new(move |_| state.with(RunState::comparison).unwrap_or_default());
    // Numbers that change all the time are not read aloud.
    let live = Memo::new(move |_| if run.is_playing() { "off" } else { "polite" });
    view! {
        <div class="runs-compare" hidden=move || !has_pair.get()>
            <SelectField label=text!("Compare run") help=text!("The first of two runs") options value=value(0) on_change=choose(0) />
            <SelectField label=text!("with run") help=text!("The second of two runs") options value=value(1) on_change=choose(1) />
            <button
                type="button"
                class="quiet"
                title=text!("Draws these two alone, and says what differs")
                aria-pressed=move || compared.get().is_some().to_string()
                on:click=toggle
            >
                {move || if compared.get().is_some() { text!("Show all runs") } else { text!("Compare the two") }}
            </button>
        </div>
        <p class="runs-comparison" role="status" aria-label=text!("Comparison") aria-live=move || live.get()>
            {sentence}
        </p>
    }
}
