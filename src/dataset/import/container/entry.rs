//! Files of a container, one after another.

use std::io::Read;

use super::leavings::is_leaving;
use crate::dataset::import::error::ImportError;
use crate::dataset::import::limits;

/// A file in a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::dataset::import) struct Entry {
    /// Path inside the container, `/` between its parts; that of a folder ends with one.
    pub path: String,
    /// Size that the container gives; not to be trusted before it is read.
    pub bytes: u64,
}

impl Entry {
    /// Whether it is a folder, which archives may have and chosen files never do.
    pub fn is_folder(&self) -> bool {
        self.path.ends_with('/')
    }
}

/// What is called for each file and each folder; contents are read only if they are asked for.
pub(in crate::dataset::import) type Visitor<'v> = dyn FnMut(&Entry, &mut dyn Read) -> Result<(), ImportError> + 'v;

/// Files one after another, always in the same order.
pub(in crate::dataset::import) trait Container {
    /// Shows each file to `visitor`.
    ///
    /// # Errors
    /// The visitor's, or when the container cannot be read to its end.
    fn visit(&self, visitor: &mut Visitor<'_>) -> Result<(), ImportError>;
}

/// All bytes of a file, at most `most`.
///
/// # Errors
/// When there are more, or they cannot be read.
pub(in crate::dataset::import) fn read_whole(entry: &Entry, contents: &mut dyn Read, most: u64) -> Result<Vec<u8>, ImportError> {
    let too_large = || ImportError::TooLarge { path: entry.path.clone(), limit: crate::language::format::grouped(most as usize) };
    if entry.bytes > most {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    contents.take(most + 1).read_to_end(&mut bytes).map_err(|error| ImportError::while_reading(&entry.path, error))?;
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
}

/// A path with `/` between its parts, and behind them if it is a folder; nothing for what is no name of the user's: hidden
/// files, what systems add.
pub(super) fn tidied(path: &str) -> Option<String> {
    if path.len() > limits::PATH_BYTES {
        return None;
    }
    let text = path.replace('\\', "/");
    let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.is_empty() || parts.iter().any(|part| is_leaving(part)) {
        return None;
    }
    let end = if text.ends_with('/') { "/" } else { "" };
    Some(parts.join("/") + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_user_are_looked_at() {
        assert_eq!(tidied("./pets\\cats/1.png").as_deref(), Some("pets/cats/1.png"), "one kind of slash");
        assert_eq!(tidied("pets\\cats\\").as_deref(), Some("pets/cats/"), "a folder");
        for not in
            ["__MACOSX/", "__MACOSX/cats/._1.png", "cats/.DS_Store", "", "/", "cats/Thumbs.db", "../secret.png", "@eaDir/a.jpg/1.jpg"]
        {
            assert_eq!(tidied(not), None, "{not} is none");
        }
        assert_eq!(tidied(&"a".repeat(limits::PATH_BYTES + 1)), None, "nor do endless ones");
    }
}
