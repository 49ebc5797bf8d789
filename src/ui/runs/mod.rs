//! The runs there are: what differed, how far each came, which are drawn; two of them alone; all as CSV.

mod rows;

use web_sys::Event;

use crate::run::{RunState, layers_as_csv, runs_as_csv};

use super::address;
use super::files::save_file;
use super::follow::{follow, keep_attribute, keep_html, keep_text, listen};
use super::markup::{focus_again, of_target, say, set, value_of};
use super::session::Session;
use crate::ui::signals::Memo;

const LEAD: &str = "named by what differs from the one before, kept for the next visit";
const EMPTY: &str = "Press Play: a run is kept when it is reset or the page is closed, to compare with those that follow.";
const FIRST: &str = "compare-first";
const SECOND: &str = "compare-second";

/// What the buttons of a row do: the start of their ids, before the id of the run.
mod action {
    pub const SHOW: &str = "show-";
    pub const NAME: &str = "name-";
    pub const PIN: &str = "pin-";
    pub const FORGET: &str = "forget-";
}

/// A table of the run there is and those before it, newest first.
pub fn html() -> String {
    format!(
        "<section class=panel aria-labelledby=runs id=runs-panel><div class=panel-head><h2 id=runs>Runs</h2><p class=panel-lead>{LEAD}</p></div>\
         <p class=caption id=runs-empty>{EMPTY}</p><div id=runs-shown hidden><table class=runs data-testid=runs><thead>{}</thead>\
         <tbody id=run-now></tbody><tbody id=runs-kept></tbody></table><div class=experiment-buttons id=runs-compared></div></div>\
         <p class=finding aria-live=polite id=comparison data-testid=comparison></p></section>",
        rows::HEAD
    )
}

/// Keeps it.
pub fn start(session: Session) {
    // A name that is typed makes no new rows: they would take the focus away from what is clicked next.
    let shape = Memo::new(move |_| session.run.with(rows::shape));
    follow(move || {
        let is_empty = shape.with(Vec::is_empty);
        session.run.with_untracked(|state| {
            set("runs-kept", "innerHTML", &rows::kept(state).into());
            set("runs-compared", "innerHTML", &rows::comparison(state, FIRST, SECOND).into());
        });
        set("runs-empty", "hidden", &(!is_empty).into());
        set("runs-shown", "hidden", &is_empty.into());
    });
    keep_html("run-now", move || session.run.with(rows::of_run));
    keep_text("comparison", move || session.run.with(RunState::comparison).unwrap_or_default());
    // Numbers that change all the time are not read aloud.
    keep_attribute("comparison", "aria-live", move || Some(if session.run.with(RunState::is_playing) { "off" } else { "polite" }.into()));
    listen("runs-panel", &["click"], move |event| clicked(session, event));
    listen("runs-panel", &["change"], move |event| changed(session, event));
}

fn clicked(session: Session, event: &Event) {
    let id = of_target(event, "id");
    match id.as_str() {
        "compare-show" => {
            let compared = session.run.with_untracked(|state| state.history.compared().is_some());
            compare(session, !compared);
        }
        "runs-csv" => save(session, "resnet-playground-runs.csv", runs_as_csv),
        "layers-csv" => save(session, "resnet-playground-layers.csv", layers_as_csv),
        _ => {
            let of = |action: &str| id.strip_prefix(action)?.parse::<u64>().ok();
            if let Some(run) = of(action::PIN) {
                session.run.update(|state| {
                    let pinned = state.history.find(run).is_some_and(|run| run.pinned);
                    state.history.pin(run, !pinned);
                });
            } else if let Some(run) = of(action::FORGET) {
                session.run.update(|state| state.history.remove(run));
            } else {
                return;
            }
        }
    }
    focus_again(id);
}

fn changed(session: Session, event: &Event) {
    let id = of_target(event, "id");
    if id == FIRST || id == SECOND {
        if session.run.with_untracked(|state| state.history.compared().is_some()) {
            compare(session, true);
            focus_again(id);
        }
        return;
    }
    let of = |action: &str| id.strip_prefix(action)?.parse::<u64>().ok();
    if let Some(run) = of(action::NAME) {
        session.run.update(|state| state.history.rename(run, &of_target(event, "value")));
        let named = session.run.with_untracked(|state| state.history.find(run).map(|run| (run.own_name.clone(), run.label())));
        if let Some((name, label)) = named {
            set(&id, "value", &name.unwrap_or_default().into());
            for list in [FIRST, SECOND] {
                say(&format!("{list}-{run}"), &label);
            }
        }
    } else if let Some(run) = of(action::SHOW) {
        session.run.update(|state| {
            let drawn = state.history.find(run).is_some_and(|run| run.style.is_some());
            state.history.overlay(run, !drawn);
        });
        focus_again(id);
    }
}

/// Shows the two runs that are chosen alone, or all again.
fn compare(session: Session, alone: bool) {
    let chosen = [FIRST, SECOND].map(|list| value_of(list).parse::<u64>());
    if let [Ok(first), Ok(second)] = chosen {
        session.run.update(|state| state.history.compare(Some([first, second]).filter(|_| alone)));
    }
}

fn save(session: Session, name: &str, table: fn(&[crate::run::KeptRun], &str) -> String) {
    let runs = session.run.with_untracked(RunState::all_runs);
    save_file(name, table(&runs, &address::link("")).as_bytes());
}
