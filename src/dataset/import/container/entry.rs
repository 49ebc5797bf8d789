//! Files of a container, one after another.

use std::io::Read;

use crate::dataset::import::error::ImportError;
use crate::dataset::import::limits;

/// A file in a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::dataset::import) struct Entry {
    /// Path inside the container, `/` between its parts.
    pub path: String,
    /// Size that the container gives; not to be trusted before it is read.
    pub bytes: u64,
}

/// What is called for each file; its contents are read only if they are asked for.
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
    let too_large = || ImportError::TooLarge { path: entry.path.clone(), limit: crate::format::grouped(most as usize) };
    if entry.bytes > most {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    contents.take(most + 1).read_to_end(&mut bytes).map_err(|error| ImportError::while_reading(&entry.path, error))?;
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
}

/// A path with `/` between its parts; nothing for what is no file of the user's: folders, hidden files, what systems add.
pub(super) fn tidied(path: &[u8]) -> Option<String> {
    if path.len() > limits::PATH_BYTES {
        return None;
    }
    let text = String::from_utf8_lossy(path).replace('\\', "/");
    let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let is_added = |part: &&str| part.starts_with('.') || ["__MACOSX", "Thumbs.db", "desktop.ini"].contains(part);
    let is_folder = text.ends_with('/');
    if is_folder || parts.is_empty() || parts.iter().any(is_added) { None } else { Some(parts.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_user_are_looked_at() {
        assert_eq!(tidied(b"./pets\\cats/1.png").as_deref(), Some("pets/cats/1.png"), "one kind of slash");
        for not in ["pets/cats/", "__MACOSX/cats/._1.png", "cats/.DS_Store", "", "/", "cats/Thumbs.db", "../secret.png"] {
            assert_eq!(tidied(not.as_bytes()), None, "{not} is none");
        }
        assert!(tidied(b"cats/\xff.png").is_some_and(|path| path.ends_with(".png")), "names in other alphabets do no harm");
        assert_eq!(tidied(&[b'a'; limits::PATH_BYTES + 1]), None, "nor do endless ones");
    }
}
