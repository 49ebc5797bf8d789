//! What the link or the data set could not give, and why the CPU trains.

use leptos::prelude::*;

use super::session::{Dataset, Session};

/// Lines that can be dismissed.
#[component]
pub fn Notices() -> impl IntoView {
    let session = Session::of_page();
    let dismissed = RwSignal::new(String::new());
    let trainer = Signal::derive(move || session.trainer());
    let note = move || trainer.get().and_then(|(_, note)| note).filter(|note| *note != dismissed.get());
    let missing = move || match session.dataset.get() {
        Dataset::Missing(sentence) => Some(sentence),
        _ => None,
    };
    view! {
        {move || {
            missing().map(|sentence| view! {
                <div class="notice problem" role="alert">
                    <p>{sentence}</p>
                    <button class="quiet" on:click=move |_| session.load_dataset()>"Retry"</button>
                </div>
            })
        }}
        {move || {
            let sentences = session.notices.get();
            (!sentences.is_empty()).then(|| view! {
                <div class="notice" role="status">
                    <ul>{sentences.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view()}</ul>
                    <button class="quiet" on:click=move |_| session.notices.set(Vec::new())>"Dismiss"</button>
                </div>
            })
        }}
        {move || {
            note().map(|sentence| {
                let shown = sentence.clone();
                view! {
                    <div class="notice" role="status">
                        <p>{shown}</p>
                        <button class="quiet" on:click=move |_| dismissed.set(sentence.clone())>"Dismiss"</button>
                    </div>
                }
            })
        }}
    }
}
