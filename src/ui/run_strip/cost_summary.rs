//! What the network costs, before Play and while it runs.

use leptos::prelude::*;

use crate::figures::{bytes, compact};
use crate::run_state::Run;
use crate::ui::session::Session;
use crate::ui::shown::text;

/// Parameters, multiply-adds, memory; images per second once measured.
#[component]
pub fn CostSummary() -> impl IntoView {
    let session = Session::of_page();
    let cost = move || session.spec.with(crate::spec::ResNetSpec::cost);
    let batch = move || session.experiment.with(|experiment| experiment.hyperparameters.batch_size.min(512));
    let rate = move || session.of_run(Run::images_per_second).flatten();
    view! {
        <dl class="cost">
            <div title="Numbers in the network, batch norm's moving averages included">
                <dt>"parameters"</dt>
                <dd>{text(move || compact(cost().parameters as f64))}</dd>
            </div>
            <div title="Multiplications with addition that one image takes on its way forward; training takes about three times as many">
                <dt>"multiply-adds per image"</dt>
                <dd>{text(move || compact(cost().multiply_adds_per_image as f64))}</dd>
            </div>
            <div title="Layer outputs of a batch, weights, gradients and the optimizer's moments; the device may need some more for its work">
                <dt>"to train"</dt>
                <dd>{text(move || bytes(cost().training_bytes(batch())))}</dd>
            </div>
            {move || {
                rate().map(|rate| view! {
                    <div title="Training images a second, over the last five seconds of training">
                        <dt>"images/s"</dt>
                        <dd>{if rate < 9.95 { format!("{rate:.1}") } else { compact(rate) }}</dd>
                    </div>
                })
            }}
        </dl>
    }
}
