//! Everything that another frame needs to go on with a run, as a text that a page around keeps and does not look into.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use super::embed::Version;
use crate::language::{marked, translated};

/// Said of a checkpoint that cannot be read.
pub const DAMAGED: &str = marked!("The checkpoint in this state is damaged: it was cut short or changed on its way.");

/// A run as it stood, or the settings alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbedState {
    /// The experiment, as a query.
    pub link: String,
    /// A [kept run](crate::checkpoint::autosave::KeptWork) as bytes; none where nothing was trained.
    pub work: Option<Vec<u8>>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    version: Version,
    link: String,
    checkpoint: Option<String>,
}

impl EmbedState {
    /// As a text.
    pub fn to_text(&self) -> String {
        let checkpoint = self.work.as_ref().map(|work| BASE64_STANDARD.encode(work));
        // Texts have no way to fail; an empty one is refused when it is read.
        serde_json::to_string(&Written { version: Version, link: self.link.clone(), checkpoint }).unwrap_or_default()
    }

    /// Reads what [`EmbedState::to_text`] wrote.
    ///
    /// # Errors
    /// When it is something else, as a sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let refused =
            || "This is no state that a playground of this version gave: pass on the text of getState or park as it came.".to_owned();
        let Written { link, checkpoint, .. } = serde_json::from_str(text).map_err(|_| refused())?;
        let work = checkpoint.map(|bytes| BASE64_STANDARD.decode(bytes)).transpose();
        Ok(Self { link, work: work.map_err(|_| translated(DAMAGED).to_owned())? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_comes_back_as_it_was() {
        for work in [None, Some(vec![]), Some((0..=255).collect::<Vec<u8>>())] {
            let state = EmbedState { link: "v=1&depth=20".into(), work };
            assert_eq!(EmbedState::read(&state.to_text()), Ok(state));
        }
        let text = EmbedState { link: "v=1".into(), work: None }.to_text();
        assert_eq!(text, r#"{"version":1,"link":"v=1","checkpoint":null}"#);
    }

    #[test]
    fn what_is_no_state_is_told() {
        for text in
            ["", "{}", "null", r#"{"version":2,"link":"","checkpoint":null}"#, r#"{"version":1,"link":7,"checkpoint":null}"#, "depth=20"]
        {
            assert!(EmbedState::read(text).is_err_and(|sentence| sentence.contains("getState")), "{text}");
        }
        let damaged = EmbedState::read(r#"{"version":1,"link":"","checkpoint":"no base64!"}"#);
        assert!(damaged.is_err_and(|sentence| sentence.contains("damaged")));
    }
}
