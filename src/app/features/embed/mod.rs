//! What only a playground in the frame of another page has.
//!
//! The page around scrolls, so nothing here takes the focus, the wheel or one finger unasked.

mod content;
mod full_screen_button;
mod head;
mod natural_height;
mod poster;
mod size;

pub use content::EmbedContent;
pub use head::EmbedHead;
pub use natural_height::tell_natural_height;
pub use poster::Poster;
pub use size::EmbedSize;
