//! How good the network is: a report on the held-out images. The trainer says what it takes each for, the workbench writes
//! the report, the page shows it.

use std::sync::Arc;

use crate::evaluation::View;
use crate::protocol::TrainCommand;
use crate::protocol::tasks::{ReportPart, ReportRequest, WorkbenchAnswer, WorkbenchRequest};
use crate::run::Run;

use super::files::save_file;
use super::follow::{follow, listen};
use super::markup::{button_of, focus_again, say, set};
use super::session::Session;
use super::signals::{Kept, untrack};
use super::workbench;

/// A panel that costs nothing until it is first asked.
pub const HTML: &str = "<section class=panel aria-labelledby=report-title id=report data-testid=report><div class=panel-head>\
    <h2 id=report-title>How good is it?</h2><p class=panel-lead>every held-out image, one by one</p></div>\
    <p class=caption id=report-empty>Press Play or Step, then ask: how it does on each class, what it takes for what, its surest mistakes, \
    and whether it is as sure as it may be.</p>\
    <div class=experiment-buttons><button class=quiet id=report-ask disabled>Look at every held-out image</button></div>\
    <p class=finding id=report-note role=status></p><div id=report-shown></div></section>";

/// Keeps it.
pub fn start(session: Session) {
    let panel = Panel { session, state: Kept::new(State::default()) };
    follow(move || panel.follow_run());
    listen("report", &["click"], move |event| panel.clicked(&button_of(event)));
}

#[derive(Default)]
struct State {
    view: View,
    /// Where the predictions lie that are shown: it tells old from new, for the same may come again. 0 for none.
    shown: usize,
    /// Whether the trainer was asked and has not answered.
    waits: bool,
    /// `id` of the button whose answer is awaited, and that is disabled or written anew until then.
    pressed: &'static str,
}

#[derive(Clone, Copy)]
struct Panel {
    session: Session,
    state: Kept<State>,
}

impl Panel {
    fn follow_run(self) {
        let of = |run: &Run| (address(run.predictions.as_ref()), run.can_be_asked());
        let (there, can_be_asked) = self.session.of_run(of).unwrap_or_default();
        let is_new = self.state.update(|state| {
            let is_new = std::mem::replace(&mut state.shown, there) != there;
            state.waits &= can_be_asked && !is_new;
            set("report-ask", "disabled", &(!can_be_asked || state.waits).into());
            is_new
        });
        if is_new || !can_be_asked {
            say("report-note", "");
        }
        if !is_new {
            return;
        }
        set("report-empty", "hidden", &(there != 0).into());
        if there == 0 {
            set("report-shown", "innerHTML", &"".into());
        } else {
            self.ask(ReportPart::Whole);
        }
    }

    fn clicked(self, id: &str) {
        let press = |pressed: &'static str| self.state.update(|state| state.pressed = pressed);
        match id {
            "report-ask" => {
                press("report-ask");
                self.state.update(|state| state.waits = true);
                set(id, "disabled", &true.into());
                say("report-note", "Looking at every held-out image…");
                self.session.ask(TrainCommand::Predict);
            }
            "report-mirror" => {
                press("report-mirror");
                self.state.update(|state| state.view = state.view.other());
                self.ask(ReportPart::Whole);
            }
            "report-csv" => self.ask(ReportPart::Csv),
            "report-text" => self.ask(ReportPart::Text),
            _ => {
                let cell = id.strip_prefix("report-cell-").and_then(|cell| cell.split_once('-'));
                if let Some((Ok(label), Ok(predicted))) = cell.map(|(label, predicted)| (label.parse(), predicted.parse())) {
                    self.ask(ReportPart::Cell { label, predicted });
                }
            }
        }
    }

    /// Asks the workbench for a part of the report on the newest predictions.
    fn ask(self, part: ReportPart) {
        let of = |run: &Run| Some((run.predictions.clone()?, run.class_names()));
        let Some((predictions, names)) = untrack(|| self.session.of_run(of)).flatten() else { return };
        let asked = address(Some(&predictions));
        let request = ReportRequest { predictions: predictions.to_vec(), names, view: self.state.with(|state| state.view), part };
        workbench::ask(WorkbenchRequest::Report(request), &[], move |answer| match answer {
            WorkbenchAnswer::Html(html) if self.state.with(|state| state.shown == asked) => {
                let target = if part == ReportPart::Whole { "report-shown" } else { "report-cell" };
                set(target, "innerHTML", &html.into());
                focus_again(self.state.update(|state| std::mem::take(&mut state.pressed)).into());
            }
            WorkbenchAnswer::File { name, bytes } => save_file(&name, &bytes),
            WorkbenchAnswer::Refused { sentence } => say("report-note", &sentence),
            _ => {}
        });
    }
}

fn address(predictions: Option<&Arc<Vec<u8>>>) -> usize {
    predictions.map_or(0, |predictions| Arc::as_ptr(predictions) as usize)
}
