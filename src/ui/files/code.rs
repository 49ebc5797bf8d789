//! The network as source code. The trainer for the CPU writes it: the page is smaller without.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::button;
use crate::export::{CodeRequest, Framework, Part};
use crate::protocol::{TrainCommand, TrainEvent};
use crate::run_state::TrainerKind;
use crate::ui::address;
use crate::ui::session::Session;
use crate::ui::shown::text;
use crate::ui::worker_client::{Heard, WorkerClient};

pub fn code() -> AnyView {
    let session = Session::of_page();
    let shown = RwSignal::new(String::new());
    let said = RwSignal::new("");
    let writer = StoredValue::new_local(None::<WorkerClient>);
    let stages_only = RwSignal::new(false);
    let write = move |framework: Framework| {
        let request = session.experiment.with_untracked(|experiment| CodeRequest {
            network: experiment.network.clone(),
            framework,
            part: if stages_only.get_untracked() { Part::ResidualStages } else { Part::WholeNetwork },
            l2: experiment.hyperparameters.l2,
        });
        said.set("Writing…");
        let heard = move |heard| match heard {
            Heard::Event(TrainEvent::Ready { .. }) => {
                let command = TrainCommand::WriteCode(request.clone());
                // What cannot be posted is heard as broken.
                let _ = writer.with_value(|writer| writer.as_ref().map(|writer| writer.post(&command)));
            }
            Heard::Event(TrainEvent::File { bytes, .. }) => {
                let code = String::from_utf8_lossy(&bytes).into_owned();
                shown.set(code.clone());
                spawn_local(async move { said.set(if address::copy(&code).await { "Copied" } else { "Copy it from here" }) });
            }
            _ => said.set("The network cannot be written: see what is wrong with it above."),
        };
        writer.set_value(WorkerClient::start(TrainerKind::Cpu, heard).ok());
    };
    let one = move |framework, name, help| button(name, help, move || write(framework));
    view! {
        <div class="field">
            <span class="label">"The network as code, with the lines that load saved weights"</span>
            <div class="field-row">
                {one(Framework::Keras, "Copy as Keras", "Keras 3")}
                {one(Framework::PyTorch, "Copy as PyTorch", "PyTorch 2")}
                {one(Framework::Burn, "Copy as Burn", "Burn 0.22, in Rust")}
                <label>
                    <input type="checkbox" prop:checked=stages_only on:change=move |event| stages_only.set(event_target_checked(&event)) />
                    " residual stages only"
                </label>
                <span class="caption" role="status">{text(move || said.get())}</span>
            </div>
            <pre class="code" tabindex="0" aria-label="Source code of the network" hidden=move || shown.with(String::is_empty)>{shown}</pre>
        </div>
    }
    .into_any()
}
