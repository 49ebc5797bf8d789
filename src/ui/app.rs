//! The page's frame.

use leptos::prelude::*;

use super::curves::{AccuracyChart, LossChart};
use super::experiments::Experiments;
use super::failure_notice::FailureNotice;
use super::feature_maps::FeatureMapsPanel;
use super::header::Header;
use super::layer_costs::LayerCosts;
use super::lesion_chart::LesionChart;
use super::looks_chart::LooksChart;
use super::measurements::Measurements;
use super::network_drawing::NetworkDrawing;
use super::notices::Notices;
use super::run_strip::RunStrip;
use super::runs::Runs;
use super::session::Session;
use super::{keyboard, page};

/// Everything.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::open();
    provide_context(session);
    keyboard::listen(session);
    // Only the link says so, and it is read once.
    let embedded = session.view.with_untracked(|view| view.embed);
    page::set_root_attribute("data-embed", embedded.then_some(""));
    view! {
        {(!embedded).then(|| view! { <Header /> })}
        <main>
            <RunStrip />
            <div class="messages">
                <Notices />
                <FailureNotice />
            </div>
            <div class="columns">
                <div class="column">
                    <NetworkDrawing spec=session.spec />
                    <Experiments />
                    <FeatureMapsPanel />
                    <LesionChart />
                    <LayerCosts />
                </div>
                <div class="column">
                    <LossChart />
                    <AccuracyChart />
                    <LooksChart />
                    <Measurements />
                    <Runs />
                </div>
            </div>
        </main>
        {(!embedded).then(|| view! { <Footer /> })}
    }
}

/// Where things come from, and where they do not go.
#[component]
fn Footer() -> impl IntoView {
    view! {
        <footer>
            "Everything runs in this tab: images, network and training never leave it. "
            "Network: ResNetV2 after "
            <a href="https://arxiv.org/abs/1603.05027">"He et al. 2016"</a>
            ". Images: "
            <a href="https://www.cs.toronto.edu/~kriz/cifar.html">"CIFAR-10"</a>
            "."
        </footer>
    }
}
