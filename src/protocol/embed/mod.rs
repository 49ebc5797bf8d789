//! What a page around the playground and the playground in its frame say to each other, version 1.
//!
//! JSON over a private port; `www/embed/messages.schema.json` says the same for other languages, and
//! `tests/fixtures/embed_messages.json` holds examples that both are held to.

mod answers;
mod commands;
mod events;
mod handshake;

pub use answers::{Answer, Outcome};
pub use commands::{COMMANDS, Call, Command, MOST_LINK, MOST_STATE, Refusal, read_call};
pub use events::{Activity, EmbedEvent, EpochNumbers, GoalMetrics, Metrics, Share, StepNumbers, Version, finite};
pub use handshake::{HERE, Hello, PORT, Word, read_hello};

/// Version of the messages.
pub const EMBED_VERSION: u32 = 1;

#[cfg(test)]
mod tests;
