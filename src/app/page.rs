//! The whole page as one view.

use leptos::prelude::*;

use super::context::use_lessons;
use super::features::{
    announcements::Announcements, drop_hint::DropHint, first_steps::FirstSteps, header::Header, lessons::Lessons, messages::Messages,
    network_view::NetworkView, predictions::Predictions, print_foot::PrintFoot, run_bar::RunBar, runs::Runs, settings::SettingsSheet,
    share::ShareSheet, spotlit::Spotlit, this_run::ThisRun, tools::Tools, tour::Tour,
};
use super::spot::Spot;

/// Everything that a visitor sees.
#[component]
pub fn Page() -> impl IntoView {
    let lessons = use_lessons();
    view! {
        <div class="page" class:with-lessons=move || lessons.open().is_some()>
            <Header />
            <Lessons />
            <main>
                <RunBar />
                <Messages />
                <FirstSteps />
                <div class="columns">
                    <Spotlit spot=Spot::Network class="column column-network">
                        <NetworkView />
                    </Spotlit>
                    <div class="column column-run">
                        <Spotlit spot=Spot::ThisRun class="spot-of-run">
                            <ThisRun />
                        </Spotlit>
                        <Runs />
                        <Predictions />
                    </div>
                    <div class="column column-tools">
                        <Spotlit spot=Spot::Tools class="spot-of-tools">
                            <Tools />
                        </Spotlit>
                    </div>
                </div>
            </main>
            <Footer />
            <PrintFoot />
            <SettingsSheet />
            <ShareSheet />
            <Announcements />
            <Tour />
            <DropHint />
        </div>
    }
}

/// Where things come from, and where they do not go.
#[component]
fn Footer() -> impl IntoView {
    view! {
        <footer>
            "Everything runs in this tab, unless you choose a program of your own under Device: images, network and training never leave it. Network: ResNetV2 after "
            <a href="https://arxiv.org/abs/1603.05027">"He et al. 2016"</a> ". Images: "
            <a href="https://www.cs.toronto.edu/~kriz/cifar.html">"CIFAR-10"</a> "."
        </footer>
    }
}
