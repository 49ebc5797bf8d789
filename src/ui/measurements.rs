//! The measured numbers as text: for tests, for screen readers, and for whoever wants them exactly.

use leptos::prelude::*;

use crate::figures::{duration, grouped};
use crate::plot::ValueFormat;
use crate::run_state::Run;

use super::header::device_name;
use super::loss_table::LossTable;
use super::session::Session;

const NOTHING: &str = "–";

/// One line a number.
#[component]
pub fn Measurements() -> impl IntoView {
    let session = Session::of_page();
    let trainer = Memo::new(move |_| session.trainer().map(|(kind, _)| kind));
    let device = Memo::new(move |_| device_name(session, trainer.get()));
    let last_step = Memo::new(move |_| session.of_run(|run| run.steps.last().copied()).flatten());
    let last_pass = Memo::new(move |_| session.of_run(|run| run.held_out.last().copied()).flatten());
    let steps = Memo::new(move |_| session.of_run(Run::steps_done).unwrap_or(0));
    let seconds = Memo::new(move |_| session.of_run(|run| duration(run.training_ms)));
    let rate = Memo::new(move |_| session.of_run(Run::images_per_second).flatten().map(|rate| format!("{rate:.1} images/s")));
    let loss = |value: Option<f32>| value.map_or_else(|| NOTHING.into(), |loss| ValueFormat::Plain.value(f64::from(loss)));
    let percent = |value: Option<f32>| value.map_or_else(|| NOTHING.into(), |share| ValueFormat::Percent.value(f64::from(share)));
    view! {
        <section class="panel" aria-labelledby="measurements">
            <div class="panel-head">
                <h2 id="measurements">"This run"</h2>
                <p class="panel-lead">"as measured"</p>
            </div>
            <dl class="measurements">
                <div>
                    <dt>"Device"</dt>
                    <dd data-testid="device">{device}</dd>
                </div>
                <div>
                    <dt>"Steps done"</dt>
                    <dd data-testid="step">{move || grouped(steps.get())}</dd>
                </div>
                <div title="Mean cross-entropy of the last batch, without the L2 penalty, in nats; guessing among ten classes gives 2.30">
                    <dt>"Training loss"</dt>
                    <dd data-testid="training-loss" data-loss=move || last_step.get().map(|step| step.loss.to_string())>
                        {move || loss(last_step.get().map(|step| step.loss))}
                    </dd>
                </div>
                <div title="Share of the last batch classified correctly">
                    <dt>"Training accuracy"</dt>
                    <dd data-testid="training-accuracy">{move || percent(last_step.get().map(|step| step.accuracy))}</dd>
                </div>
                <div title="Mean cross-entropy on images the network never learns from, in nats">
                    <dt>"Held-out loss"</dt>
                    <dd data-testid="held-out-loss" data-loss=move || last_pass.get().map(|pass| pass.loss.to_string())>
                        {move || loss(last_pass.get().map(|pass| pass.loss))}
                    </dd>
                </div>
                <div title="Share of the held-out images classified correctly">
                    <dt>"Held-out accuracy"</dt>
                    <dd data-testid="held-out-accuracy" data-accuracy=move || last_pass.get().map(|pass| pass.accuracy.to_string())>
                        {move || percent(last_pass.get().map(|pass| pass.accuracy))}
                    </dd>
                </div>
                <div title="Over the last five seconds of training">
                    <dt>"Speed"</dt>
                    <dd data-testid="speed">{move || rate.get().unwrap_or_else(|| NOTHING.into())}</dd>
                </div>
                <div title="Spent in training steps; loading, pauses and held-out passes are not counted">
                    <dt>"Training time"</dt>
                    <dd data-testid="elapsed">{move || seconds.get().unwrap_or_else(|| NOTHING.into())}</dd>
                </div>
            </dl>
            <LossTable />
        </section>
    }
}
