//! What the device of the run is, and which kernels it uses.

use leptos::prelude::*;

use crate::app::context::use_run;
use crate::language::tr;

/// Sentences about the device, under its setting.
#[component]
pub fn DeviceFacts() -> impl IntoView {
    let run = use_run();
    let device = Memo::new(move |_| run.of_run(|run| run.device.clone()).flatten());
    let kernels = Memo::new(move |_| run.of_run(|run| run.kernels.clone()).flatten());
    let note = Memo::new(move |_| run.trainer().and_then(|(_, note)| note));
    let line = |words: fn(String) -> String, value: Memo<Option<String>>| {
        move || value.get().map(|value| view! { <p class="settings-fact">{words(value)}</p> })
    };
    view! {
        {line(|note| note, note)}
        {line(|device| tr!("This run trains on {device}", device), device)}
        {line(|kernels| tr!("Its kernels: {kernels}", kernels), kernels)}
    }
}
