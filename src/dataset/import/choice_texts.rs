//! Choices of an import as a visitor types them.

use super::ImportChoices;
use crate::language::tr;

/// Most held out, in percent: something has to be left to learn from.
const MOST_HELD_OUT: u32 = 90;

/// Most training images of each class; an empty text keeps all.
///
/// # Errors
/// A sentence without its full stop about a text that is no such number.
pub fn read_images_per_class(text: &str) -> Result<Option<usize>, String> {
    match text.trim() {
        "" => Ok(None),
        text => match text.parse() {
            Ok(count) if count > 0 => Ok(Some(count)),
            _ => Err(tr!("images per class is a whole number above 0, or empty for all, not “{text}”", text)),
        },
    }
}

/// Percent of each class that is held out where the files do not say which; an empty text is the usual share.
///
/// # Errors
/// As [`read_images_per_class`].
pub fn read_held_out_percent(text: &str) -> Result<u32, String> {
    match text.trim() {
        "" => Ok(ImportChoices::default().held_out_percent),
        text => match text.parse() {
            Ok(percent) if (1..=MOST_HELD_OUT).contains(&percent) => Ok(percent),
            _ => Err(tr!("held out is a whole number of percent from 1 to {most}, not “{text}”", most = MOST_HELD_OUT, text)),
        },
    }
}

/// Seed of the choice; an empty text is the usual one.
///
/// # Errors
/// As [`read_images_per_class`].
pub fn read_seed(text: &str) -> Result<u64, String> {
    match text.trim() {
        "" => Ok(ImportChoices::default().seed),
        text => text.parse().map_err(|_| tr!("the seed is a whole number from 0, not “{text}”", text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_texts_are_the_usual_choices() {
        let usual = ImportChoices::default();
        assert_eq!(read_images_per_class(""), Ok(usual.images_per_class));
        assert_eq!(read_held_out_percent(" "), Ok(usual.held_out_percent));
        assert_eq!(read_seed(""), Ok(usual.seed));
        assert_eq!((read_images_per_class("100"), read_held_out_percent("25"), read_seed("7")), (Ok(Some(100)), Ok(25), Ok(7)));
    }

    #[test]
    fn a_text_that_cannot_be_used_is_named() {
        assert!(read_images_per_class("0").unwrap_err().contains("images per class"));
        assert!(read_held_out_percent("100").unwrap_err().contains("held out is a whole number of percent from 1 to 90, not “100”"));
        assert!(read_seed("-1").unwrap_err().contains("the seed"));
    }
}
