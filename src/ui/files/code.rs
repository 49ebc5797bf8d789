//! The network as source code. The trainer for the CPU writes it: the page is smaller without.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use crate::export::{CodeRequest, Framework, Part};
use crate::protocol::{TrainCommand, TrainEvent};
use crate::run_state::TrainerKind;
use crate::ui::address;
use crate::ui::markup::{element, say, set};
use crate::ui::session::Session;
use crate::ui::worker_client::{Heard, WorkerClient};

/// The worker that writes, while it does.
#[derive(Clone, Copy)]
pub struct CodeWriter(StoredValue<Option<WorkerClient>, LocalStorage>);

impl Default for CodeWriter {
    fn default() -> Self {
        Self(StoredValue::new_local(None))
    }
}

impl CodeWriter {
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
        say("code-note", "Writing…");
        let heard = move |heard| match heard {
            Heard::Event(TrainEvent::Ready { .. }) => {
                let command = TrainCommand::WriteCode(request.clone());
                // What cannot be posted is heard as broken.
                let _ = self.0.with_value(|writer| writer.as_ref().map(|writer| writer.post(&command)));
            }
            Heard::Event(TrainEvent::File { bytes, .. }) => show(String::from_utf8_lossy(&bytes).into_owned()),
            Heard::Event(TrainEvent::Failed(error)) => say("code-note", &error.to_string()),
            Heard::Event(_) => {}
            Heard::Broken(reason) => say("code-note", &reason),
        };
        self.0.set_value(WorkerClient::start(TrainerKind::Cpu, heard).ok());
    }
}

fn show(code: String) {
    say("code", &code);
    set("code", "hidden", &JsValue::FALSE);
    spawn_local(async move { say("code-note", if address::copy(&code).await { "Copied" } else { "Copy it from here" }) });
}
