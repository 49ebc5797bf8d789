//! The network as source code or as a graph in text. The trainer for the CPU writes it: the page is smaller without.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::escape::escape;
use crate::export::{CodeRequest, Framework, LineRange, Part};
use crate::protocol::{TrainCommand, TrainEvent};
use crate::run_state::TrainerKind;
use crate::ui::address;
use crate::ui::files::save_file;
use crate::ui::markup::{element, say, set};
use crate::ui::session::Session;
use crate::ui::signals::Kept;
use crate::ui::worker_client::{Heard, WorkerClient};

/// Code that stays in view above the marked lines.
const MARGIN_PX: i32 = 40;

/// The worker that writes, while it does.
#[derive(Clone, Copy)]
pub struct CodeWriter {
    worker: Kept<Option<WorkerClient>>,
    /// Where sentences about it go.
    note: &'static str,
}

impl CodeWriter {
    /// One that has nothing to write yet and speaks in the element of that `id`.
    pub fn speaking_in(note: &'static str) -> Self {
        Self { worker: Kept::new(None), note }
    }

    /// Shows and copies the code of the network that the controls describe.
    pub fn write(self, session: Session, framework: Framework) {
        let checked = element("stages-only").and_then(|element| js_sys::Reflect::get(&element, &"checked".into()).ok());
        let part = if checked == Some(JsValue::TRUE) { Part::ResidualStages } else { Part::WholeNetwork };
        let request = session.experiment.with_untracked(|experiment| CodeRequest {
            network: experiment.network.clone(),
            framework,
            part,
            l2: experiment.hyperparameters.l2,
        });
        self.ask(session, TrainCommand::WriteCode(request));
    }

    /// Saves the layer graph of that network in the DOT language.
    pub fn save_dot(self, session: Session) {
        let network = session.experiment.with_untracked(|experiment| experiment.network.clone());
        self.ask(session, TrainCommand::WriteDot(Box::new(network)));
    }

    fn ask(self, session: Session, command: TrainCommand) {
        say(self.note, "Writing…");
        let heard = move |heard| match heard {
            Heard::Event(TrainEvent::Ready { .. }) => {
                // What cannot be posted is heard as broken.
                let _ = self.worker.with(|writer| writer.as_ref().map(|writer| writer.post(&command)));
            }
            Heard::Event(TrainEvent::CodeLines(lines)) => session.code_lines.set(lines),
            Heard::Event(TrainEvent::File { name, bytes }) if name.ends_with(".dot") => {
                save_file(&name, &bytes);
                say(self.note, "Saved");
            }
            Heard::Event(TrainEvent::File { bytes, .. }) => show(self.note, String::from_utf8(bytes).unwrap_or_default()),
            Heard::Event(TrainEvent::Failed(error)) => say(self.note, &error.to_string()),
            Heard::Event(_) => {}
            Heard::Broken(reason) => say(self.note, &reason),
        };
        self.worker.set(WorkerClient::start(TrainerKind::Cpu, heard).ok());
    }
}

/// Marks lines of the code that is shown, and brings them into its view.
pub fn mark_lines(lines: Option<LineRange>) {
    let Some(code) = element("code") else { return };
    let text = code.text_content().unwrap_or_default();
    code.set_inner_html(&lines.map_or_else(|| escape(&text), |lines| lines.marked_in(&text)));
    if let Some(mark) = code.first_element_child() {
        // Only the code scrolls: the page stays where the visitor looks.
        let above = mark.get_bounding_client_rect().top() - code.get_bounding_client_rect().top();
        code.set_scroll_top(code.scroll_top() + above as i32 - MARGIN_PX);
    }
}

fn show(note: &'static str, code: String) {
    say("code", &code);
    set("code", "hidden", &JsValue::FALSE);
    spawn_local(async move { say(note, if address::copy(&code).await { "Copied" } else { "Copy it from here" }) });
}
