//! One folder or file for each thing that a visitor sees.

pub mod announcements;
pub mod code;
pub mod costs;
pub mod data;
pub mod drop_hint;
pub mod embed;
pub mod evaluate;
pub mod experiments;
pub mod feature_maps;
pub mod first_steps;
pub mod focus_guard;
pub mod gradients;
pub mod header;
pub mod keyboard;
pub mod messages;
pub mod network_view;
pub mod predictions;
pub mod print_foot;
pub mod run_bar;
pub mod runs;
pub mod settings;
pub mod this_run;
pub mod tools;
