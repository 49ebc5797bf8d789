//! A run that could not start from its file, because the file is of another network.

use leptos::prelude::*;

use crate::app::context::use_run;
use crate::app::features::code::OpenItsNetwork;
use crate::experiment::TrainError;
use crate::run::{Activity, Run};

/// Opens the file's network and begins again; nothing while no run failed by its file.
#[component]
pub fn OtherNetwork() -> impl IntoView {
    let run = use_run();
    let failed = |run: &Run| matches!(&run.activity, Activity::Failed(TrainError::WeightsFile { .. }));
    let has_failed = Memo::new(move |_| run.of_run(failed).unwrap_or(false));
    move || has_failed.get().then(|| view! { <OpenItsNetwork then=Callback::new(move |()| run.restart()) /> })
}
