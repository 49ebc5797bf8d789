//! Where the network trains.

use leptos::prelude::*;

use crate::permalink::DeviceChoice;
use crate::ui::session::Session;

const CHOICES: [(DeviceChoice, &str, &str); 3] = [
    (DeviceChoice::Automatic, "Automatic", "The GPU where the browser has a real one, the CPU elsewhere"),
    (DeviceChoice::WebGpu, "WebGPU", "The GPU, even one simulated in software"),
    (DeviceChoice::Cpu, "CPU", "The processor: works everywhere"),
];

/// Automatic, WebGPU or CPU, and why the choice leads where it leads.
#[component]
pub fn DeviceRadios() -> impl IntoView {
    let session = Session::of_page();
    let chosen = Memo::new(move |_| session.experiment.with(|experiment| experiment.device));
    let radio = move |(choice, name, title): (DeviceChoice, &'static str, &'static str)| {
        view! {
            <label class="segment" title=title>
                <input
                    type="radio"
                    name="device"
                    prop:checked=move || chosen.get() == choice
                    on:change=move |_| session.experiment.update(|experiment| experiment.device = choice)
                />
                <span>{name}</span>
            </label>
        }
    };
    let note = move || session.trainer().and_then(|(_, note)| note);
    view! {
        <div class="field wide">
            <span class="label" id="device-label">"Device"</span>
            <div class="segments" role="radiogroup" aria-labelledby="device-label">{CHOICES.map(radio).collect_view()}</div>
            <div class="caption">{note}</div>
        </div>
    }
}
