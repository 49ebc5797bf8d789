//! How the page around finds the playground: words that are posted to windows, before there is a port.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::EMBED_VERSION;

/// Answers a hello; the port goes along.
pub const PORT: &str = "port";
/// Said once without being asked: whoever has given up saying hello may begin again. It holds nothing private.
pub const HERE: &str = "here";

/// Longest id of a hello, in bytes.
const MOST_ID: usize = 200;

/// A word between two windows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Word {
    /// What is said: `hello`, [`PORT`] or [`HERE`].
    pub resnet_playground: String,
    /// Version of the messages.
    pub version: u32,
    /// As in the hello that is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl Word {
    /// That there is somebody who hears hellos.
    pub fn here() -> Self {
        Self { resnet_playground: HERE.into(), version: EMBED_VERSION, id: None }
    }

    /// The answer to a hello.
    pub fn port(hello: &Hello) -> Self {
        Self { resnet_playground: PORT.into(), version: EMBED_VERSION, id: Some(hello.id.clone()) }
    }
}

/// The page around asks for a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// Which of its frames it means.
    pub id: String,
}

/// A hello of this version; nothing in all other messages that a window may get.
pub fn read_hello(text: &str) -> Option<Hello> {
    // Other messages of the page around can be large.
    if text.len() > MOST_ID * 8 {
        return None;
    }
    let said: Value = serde_json::from_str(text).ok()?;
    let is_hello = said.get("resnetPlayground")?.as_str()? == "hello" && said.get("version")?.as_u64()? == u64::from(EMBED_VERSION);
    let id = said.get("id")?.as_str().filter(|id| id.len() <= MOST_ID)?;
    is_hello.then(|| Hello { id: id.to_owned() })
}
