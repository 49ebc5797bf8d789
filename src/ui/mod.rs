//! The page: one file a panel or view, one [`session`] that they all look at.
//!
//! Never links Burn; only this module touches the DOM, and only [`worker_client`] the worker.

mod address;
mod app;
mod browser;
mod camera;
mod controls;
mod curve_chart;
mod curves;
mod dataset_source;
mod device_probe;
mod drawing_tools;
mod element_width;
mod epoch_table;
mod experiments;
mod failure_notice;
mod feature_maps;
mod files;
mod follow;
mod header;
mod images;
mod kept_work;
mod keyboard;
mod layer_costs;
mod lesion_chart;
mod looks_chart;
mod loss_table;
mod markup;
mod measurements;
mod more_settings;
mod network_drawing;
mod notices;
mod page;
mod parts;
mod report;
mod run_part;
mod run_strip;
mod runs;
mod session;
mod share_button;
mod shown_part;
mod signals;
mod slow_motion;
mod square;
mod theme_toggle;
mod workbench;
mod worker_client;

/// Puts the page where `index.html` says that it is loading.
pub fn mount() {
    console_error_panic_hook::set_once();
    signals::begin(app::start);
}
