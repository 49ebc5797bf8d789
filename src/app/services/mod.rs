//! Workers, storage, files and the page's address.

pub mod camera;
pub mod capabilities;
pub mod chosen_files;
pub mod clipboard;
pub mod clock;
pub mod dataset_source;
pub mod download;
pub mod full_screen;
pub mod gpu_probe;
mod host_port;
pub mod local_storage;
pub mod location;
pub mod on_screen;
pub mod open_runs;
pub mod page_guard;
pub mod page_update;
pub mod parent_window;
pub mod persistent_storage;
pub mod png_file;
pub mod run_storage;
pub mod saved_run_storage;
pub mod scrolling;
pub mod session_storage;
pub mod square_image;
pub mod target_focus;
mod tasks_client;
mod trainer_driver;
mod trainer_session;
mod worker_client;
mod worker_diagnosis;
pub mod worker_scripts;

pub use host_port::HostPort;
pub use tasks_client::TasksClient;
pub use trainer_driver::TrainerDriver;
pub use trainer_session::{Measurement, TrainerSession};
pub use worker_client::{Heard, WorkerClient};
