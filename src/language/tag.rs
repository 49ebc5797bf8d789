//! Languages by name.

/// A language by its two letters (ISO 639-1): `de`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LanguageTag([u8; 2]);

impl LanguageTag {
    /// What stands in the code.
    pub const ENGLISH: Self = Self(*b"en");

    /// The language that begins a tag as the web has them: `de`, `de-AT`.
    pub fn from_word(word: &str) -> Option<Self> {
        let language = word.split('-').next().unwrap_or_default();
        let letters: [u8; 2] = language.to_ascii_lowercase().into_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_lowercase).then_some(Self(letters))
    }

    /// Its two letters.
    pub fn word(self) -> String {
        self.0.map(char::from).iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_and_capitals_change_nothing() {
        let word = |word| LanguageTag::from_word(word).map(LanguageTag::word);
        assert_eq!(["de", "DE", "de-AT"].map(word), ["de", "de", "de"].map(|word| Some(word.to_owned())));
        assert_eq!(["", "d", "deu", "d3", "ü"].map(word), [const { None }; 5]);
    }
}
