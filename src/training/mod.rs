//! Training on any Burn device; knows no browser.
//!
//! A [`Trainer`] queues whole steps on the device and leaves the measured numbers there;
//! [`Trainer::read`] fetches what has gathered in one transfer. Reading after every step would make
//! a GPU wait for the page.

mod amsgrad;
mod device_images;
mod evaluation;
mod image_look;
mod image_size;
mod loss;
mod save;
mod start;
mod step;
mod trainer;

pub use amsgrad::{AmsGrad, AmsGradSettings, Moments};
pub use device_images::{DeviceImages, Normalisation};
pub use evaluation::Evaluation;
pub use image_size::check_image_size;
pub use loss::{ClassificationLoss, classification_loss};
pub use start::Start;
pub use step::{Batch, training_step, watched_step};
pub(crate) use trainer::read_numbers;
pub use trainer::{Trainer, TrainerSettings};
