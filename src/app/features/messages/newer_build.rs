//! The offer of a newer build of the page.

use leptos::prelude::*;

use crate::app::components::NoticeBox;
use crate::app::services::page_update;
use crate::language::{marked, text, translated};

const SENTENCE: &str =
    marked!("There is a newer version of this page. You get it at your next visit, or now: your settings stay, and a run is saved first.");

/// Shown once one waits, until it is dismissed.
#[component]
pub fn NewerBuild() -> impl IntoView {
    let is_offered = RwSignal::new(false);
    page_update::on_waiting(move || is_offered.set(true));
    view! {
        <Show when=move || is_offered.get()>
            <NoticeBox text=translated(SENTENCE)>
                <button type="button" class="quiet" on:click=|_| page_update::take()>
                    {text!("Use it now")}
                </button>
                <button type="button" class="quiet" on:click=move |_| is_offered.set(false)>
                    {text!("Later")}
                </button>
            </NoticeBox>
        </Show>
    }
}
