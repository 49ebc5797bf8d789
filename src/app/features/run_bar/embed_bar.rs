//! The bar of an embed: in one row what can be done, in another what is going on.

use leptos::prelude::*;

use crate::language::text;

use super::player::Player;
use super::skip_switch::SkipSwitch;
use super::status_line::StatusLine;
use super::{AllSettingsButton, DepthField, HeldOutAccuracy, RunProgress};

/// Player, and the two things that a tutorial is about.
#[component]
pub fn EmbedBar(
    /// Whether settings can be changed.
    has_settings: bool,
) -> impl IntoView {
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
            <RunProgress />
        </section>
    }
}
