//! The page's frame.

use leptos::prelude::*;

use super::curves::{AccuracyChart, LossChart};
use super::failure_notice::FailureNotice;
use super::header::Header;
use super::layer_costs::LayerCosts;
use super::measurements::Measurements;
use super::network_drawing::NetworkDrawing;
use super::notices::Notices;
use super::run_strip::RunStrip;
use super::session::Session;
use super::{keyboard, page};

/// Everything.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::open();
    provide_context(session);
    keyboard::listen(session);
    let embedded = Signal::derive(move || session.view.with(|view| view.embed));
    Effect::new(move |_| page::set_root_attribute("data-embed", embedded.get().then_some("")));
    view! {
        <Show when=move || !embedded.get()>
            <Header />
        </Show>
        <main>
            <RunStrip />
            <div class="messages">
                <Notices />
                <FailureNotice />
            </div>
            <div class="columns">
                <div class="column">
                    <NetworkDrawing spec=session.spec />
                    <LayerCosts />
                </div>
                <div class="column">
                    <LossChart />
                    <AccuracyChart />
                    <Measurements />
                </div>
            </div>
        </main>
        <Show when=move || !embedded.get()>
            <footer>
                "Everything runs in this tab: images, network and training never leave it. "
                "Network: ResNetV2 after "
                <a href="https://arxiv.org/abs/1603.05027">"He et al. 2016"</a>
                ". Images: "
                <a href="https://www.cs.toronto.edu/~kriz/cifar.html">"CIFAR-10"</a>
                "."
            </footer>
        </Show>
    }
}
