//! What the device of the run is, and which kernels it uses.

use leptos::prelude::*;

use crate::app::context::use_run;

/// Sentences about the device, under its setting.
#[component]
pub fn DeviceFacts() -> impl IntoView {
    let run = use_run();
    let device = Memo::new(move |_| run.of_run(|run| run.device.clone()).flatten());
    let kernels = Memo::new(move |_| run.of_run(|run| run.kernels.clone()).flatten());
    let note = Memo::new(move |_| run.trainer().and_then(|(_, note)| note));
    let line = |words: &'static str, value: Memo<Option<String>>| {
        move || value.get().map(|value| view! { <p class="settings-fact">{format!("{words}{value}")}</p> })
    };
    view! {
        {line("", note)}
        {line("This run trains on ", device)}
        {line("Its kernels: ", kernels)}
    }
}
