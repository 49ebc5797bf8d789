//! Texts and numbers in the visitor's language.
//!
//! The English text stands in the code, where it is said: `text!("Play")`, or `tr!("Stage {stage} of {count}", stage, count)`
//! with numbers that [`format`] has written. Each other language is one file of `languages/` in gettext's format,
//! whose entries are found by the English text; what a file lacks stays English. `tests/it/languages.rs` holds the files complete.
//!
//! What other programs read is never translated: keys of links, columns of files, exported code.

pub mod csv_table;
pub mod format;
mod marks;
mod tag;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use tr::{MoTranslator, Translator};

/// A text with placeholders, in the visitor's language. A translation may put them into another order.
pub use tr::tr;

/// A text without placeholders, in the visitor's language: a `&'static str`.
macro_rules! text {
    ($text:literal) => {
        $crate::language::translated($text)
    };
}
pub(crate) use text;

/// A text of a constant table, which [`translated`] translates where it is shown.
macro_rules! marked {
    ($text:literal) => {
        $text
    };
}
pub(crate) use marked;

pub use tag::LanguageTag;

/// What is spoken instead of English.
static SPOKEN: OnceLock<(LanguageTag, Arc<MoTranslator>)> = OnceLock::new();

/// The language that is spoken.
pub fn spoken() -> LanguageTag {
    SPOKEN.get().map_or(LanguageTag::ENGLISH, |(tag, _)| *tag)
}

/// The translation of a text that `marked!` marked.
pub fn translated(text: &'static str) -> &'static str {
    match SPOKEN.get().map(|(_, catalogue)| catalogue.translate(text, None)) {
        Some(Cow::Borrowed(translation)) => translation,
        // A catalogue owns its translations: only what it lacks could be a copy.
        Some(Cow::Owned(_)) | None => text,
    }
}

/// Speaks a language from now on, by its catalogue (gettext's `.mo`). A program calls it before it says anything.
///
/// # Errors
/// When the bytes are no catalogue: the words say why. English stays.
pub fn speak(tag: LanguageTag, catalogue: Vec<u8>) -> Result<(), String> {
    let catalogue = MoTranslator::from_vec_u8(catalogue).map_err(|error| error.to_string())?;
    let (_, catalogue) = SPOKEN.get_or_init(|| (tag, Arc::new(catalogue)));
    tr::set_translator!(Arc::clone(catalogue));
    marks::follow_catalogue();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_catalogue_is_refused() {
        assert!(speak(LanguageTag::ENGLISH, b"<!doctype html>".to_vec()).is_err());
    }

    #[test]
    fn english_stands_in_the_code() {
        let stage = 2;
        assert_eq!(text!("Play"), "Play");
        assert_eq!(translated(marked!("Play")), "Play");
        assert_eq!(tr!("Stage {stage} of {count}", stage, count = 3), "Stage 2 of 3");
        assert_eq!(tr!("one image" | "{n} images" % 2), "2 images");
    }
}
