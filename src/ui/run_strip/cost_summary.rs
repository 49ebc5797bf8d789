//! What the network costs, before Play and while it runs.

use crate::figures::{bytes, compact};
use crate::run_state::Run;
use crate::ui::follow::follow;
use crate::ui::markup::{say, set};
use crate::ui::session::Session;

/// Parameters, multiply-adds, memory; images per second once measured.
pub const HTML: &str = "<dl class=cost>\
    <div title=\"Numbers in the network, batch norm's moving averages included\"><dt>parameters</dt><dd id=cost-parameters></dd></div>\
    <div title=\"Multiplications with addition that one image takes on its way forward; training takes about three times as many\">\
    <dt>multiply-adds per image</dt><dd id=cost-work></dd></div>\
    <div title=\"Layer outputs of a batch, weights, gradients and the optimizer's moments; the device may need some more for its work\">\
    <dt>to train</dt><dd id=cost-memory></dd></div>\
    <div title=\"Training images a second, over the last five seconds of training\" id=cost-rate-pair hidden><dt>images/s</dt><dd id=cost-rate></dd></div>\
    </dl>";

/// Keeps them.
pub fn start(session: Session) {
    follow(move || {
        let cost = session.spec.with(crate::spec::ResNetSpec::cost);
        let batch = session.experiment.with(|experiment| experiment.hyperparameters.batch_size.min(512));
        say("cost-parameters", &compact(cost.parameters as f64));
        say("cost-work", &compact(cost.multiply_adds_per_image as f64));
        say("cost-memory", &bytes(cost.training_bytes(batch)));
    });
    follow(move || {
        let rate = session.of_run(Run::images_per_second).flatten();
        set("cost-rate-pair", "hidden", &rate.is_none().into());
        if let Some(rate) = rate {
            say("cost-rate", &if rate < 9.95 { format!("{rate:.1}") } else { compact(rate) });
        }
    });
}
