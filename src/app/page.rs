//! The whole page as one view.

use leptos::prelude::*;

use super::features::{
    announcements::Announcements, drop_hint::DropHint, first_steps::FirstSteps, header::Header, messages::Messages,
    network_view::NetworkView, predictions::Predictions, print_foot::PrintFoot, run_bar::RunBar, runs::Runs, settings::SettingsSheet,
    this_run::ThisRun, tools::Tools,
};

/// Everything that a visitor sees.
#[component]
pub fn Page() -> impl IntoView {
    view! {
        <div class="page">
            <Header />
            <main>
                <RunBar />
                <Messages />
                <FirstSteps />
                <div class="columns">
                    <div class="column column-network">
                        <NetworkView />
                    </div>
                    <div class="column column-run">
                        <ThisRun />
                        <Runs />
                        <Predictions />
                    </div>
                    <div class="column column-tools">
                        <Tools />
                    </div>
                </div>
            </main>
            <Footer />
            <PrintFoot />
            <SettingsSheet />
            <Announcements />
            <DropHint />
        </div>
    }
}

/// Where things come from, and where they do not go.
#[component]
fn Footer() -> impl IntoView {
    view! {
        <footer>
            "Everything runs in this tab: images, network and training never leave it. Network: ResNetV2 after "
            <a href="https://arxiv.org/abs/1603.05027">"He et al. 2016"</a> ". Images: "
            <a href="https://www.cs.toronto.edu/~kriz/cifar.html">"CIFAR-10"</a> "."
        </footer>
    }
}
