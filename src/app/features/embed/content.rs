//! What the author of the embed wants to show: the drawing, or what a tab of the whole page holds.

use leptos::prelude::*;

use crate::app::components::unique_id;
use crate::app::context::use_view;
use crate::app::features::network_view::EmbeddedNetwork;
use crate::app::features::tools::TabContent;
use crate::experiment::permalink::EmbedPart;

use super::EmbedSize;

/// The drawing or the contents of a tab.
#[component]
pub fn EmbedContent(
    /// How much there is room for.
    room: Memo<EmbedSize>,
) -> impl IntoView {
    let view = use_view();
    let options = view.options_untracked();
    let has_tools = Signal::derive(move || room.get() >= EmbedSize::Large);
    if options.network {
        return (!options.hidden.has(EmbedPart::Network)).then(|| view! { <EmbeddedNetwork has_tools /> }).into_any();
    }
    let tab = Memo::new(move |_| view.tab());
    let id = unique_id("stage");
    view! {
        <section aria-labelledby=id.clone()>
            <h2 class="visually-hidden" id=id.clone()>
                {move || tab.get().label()}
            </h2>
            {move || view! { <TabContent tab=tab.get() /> }}
        </section>
    }
    .into_any()
}
