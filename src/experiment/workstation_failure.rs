//! Why a program on another side of a socket does not train for the page.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::language::tr;

/// Why a native program does not train for the page. The message is half a sentence for the visitor: the cause, then the remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum WorkstationFailure {
    /// What was entered is no address.
    #[error("{}", tr!("“{text}” is no address of a program: enter one such as ws://127.0.0.1:8765", text))]
    NoAddress {
        /// What was entered.
        text: String,
    },
    /// The browser does not even try.
    #[error(
        "{}",
        tr!(
            "this browser connects no page over https to {address}: a program on this machine is at ws://127.0.0.1:8765, one elsewhere \
             needs wss:// or an SSH tunnel",
            address
        )
    )]
    Forbidden {
        /// Where the program would be.
        address: String,
    },
    /// Nobody answers, or somebody who refuses this page and says nothing: browsers do not tell which.
    #[error(
        "{}",
        tr!(
            "no program at {address} answers this page: start it there by “{command}”, and allow the browser to connect if it asks",
            address,
            command
        )
    )]
    NotReached {
        /// Where it would be.
        address: String,
        /// What starts it so that it lets this page in.
        command: String,
    },
    /// It wants another token.
    #[error(
        "{}",
        tr!("the program at {address} was started with another token: enter the one that stands behind --token there", address)
    )]
    WrongToken {
        /// Where it is.
        address: String,
    },
    /// Page and program do not fit together.
    #[error(
        "{}",
        tr!(
            "this page is of another version than the program at {address}: reload the page, and update the program if that does not help",
            address
        )
    )]
    OtherVersion {
        /// Where it is.
        address: String,
    },
    /// It was there, and is no more.
    #[error(
        "{}",
        tr!("the connection to the program at {address} broke off: look whether the program still runs there", address)
    )]
    Lost {
        /// Where it was.
        address: String,
    },
}

impl WorkstationFailure {
    /// Whether the same again may go well, with the page as it is.
    pub fn can_be_retried(&self) -> bool {
        !matches!(self, Self::OtherVersion { .. })
    }
}
