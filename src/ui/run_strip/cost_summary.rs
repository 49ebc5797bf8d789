//! What the network costs, before Play and while it runs.

use crate::format::{bytes, compact, rough_duration};
use crate::run::{Run, TrainerKind, expected_training_ms};
use crate::spec::{ResNetSpec, TrainingMemory};
use crate::ui::browser::storage;
use crate::ui::follow::follow;
use crate::ui::markup::{say, set};
use crate::ui::session::Session;
use crate::ui::signals::{Memo, untrack};

/// Parameters, multiply-adds, memory; images per second once measured.
pub const HTML: &str = "<dl class=cost>\
    <div title=\"Numbers in the network, batch norm's moving averages included\"><dt>parameters</dt><dd id=cost-parameters></dd></div>\
    <div title=\"Multiplications with addition that one image takes on its way forward; training takes about three times as many\">\
    <dt>multiply-adds per image</dt><dd id=cost-work></dd></div>\
    <div title=\"Weights, gradients, the optimizer's moments, and the layer outputs of a batch that the backward pass needs; above 1 GiB those of batch norms and activations are computed again instead of kept\">\
    <dt>to train</dt><dd id=cost-memory></dd></div>\
    <div title=\"Training images a second, over the last five seconds of training\" id=cost-rate-pair hidden><dt>images/s</dt><dd id=cost-rate></dd></div>\
    <div title=\"Training time of the whole run on this device, from the speed that was last measured here; networks of other sizes may be faster or slower than that\" id=cost-time-pair hidden><dt>of training</dt><dd id=cost-time></dd></div>\
    </dl>";

/// Keeps them.
pub fn start(session: Session) {
    follow(move || {
        let cost = session.spec.with(ResNetSpec::cost);
        let batch = session.experiment.with(|experiment| experiment.hyperparameters.batch_size.min(512));
        say("cost-parameters", &compact(cost.parameters as f64));
        say("cost-work", &compact(cost.multiply_adds_per_image as f64));
        say("cost-memory", &bytes(session.spec.with(TrainingMemory::of).bytes(batch)));
    });
    follow(move || {
        session.speed_measured.track();
        let trainer = session.trainer().map(|(trainer, _)| trainer);
        let idle = session.of_run(|_| ()).is_none();
        let speed = trainer.filter(|_| idle).and_then(remembered_speed);
        set("cost-time-pair", "hidden", &speed.is_none().into());
        if let Some(speed) = speed {
            let expected = session.experiment.with(|it| session.spec.with(|spec| expected_training_ms(spec, &it.hyperparameters, speed)));
            say("cost-time", &format!("about {}", rough_duration(expected)));
        }
    });
}

/// Keeps what is measured while a run trains.
pub fn start_run_part(session: Session) {
    // Written when the run is kept or over: at every redraw the browser would store it ten times a second.
    let moments = Memo::new(move |_| session.of_run(|run| (run.kept, run.is_over())));
    follow(move || {
        moments.track();
        let measured = untrack(|| Some((session.trainer()?.0, session.of_run(Run::multiply_adds_per_second)??)));
        if let Some((trainer, speed)) = measured {
            remember(trainer, speed);
        }
    });
    follow(move || {
        let rate = session.of_run(Run::images_per_second).flatten();
        set("cost-rate-pair", "hidden", &rate.is_none().into());
        if let Some(rate) = rate {
            say("cost-rate", &if rate < 9.95 { format!("{rate:.1}") } else { compact(rate) });
        }
    });
}

/// Where the browser keeps the speed of its last run, in multiply-adds of the forward pass a second.
fn remembered_as(trainer: TrainerKind) -> &'static str {
    match trainer {
        TrainerKind::Cpu => "speed-cpu",
        TrainerKind::WebGpu => "speed-webgpu",
    }
}

/// Remembers it for the next network and the next visit.
pub fn remember(trainer: TrainerKind, speed: f64) {
    // Nothing is lost where the browser does not remember it.
    let _ = storage().map(|storage| storage.set_item(remembered_as(trainer), &format!("{speed:.0}")));
}

fn remembered_speed(trainer: TrainerKind) -> Option<f64> {
    let text = storage()?.get_item(remembered_as(trainer)).ok()??;
    text.parse().ok().filter(|speed: &f64| *speed >= 1.0)
}
