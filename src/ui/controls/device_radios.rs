//! Where the network trains.

use leptos::prelude::*;

use crate::permalink::DeviceChoice;
use crate::ui::session::Session;
use crate::ui::shown::whether;

const CHOICES: [(DeviceChoice, &str, &str); 3] = [
    (DeviceChoice::Automatic, "Automatic", "The GPU where the browser has a real one, the CPU elsewhere"),
    (DeviceChoice::Cpu, "CPU", "The processor: works everywhere"),
    (DeviceChoice::WebGpu, "WebGPU", "The GPU, even one simulated in software"),
];

/// Automatic, CPU or WebGPU.
#[component]
pub fn DeviceRadios() -> impl IntoView {
    let session = Session::of_page();
    let chosen = move || session.experiment.with(|experiment| experiment.device);
    let radio = move |(choice, name, title): (DeviceChoice, &'static str, &'static str)| {
        view! {
            <label class="segment" title=title>
                <input
                    type="radio"
                    name="device"
                    prop:checked=whether(move || chosen() == choice)
                    on:change=move |_| session.experiment.update(|experiment| experiment.device = choice)
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <div class="field wide">
            <span class="label" id="device-label">"Device"</span>
            <div class="segments" role="radiogroup" aria-labelledby="device-label">{CHOICES.map(radio).collect_view()}</div>
        </div>
    }
}
