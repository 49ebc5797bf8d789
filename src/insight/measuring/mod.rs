//! What goes on inside a network while it trains, measured on the device it trains on.
//!
//! Nothing here changes what training computes: it only looks at tensors that training made anyway.

mod block_look;
mod gradient_norms;
mod image_look;
mod look;

pub use gradient_norms::gradient_norms;
pub use image_look::{ImageTensors, look_at_image};
pub use look::{Look, UnreadLook};
