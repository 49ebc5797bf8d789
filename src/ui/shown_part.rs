//! What the page shows beside the network before anything is done. Fetched as soon as the network is drawn.

use super::session::Session;
use super::{curves, experiments, layer_costs, lesion_chart, looks_chart, measurements, slow_motion};

/// Starts it. It needs to be told nothing more.
pub fn start() -> fn(()) {
    let session = Session::of_page();
    curves::start(session);
    looks_chart::start(session);
    measurements::start(session);
    experiments::keep_buttons(session);
    slow_motion::keep_button(session);
    lesion_chart::start(session);
    layer_costs::start(session);
    |()| {}
}
