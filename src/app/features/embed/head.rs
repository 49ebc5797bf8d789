//! The line at the top of an embed: what it is, what it trains on, the ways out.

use leptos::prelude::*;

use crate::app::context::{use_embed, use_view};
use crate::app::features::header::DeviceChip;
use crate::experiment::permalink::EmbedPart;
use crate::language::text;

use super::full_screen_button::FullScreenButton;

/// Heading, device, full screen, and the link to the whole page.
#[component]
pub fn EmbedHead() -> impl IntoView {
    let embed = use_embed();
    let hidden = use_view().options_untracked().hidden;
    let has = move |part| !hidden.has(part);
    let link = Memo::new(move |_| embed.whole_page());
    view! {
        <div class="embed-head">
            <h1 class:visually-hidden=hidden.has(EmbedPart::Heading)>"ResNet Playground"</h1>
            <div class="embed-head-end">
                {has(EmbedPart::Device).then(|| view! { <DeviceChip /> })}
                {has(EmbedPart::Link)
                    .then(|| {
                        view! {
                            <a class="embed-link" href=move || link.get() target="_blank" rel="noopener">
                                {text!("Open in the playground")}
                            </a>
                        }
                    })}
                {has(EmbedPart::FullScreen).then(|| view! { <FullScreenButton /> })}
            </div>
        </div>
    }
}
