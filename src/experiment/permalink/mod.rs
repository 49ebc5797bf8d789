//! The whole experiment in the page's address, so that a link is enough to repeat it.
//!
//! ```text
//! ?v=1&depth=29&filters=16&skips=off&images=2000&classes=0-3-5&rate=0.001&device=cpu
//! ```
//!
//! Writing is canonical: fixed order, only what differs from the tutorial's way to train. An address that says nothing of an
//! experiment is that of the page's [first](super::Experiment::first) one. Reading is forgiving: what
//! cannot be used is replaced or brought into its limits, and every such change is told in a sentence. What happens to links on
//! their way (`&amp;`, a point behind them, a second encoding, capitals, `#` for `?`, trackers) changes nothing and is not told.

mod characters;
mod from_author;
mod hidden_parts;
mod lesson;
mod numbers;
mod query;
mod read;
mod read_view;
mod reader;
mod trackers;
mod view_options;
mod write;

pub use from_author::FromAuthor;
pub use hidden_parts::{EmbedPart, HiddenParts};
pub use lesson::LessonStep;
pub use query::query_of;
pub use read::{Link, experiment_of, is_link, read, read_kept};
pub use view_options::{Tab, Theme, ViewOptions};
pub use write::{address, difference, write, write_with};

/// Version of the link's meaning, written as `v`. Raised when a default or a key changes what it means.
pub const LINK_VERSION: u64 = 1;

/// Key of the language, which the page speaks before it reads the rest of a link.
pub const LANGUAGE_KEY: &str = keys::LANGUAGE;

/// Keys of the query, in the order they are written; the network's stand between `v` and the others, the choices of
/// training between `decay` and `seed`.
mod keys {
    pub const VERSION: &str = "v";
    pub const DATA: &str = "data";
    pub const IMAGES: &str = "images";
    pub const HELD_OUT: &str = "held-out";
    pub const CLASSES: &str = "classes";
    pub const BATCH: &str = "batch";
    pub const RATE: &str = "rate";
    pub const EPOCHS: &str = "epochs";
    pub const L2: &str = "l2";
    pub const DECAY: &str = "decay";
    pub const SEED: &str = "seed";
    pub const DEVICE: &str = "device";
    pub const EMBED: &str = "embed";
    pub const THEME: &str = "theme";
    pub const LANGUAGE: &str = "lang";
    pub const VIEW: &str = "view";
    pub const LESSON: &str = "lesson";
    pub const HIDE: &str = "hide";
    pub const SPLICE: &str = "splice";
    pub const TOUR: &str = "tour";
    pub const GOAL: &str = "goal";
    pub const CURVE: &str = "curve";

    /// Those that say nothing of the experiment.
    pub const BESIDE_IT: [&str; 10] = [EMBED, THEME, LANGUAGE, VIEW, LESSON, HIDE, SPLICE, TOUR, GOAL, CURVE];

    /// All of the experiment but those that [`crate::spec::OPTIONS`] and [`crate::experiment::hyperparameters::TRAINING_OPTIONS`] name.
    pub const OTHERS: [&str; 12] = [VERSION, DATA, IMAGES, HELD_OUT, CLASSES, BATCH, RATE, EPOCHS, L2, DECAY, SEED, DEVICE];
    pub use crate::experiment::options::CLASS_COUNT;
}

#[cfg(test)]
mod documentation_tests;
#[cfg(test)]
mod from_the_world_tests;
#[cfg(test)]
mod older_links_tests;
#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod view_tests;
