//! Runs as a report to hand in: who writes it, what they write, and which runs.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::components::{Sheet, unique_id};
use crate::app::context::{SavedFiles, use_run, use_saved_files, use_studies, use_view};
use crate::app::services::{clock, local_storage, location};
use crate::experiment::goal::Goal;
use crate::export::report::{ReportRequest, ReportedAnswer};
use crate::language::text;
use crate::run::{RunState, StudyRun};

use super::choices::choices;

/// Where the browser keeps what is being written.
const DRAFT: &str = "resnet-playground-report";

const MADE_BY: &str = concat!("ResNet Playground ", env!("CARGO_PKG_VERSION"));

/// What is written, kept while it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Draft {
    author: String,
    text: String,
}

/// A sheet with the form.
#[component]
pub fn ReportSheet(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Sheet title=text!("Save as report") open>
            <ReportForm />
        </Sheet>
    }
}

#[component]
fn ReportForm() -> impl IntoView {
    let (run, studies, files) = (use_run(), use_studies(), use_saved_files());
    let view = use_view();
    let keeps = !view.is_embedded();
    let draft = RwSignal::new(if keeps { local_storage::get::<Draft>(DRAFT).unwrap_or_default() } else { Draft::default() });
    let write = move |change: fn(&mut Draft, String), value: String| {
        draft.update(|draft| change(draft, value));
        if keeps {
            // Without room for it nothing is lost while the page is open.
            let _ = draft.with_untracked(|draft| local_storage::set(DRAFT, draft));
        }
    };
    let usual = Memo::new(move |_| run.state().with(RunState::runs_to_report));
    // None until somebody chooses.
    let chosen = RwSignal::new(None::<Vec<u64>>);
    let ids = Memo::new(move |_| chosen.get().unwrap_or_else(|| usual.with(|usual| usual.ids.clone())));
    let save = move |_| {
        if !ids.with_untracked(Vec::is_empty) {
            let under_way = studies.state().get_untracked();
            let goal = view.from_author.with_untracked(|author| author.goal);
            let request =
                run.state().with_untracked(|state| request(state, under_way.as_ref(), goal, &ids.get_untracked(), draft.get_untracked()));
            files.save_report(request);
        }
    };
    let (name_id, text_id) = (unique_id("report-name"), unique_id("report-text"));
    view! {
        <div class="runs-form">
            <p>{text!("One HTML file to hand in: your text, the runs' settings, curves and numbers, and the links that repeat them.")}</p>
            <label for=name_id.clone()>{text!("Your name (optional)")}</label>
            <input
                type="text"
                id=name_id
                maxlength="100"
                autocomplete="name"
                prop:value=move || draft.with(|draft| draft.author.clone())
                on:input=move |event| write(|draft, value| draft.author = value, event_target_value(&event))
            />
            <label for=text_id.clone()>{text!("Your text")}</label>
            <textarea
                id=text_id
                rows="10"
                placeholder=text!("What did you expect? What did you see? Why?")
                prop:value=move || draft.with(|draft| draft.text.clone())
                on:input=move |event| write(|draft, value| draft.text = value, event_target_value(&event))
            ></textarea>
            <RunChoice ids chosen />
            <p class="runs-form-note">{move || usual.with(|usual| usual.reason)}</p>
            <Finish files ids save />
        </div>
    }
}

/// A box for each run.
#[component]
fn RunChoice(
    /// Runs that are chosen.
    #[prop(into)]
    ids: Signal<Vec<u64>>,
    /// What somebody chose instead of the usual.
    chosen: RwSignal<Option<Vec<u64>>>,
) -> impl IntoView {
    let run = use_run();
    let runs = Memo::new(move |_| run.state().with(choices));
    let row = move |(id, words): (u64, String)| {
        let toggle = move |event| {
            let mut all = ids.get_untracked();
            all.retain(|other| *other != id);
            if event_target_checked(&event) {
                all.push(id);
            }
            chosen.set(Some(all));
        };
        view! {
            <label class="runs-form-choice">
                <input type="checkbox" prop:checked=move || ids.with(|ids| ids.contains(&id)) on:change=toggle />
                {words}
            </label>
        }
    };
    view! {
        <fieldset class="runs-form-choices">
            <legend>{text!("Runs")}</legend>
            <For each=move || runs.get() key=|choice| choice.clone() let:choice>
                {row(choice)}
            </For>
        </fieldset>
    }
}

#[component]
fn Finish(
    /// Writes the file.
    files: SavedFiles,
    /// Runs that are chosen.
    #[prop(into)]
    ids: Signal<Vec<u64>>,
    /// Saves the report.
    save: impl Fn(leptos::ev::MouseEvent) + 'static,
) -> impl IntoView {
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    view! {
        <div class="runs-form-end">
            <button type="button" class="quiet" aria-disabled=move || is_empty.get().to_string() on:click=save>
                {text!("Save the report")}
            </button>
            <p role="status" aria-label=text!("Report")>
                {move || if is_empty.get() { text!("Choose at least one run.").into() } else { files.said().get() }}
            </p>
        </div>
    }
}

fn request(state: &RunState, under_way: Option<&StudyRun>, goal: Option<Goal>, ids: &[u64], draft: Draft) -> ReportRequest {
    let Draft { author, text } = draft;
    let runs = state.reported(ids, &location::link(""));
    let asked = under_way.filter(|under_way| under_way.is_over() && !under_way.report.charts.is_empty());
    let asked = asked.map(|under_way| ReportedAnswer { question: under_way.question.label().into(), report: under_way.report.clone() });
    let now = state.run().filter(|_| ids.contains(&state.history.next_id()));
    let lesions = now.and_then(|run| run.lesions.as_deref().cloned());
    let lesions = lesions.map(|report| ReportedAnswer { question: text!("What is each block of this run worth?").into(), report });
    let answers = asked.into_iter().chain(lesions).collect();
    let progress = |goal: &Goal| state.run().map(|run| goal.progress_words(&run.goal_progress(goal)));
    let goal = goal.map(|goal| format!("{}: {}.", goal.words(), progress(&goal).unwrap_or_else(|| text!("no run yet").into())));
    ReportRequest { author, text, date: clock::today(), made_by: MADE_BY.into(), goal, runs, answers }
}
