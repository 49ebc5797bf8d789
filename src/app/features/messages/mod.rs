//! Sentences under the bar: notices, a failure and its ways out, the saved runs.

mod failure;
mod newer_build;
mod other_network;
mod saved_runs;

use leptos::prelude::*;

use crate::app::components::NoticeBox;
use crate::app::context::{Dataset, use_dataset, use_notices, use_view};
use crate::language::text;

use failure::Failure;
use newer_build::NewerBuild;
use other_network::OtherNetwork;
use saved_runs::SavedRuns;

/// All of them, in the order of their weight.
#[component]
pub fn Messages() -> impl IntoView {
    let notices = use_notices();
    let dataset = use_dataset();
    let embedded = use_view().is_embedded();
    let missing = move || if let Dataset::Missing(sentence) = dataset.get() { Some(sentence) } else { None };
    view! {
        <div class="messages">
            <Failure />
            <OtherNetwork />
            {move || missing().map(|sentence| view! { <MissingImages sentence /> })}
            {(!embedded).then(|| view! { <SavedRuns /> <NewerBuild /> })}
            <For each=move || notices.all() key=|notice| notice.id let:notice>
                <NoticeBox text=notice.text.clone()>
                    <button type="button" class="quiet" on:click=move |_| notices.dismiss(notice.id)>
                        {text!("Dismiss")}
                    </button>
                </NoticeBox>
            </For>
        </div>
    }
}

/// The data set could not be fetched.
#[component]
fn MissingImages(
    /// Why.
    sentence: String,
) -> impl IntoView {
    let (dataset, experiment, notices) = (use_dataset(), crate::app::context::use_experiment(), use_notices());
    view! {
        <NoticeBox is_problem=true text=sentence>
            <button type="button" class="quiet" on:click=move |_| dataset.load(experiment, notices, None)>
                {text!("Retry")}
            </button>
        </NoticeBox>
    }
}
