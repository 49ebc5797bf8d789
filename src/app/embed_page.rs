//! The page in the frame of another one: one screen, with what the author of that page chose to show.

use leptos::{html, prelude::*};

use super::context::{use_embed, use_view};
use super::features::{
    announcements::Announcements,
    embed::{EmbedContent, EmbedHead, EmbedSize, Poster, tell_natural_height},
    messages::Messages,
    run_bar::EmbedBar,
    runs::Runs,
    settings::SettingsSheet,
    this_run::{AccuracyChart, FromAuthorLines, LossChart},
};
use crate::experiment::permalink::EmbedPart;
use crate::language::text;

/// Player, drawing or tab, one curve; more where there is room. What is not shown is not there.
#[component]
pub fn EmbedPage() -> impl IntoView {
    let embed = use_embed();
    let hidden = use_view().options_untracked().hidden;
    let room = EmbedSize::follow();
    let (root, contents) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    tell_natural_height(embed, root, contents);
    let has_settings = !hidden.has(EmbedPart::Settings);
    let curves = move || {
        let room = room.get();
        view! {
            <h2 class="visually-hidden">{text!("Curves")}</h2>
            <div class="embed-curves">
                <AccuracyChart height=room.curve_height() />
                {(room >= EmbedSize::Large).then(|| view! { <LossChart height=room.curve_height() /> })}
            </div>
        }
    };
    let runs = move || (room.get() >= EmbedSize::Largest && !hidden.has(EmbedPart::Runs)).then(|| view! { <Runs /> });
    view! {
        <div class="embed" node_ref=root>
            <main>
                <EmbedHead />
                <EmbedBar has_settings />
                <div class="embed-stage">
                    <div node_ref=contents>
                        <Messages />
                        <FromAuthorLines />
                        <EmbedContent room />
                    </div>
                </div>
                {(!hidden.has(EmbedPart::Curve)).then_some(curves)} {runs}
            </main>
            <Poster />
            {has_settings.then(|| view! { <SettingsSheet /> })}
            <Announcements />
        </div>
    }
}
