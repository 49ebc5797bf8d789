//! Messages between the page and a native program that trains for it, over a WebSocket.
//!
//! The program is a trainer as a Web Worker is: it follows [`TrainCommand`]s and sends [`TrainEvent`]s. It has neither the page's
//! images nor its storage, so what a worker fetches and keeps by itself, the program asks the page for. It asks for nothing that
//! the page's commands have not named, and makes no request of its own to any server.
//!
//! The first message of the page is its [`Hello`]. The program answers with [`TrainEvent::Ready`], or closes with a [`Refusal`].

use serde::{Deserialize, Serialize};

use super::{TrainCommand, TrainEvent};

/// Port that the program listens at unless it is told another.
pub const DEFAULT_PORT: u16 = 8765;

/// Bytes of a [`Hello`] at most: it is read before anything is known of who sent it.
pub const MOST_HELLO_BYTES: usize = 4096;

/// Bytes of another message at most: a checkpoint of the deepest network on the page's list takes less.
pub const MOST_MESSAGE_BYTES: usize = 1 << 30;

/// Who calls. Its shape stays as it is for ever: programs and pages of all versions read each other's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The page's [`PROTOCOL_VERSION`](super::PROTOCOL_VERSION).
    pub protocol_version: u32,
    /// What the program was started with; empty where it was started without one.
    pub token: String,
}

/// Page to program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PageMessage {
    /// What a worker is told.
    Command(TrainCommand),
    /// Answer to [`ProgramMessage::Fetch`].
    Fetched {
        /// Number of the question.
        question: u32,
        /// The file, or a sentence about why there is none.
        file: Result<Vec<u8>, String>,
    },
    /// Answer to [`ProgramMessage::Find`].
    Found {
        /// Number of the question.
        question: u32,
        /// What is kept under the name, if anything is.
        bytes: Option<Vec<u8>>,
    },
    /// Answer to [`ProgramMessage::Keep`].
    Kept {
        /// Number of the question.
        question: u32,
        /// Whether it is kept.
        outcome: Result<(), KeepFailure>,
    },
}

/// Program to page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ProgramMessage {
    /// What a worker says.
    Event(TrainEvent),
    /// Asks for a file of a folder that a command of the page named.
    Fetch {
        /// Counts up from 0.
        question: u32,
        /// Its address.
        url: String,
    },
    /// Asks for what the page's storage keeps under a name.
    Find {
        /// Counts up from 0.
        question: u32,
        /// The name.
        name: String,
    },
    /// Asks the page to keep bytes in its storage.
    Keep {
        /// Counts up from 0.
        question: u32,
        /// Under which name.
        name: String,
        /// What.
        bytes: Vec<u8>,
    },
}

/// Why something could not be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeepFailure {
    /// There is no more room.
    Full,
    /// The page came over plain http, from another name than localhost.
    Insecure,
    /// The browser keeps nothing; in its words.
    Refused(String),
}

/// Why the program closes a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A message that is none.
    Unreadable,
    /// Another token than that of the program, or none.
    WrongToken,
    /// Another [`PROTOCOL_VERSION`](super::PROTOCOL_VERSION).
    OtherVersion,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Unreadable, Self::WrongToken, Self::OtherVersion];

    /// Code with which the connection is closed, of those that WebSocket leaves to programs. Of all versions, as [`Hello`] is.
    pub fn code(self) -> u16 {
        match self {
            Self::Unreadable => 4400,
            Self::WrongToken => 4401,
            Self::OtherVersion => 4409,
        }
    }

    /// The one with this code.
    pub fn of_code(code: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.code() == code)
    }

    /// A sentence for whoever reads the program's lines or the browser's log; 123 bytes at most, as WebSocket has it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Unreadable => "A message could not be read, so the connection is closed.",
            Self::WrongToken => "The page's token is not the one that the program was started with.",
            Self::OtherVersion => "This page is of another version than the program: reload the page and update the program.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{decode, encode};
    use super::*;

    #[test]
    fn a_hello_of_today_is_read_for_ever() {
        let hello = Hello { protocol_version: 300, token: "ab".into() };
        assert_eq!(encode(&hello), [0xac, 0x02, 2, b'a', b'b'], "the version, then the token");
        assert_eq!(decode::<Hello>(&[0xac, 0x02, 2, b'a', b'b']), Ok(hello));
    }

    #[test]
    fn each_refusal_has_a_code_and_words_that_a_browser_hands_on() {
        for refusal in Refusal::ALL {
            assert_eq!(Refusal::of_code(refusal.code()), Some(refusal));
            assert!((4000..5000).contains(&refusal.code()) && refusal.sentence().len() <= 123, "{refusal:?}");
        }
        assert_eq!(Refusal::of_code(1006), None, "a connection that broke");
    }
}
