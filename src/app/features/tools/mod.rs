//! The tabs under the network. One is open at a time, and the link names it.

use leptos::{html, prelude::*};

use crate::app::components::{TabIds, TabItem, TabList, TabPanel};
use crate::app::context::{Tab, use_view};
use crate::app::services::scrolling::bring_into_sight;
use crate::language::text;
use crate::spec::Named;

use super::code::Code;
use super::costs::Costs;
use super::data::Data;
use super::evaluate::Evaluate;
use super::experiments::Experiments;
use super::feature_maps::FeatureMaps;
use super::gradients::Gradients;

/// The words of a tab.
fn item(tab: Tab) -> TabItem<Tab> {
    TabItem { value: tab, label: tab.label() }
}

/// The row of tabs and the open panel.
#[component]
pub fn Tools() -> impl IntoView {
    let view = use_view();
    let ids = TabIds::new();
    let open = Signal::derive(move || view.tab());
    let panel_ids = ids.clone();
    let card = NodeRef::<html::Section>::new();
    Effect::new(move |before: Option<u32>| {
        let shown = view.shown_tabs();
        if before.is_some_and(|before| before != shown) {
            // Once the page has the tab's height.
            request_animation_frame(move || {
                if let Some(card) = card.try_get_untracked().flatten() {
                    bring_into_sight(&card);
                }
            });
        }
        shown
    });
    let panel = move |tab: Tab| {
        view! {
            <TabPanel ids=panel_ids.clone() item=item(tab) open>
                <TabContent tab />
            </TabPanel>
        }
    };
    view! {
        <section class="card tools" aria-label=text!("Tools") node_ref=card>
            <TabList label=text!("Tools") ids items=Tab::ALL.iter().copied().map(item).collect() open on_open=Callback::new(move |tab| view.open_tab(tab)) />
            {Tab::ALL.iter().copied().map(panel).collect_view()}
        </section>
    }
}

/// What a tab holds.
#[component]
pub fn TabContent(
    /// Which one.
    tab: Tab,
) -> impl IntoView {
    match tab {
        Tab::Experiments => view! { <Experiments /> }.into_any(),
        Tab::Gradients => view! { <Gradients /> }.into_any(),
        Tab::FeatureMaps => view! { <FeatureMaps /> }.into_any(),
        Tab::Evaluate => view! { <Evaluate /> }.into_any(),
        Tab::Data => view! { <Data /> }.into_any(),
        Tab::Code => view! { <Code /> }.into_any(),
        Tab::Costs => view! { <Costs /> }.into_any(),
    }
}
