//! The whole page as one view.

use leptos::prelude::*;

use super::components::InTurn;
use super::context::use_lessons;
use super::features::{
    announcements::Announcements, drop_hint::DropHint, first_steps::FirstSteps, header::Header, language_select::LanguageSelect,
    lessons::Lessons, messages::Messages, network_view::NetworkView, predictions::Predictions, print_foot::PrintFoot,
    requests_elsewhere::RequestsElsewhere, run_bar::RunBar, runs::Runs, settings::SettingsSheet, share::ShareSheet, spotlit::Spotlit,
    this_run::ThisRun, tools::Tools, tour::Tour,
};
use super::spot::Spot;
use crate::language::text;

/// Everything that a visitor sees.
#[component]
pub fn Page() -> impl IntoView {
    let lessons = use_lessons();
    view! {
        <div class="page" class:with-lessons=move || lessons.open().is_some()>
            <InTurn>
                <Header />
            </InTurn>
            <InTurn>
                <Lessons />
            </InTurn>
            <main>
                <InTurn>
                    <RunBar />
                </InTurn>
                <InTurn>
                    <Messages />
                </InTurn>
                <InTurn>
                    <FirstSteps />
                </InTurn>
                <div class="columns">
                    <Spotlit spot=Spot::Network class="column column-network">
                        <InTurn>
                            <NetworkView />
                        </InTurn>
                    </Spotlit>
                    <div class="column column-run">
                        <Spotlit spot=Spot::ThisRun class="spot-of-run">
                            <InTurn>
                                <ThisRun />
                            </InTurn>
                        </Spotlit>
                        <InTurn>
                            <Runs />
                        </InTurn>
                        <InTurn>
                            <Predictions />
                        </InTurn>
                    </div>
                    <div class="column column-tools">
                        <Spotlit spot=Spot::Tools class="spot-of-tools">
                            <InTurn>
                                <Tools />
                            </InTurn>
                        </Spotlit>
                    </div>
                </div>
            </main>
            <InTurn>
                <Footer />
            </InTurn>
            <InTurn>
                <PrintFoot />
            </InTurn>
            <InTurn>
                <SettingsSheet />
            </InTurn>
            <InTurn>
                <ShareSheet />
            </InTurn>
            <InTurn>
                <Announcements />
            </InTurn>
            <InTurn>
                <Tour />
            </InTurn>
            <InTurn>
                <DropHint />
            </InTurn>
        </div>
    }
}

/// Where things come from, and where they do not go.
#[component]
fn Footer() -> impl IntoView {
    view! {
        <footer>
            {text!(
                "Everything runs in this tab, unless you choose a program of your own under Device: images, network and training never \
                 leave it."
            )}
            " " {text!("Network: ResNetV2 after ")} <a href="https://arxiv.org/abs/1603.05027">"He et al. 2016"</a> ". " {text!("Images: ")}
            <a href="https://www.cs.toronto.edu/~kriz/cifar.html">"CIFAR-10"</a> ". " <RequestsElsewhere /> " " <LanguageSelect />
        </footer>
    }
}
