//! The bar of an embed: in one row what can be done, in another what is going on.

use leptos::prelude::*;

use crate::app::components::ProgressBar;
use crate::app::context::use_run;
use crate::language::text;
use crate::run::{Progress, Run};

use super::player::Player;
use super::skip_switch::SkipSwitch;
use super::status_line::StatusLine;
use super::{AllSettingsButton, DepthField, HeldOutAccuracy};

/// Player, and the two things that a tutorial is about.
#[component]
pub fn EmbedBar(
    /// Whether settings can be changed.
    has_settings: bool,
) -> impl IntoView {
    let run = use_run();
    let progress = Memo::new(move |_| run.of_run(Run::progress).unwrap_or(Progress::None));
    let share = move || if let Progress::Share(share) = progress.get() { Some(share) } else { None };
    let is_active = move || progress.get() != Progress::None;
    view! {
        <section class="embed-bar" aria-label=text!("Controls")>
            <div class="embed-bar-row">
                <Player />
                {has_settings
                    .then(|| {
                        view! {
                            <div class="embed-bar-fields">
                                <DepthField />
                                <SkipSwitch />
                                <AllSettingsButton />
                            </div>
                        }
                    })}
            </div>
            <div class="embed-bar-row embed-bar-status">
                <StatusLine />
                <HeldOutAccuracy />
                <p
                    class="embed-note"
                    title=text!("An embed writes nothing into your browser's storage. Open it in the playground to keep a run.")
                >
                    {text!("Runs are not kept here.")}
                </p>
            </div>
            <ProgressBar label=text!("Progress") share=Signal::derive(share) is_active=Signal::derive(is_active) />
        </section>
    }
}
