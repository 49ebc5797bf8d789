//! One run in the table.

use leptos::{ev, prelude::*};
use web_sys::KeyboardEvent;

use crate::app::components::{CurveRole, ValueFormat};
use crate::app::context::use_run;
use crate::evaluation::metrics::last_loss;
use crate::experiment::permalink::{ViewOptions, write};
use crate::language::{text, tr};
use crate::run::{KeptRun, RunState};

/// What a row shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowFacts {
    /// Tells it from all other runs.
    pub id: u64,
    /// Counts runs.
    pub number: usize,
    /// What differs from the run before.
    pub name: String,
    /// What the visitor calls it.
    pub own_name: String,
    /// Steps done, and what has to be known about the numbers.
    pub extent: String,
    /// How far it came.
    pub loss: String,
    /// Accuracy on the held-out images.
    pub held_out: String,
    /// Whether newer runs do not push it out.
    pub pinned: bool,
    /// Colour of its curves while they are drawn.
    pub role: Option<CurveRole>,
    /// Link that repeats it, without the page's address.
    pub query: String,
}

impl RowFacts {
    /// Of a run that is kept.
    pub fn of(run: &KeptRun) -> Self {
        Self {
            id: run.id,
            number: run.number,
            name: run.name.clone(),
            own_name: run.own_name.clone().unwrap_or_default(),
            extent: run.extent(),
            loss: last_loss(&run.steps).map(|loss| ValueFormat::Plain.value(loss)).unwrap_or_default(),
            held_out: run.held_out.last().map(|pass| ValueFormat::Percent.value(f64::from(pass.accuracy))).unwrap_or_default(),
            pinned: run.pinned,
            role: run.style.map(CurveRole::EarlierRun),
            query: write(&run.experiment, &ViewOptions::default()),
        }
    }

    /// Of the run there is, once it has measured a step.
    pub fn of_current(state: &RunState) -> Option<Self> {
        state.current_as_kept(20).map(|run| Self::of(&run))
    }
}

/// The run there is.
#[component]
pub fn CurrentRow(
    /// What it shows.
    #[prop(into)]
    facts: Signal<RowFacts>,
) -> impl IntoView {
    let of = move |look: fn(&RowFacts) -> String| Memo::new(move |_| facts.with(look));
    view! {
        <tr>
            <td>
                <span class="runs-swatch curve-training" aria-hidden="true"></span>
            </td>
            <th scope="row">
                <span class="runs-number">{of(|facts| facts.number.to_string())}</span>
                " "
                <span class="runs-facts">
                    <span class="runs-name">{of(|facts| facts.name.clone())}</span>
                    " · "
                    {of(|facts| facts.extent.clone())}
                    {text!(", now")}
                </span>
            </th>
            <td class="number-cell">{of(|facts| facts.loss.clone())}</td>
            <td class="number-cell">{of(|facts| facts.held_out.clone())}</td>
            <td></td>
        </tr>
    }
}

/// A run that is kept.
#[component]
pub fn KeptRow(
    /// Tells it from all others.
    id: u64,
    /// What it shows.
    #[prop(into)]
    facts: Signal<RowFacts>,
    /// Forgets it.
    forget: Callback<u64>,
) -> impl IntoView {
    let run = use_run();
    let number = facts.with_untracked(|facts| facts.number);
    let of = move |look: fn(&RowFacts) -> String| Memo::new(move |_| facts.with(look));
    let pinned = Memo::new(move |_| facts.with(|facts| facts.pinned));
    let role = Memo::new(move |_| facts.with(|facts| facts.role));
    let own_name = of(|facts| facts.own_name.clone());
    // Raised after a name was taken: the field shows it as it was taken, trimmed, even where that is the name it had.
    let written = RwSignal::new(0_u32);
    let shown_name = move || {
        written.track();
        own_name.get()
    };
    let take_name = move |name: String| {
        if name.trim() != own_name.get_untracked() {
            run.change_history(|history| history.rename(id, &name));
        }
        written.update(|count| *count += 1);
    };
    let name_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            take_name(event_target_value(&event));
        }
    };
    let draw = move |event: ev::Event| run.change_history(|history| history.overlay(id, event_target_checked(&event)));
    let pin = move |_| run.change_history(|history| history.pin(id, !pinned.get_untracked()));
    let swatch = move || role.get().map_or_else(String::new, |role| format!("runs-swatch {}", role.css_class()));
    view! {
        <tr>
            <td>
                <label class="runs-drawn">
                    <input
                        type="checkbox"
                        aria-label=tr!("Draw the curves of run {number}", number)
                        prop:checked=move || role.get().is_some()
                        on:change=draw
                    />
                    <span class=swatch aria-hidden="true"></span>
                </label>
            </td>
            <th scope="row">
                <span class="runs-number">{number}</span>
                " "
                <input
                    type="text"
                    class="runs-own-name"
                    maxlength="60"
                    autocomplete="off"
                    placeholder=text!("name it")
                    aria-label=tr!("Name of run {number}", number)
                    title=text!("A name of your own, beside what differs")
                    prop:value=shown_name
                    on:change=move |event| take_name(event_target_value(&event))
                    on:keydown=name_key
                />
                <span class="runs-facts">
                    <span class="runs-name">{of(|facts| facts.name.clone())}</span>
                    " · "
                    {of(|facts| facts.extent.clone())}
                    " · "
                    <a
                        href=move || facts.with(|facts| format!("?{}", facts.query))
                        target="_blank"
                        title=text!("The page with the settings of this run")
                    >
                        {text!("link")}
                    </a>
                </span>
            </th>
            <td class="number-cell">{of(|facts| facts.loss.clone())}</td>
            <td class="number-cell">{of(|facts| facts.held_out.clone())}</td>
            <td class="runs-actions">
                <button
                    type="button"
                    class="quiet icon-button"
                    aria-label=tr!("Pin run {number}", number)
                    title=text!("A pinned run is never pushed out by newer ones")
                    aria-pressed=move || pinned.get().to_string()
                    on:click=pin
                >
                    <span aria-hidden="true">{move || if pinned.get() { "★" } else { "☆" }}</span>
                </button>
                <button
                    type="button"
                    class="quiet icon-button"
                    aria-label=tr!("Forget run {number}", number)
                    title=tr!("Forget run {number}", number)
                    on:click=move |_| forget.run(id)
                >
                    <span aria-hidden="true">"×"</span>
                </button>
            </td>
        </tr>
    }
}
