//! Training on any Burn device; knows no browser.
//!
//! A [`Trainer`] queues whole steps on the device and leaves the measured numbers there;
//! [`Trainer::read`] fetches what has gathered in one transfer. Reading after every step would make
//! a GPU wait for the page.

mod augmented_images;
mod batches;
mod device_images;
mod evaluation;
mod gap;
mod image_look;
mod image_size;
mod loss;
mod measured_images;
mod optimizer;
mod passes;
mod predictions;
mod readback;
mod recorded_step;
mod recording;
mod save;
mod start;
mod step;
mod trainer;
mod training_images;
mod weight_average;
mod whitening;

pub use augmented_images::AugmentedImages;
pub use device_images::DeviceImages;
pub use evaluation::Evaluation;
pub use gap::GapPasses;
pub use image_size::check_image_size;
pub use loss::{ClassificationLoss, classification_loss, smoothed_loss};
pub use measured_images::MeasuredImages;
pub use optimizer::{Optimizer, UpdateSettings, WeightMemory};
pub use predictions::PredictionPass;
pub(crate) use readback::read_numbers;
pub use start::Start;
pub use step::{Batch, StepSettings, training_step};
pub use trainer::{Trainer, TrainerSettings};
pub use training_images::TrainingImages;
pub use weight_average::WeightAverage;
pub use whitening::Whitening;
