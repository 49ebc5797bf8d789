//! The languages of the site: English, which stands in the code and in `pages/en/`, and those of the page, a file of `languages/` each.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use rspolib::{POFile, pofile};

/// A short text of the site. `tests/it/languages.rs` finds it by this macro, and holds that every language has it.
macro_rules! marked {
    ($text:literal) => {
        $text
    };
}
pub(crate) use marked;

/// A language.
#[derive(Debug)]
pub struct Language {
    /// Its two letters.
    pub tag: String,
    /// As its speakers name it.
    pub name: String,
    /// Its texts by the English ones; none for English.
    texts: Option<POFile>,
}

impl Language {
    /// All of them, English first.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn all() -> Result<Vec<Self>> {
        let english = Self { tag: "en".into(), name: "English".into(), texts: None };
        let mut languages = vec![english];
        let folder = root().join("languages");
        let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        files.sort();
        for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "po")) {
            languages.push(Self::read(path).with_context(|| path.display().to_string())?);
        }
        Ok(languages)
    }

    fn read(path: &Path) -> Result<Self> {
        let texts = pofile(path).map_err(|error| anyhow!("{error}"))?;
        let header = |key: &str| texts.metadata.get(key).cloned().with_context(|| format!("its header has no {key}"));
        Ok(Self { tag: header("Language")?, name: header("X-Language-Name")?, texts: Some(texts) })
    }

    /// Whether it is the language of the code.
    pub fn is_english(&self) -> bool {
        self.texts.is_none()
    }

    /// Where its pages lie in the site's folder: `de/`. English lies at the top.
    pub fn folder(&self) -> String {
        if self.is_english() { String::new() } else { format!("{}/", self.tag) }
    }

    /// The way up to the site's folder from a page of this language in a folder.
    pub fn up(&self, folder: &str) -> String {
        "../".repeat(folder.split('/').count() + usize::from(!self.is_english()))
    }

    /// The way from there to the playground, which then speaks this language.
    pub fn home(&self, folder: &str) -> String {
        if self.is_english() { self.up(folder) } else { format!("{}?lang={}", self.up(folder), self.tag) }
    }

    /// The translation of a text that [`marked!`] marked, here or in the playground's core.
    pub fn say(&self, text: &str) -> String {
        let mut entries = self.texts.iter().flat_map(|texts| &texts.entries);
        let entry = entries.find(|entry| entry.msgctxt.is_none() && entry.msgid == text);
        entry.and_then(|entry| entry.msgstr.clone()).filter(|translation| !translation.is_empty()).unwrap_or_else(|| text.to_owned())
    }

    /// A page's text, and whether it is in this language: what is not translated yet is there in English.
    ///
    /// # Errors
    /// There is no such text.
    pub fn text(&self, name: &str) -> Result<(String, bool)> {
        let file = |tag: &str| root().join("site/pages").join(tag).join(name);
        if let Ok(text) = std::fs::read_to_string(file(&self.tag)) {
            return Ok((text, true));
        }
        let english = file("en");
        Ok((std::fs::read_to_string(&english).with_context(|| english.display().to_string())?, false))
    }
}

/// The root of the checkout.
fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_translated_stays_english() {
        let languages = Language::all().unwrap();
        let german = languages.iter().find(|language| language.tag == "de").unwrap();
        assert_eq!((german.say("Guide").as_str(), german.say("No such text").as_str()), ("Anleitung", "No such text"));
        assert_eq!((german.folder().as_str(), german.home("guide").as_str()), ("de/", "../../?lang=de"));
        let unknown = Language { tag: "xx".into(), name: String::new(), texts: None };
        let (text, translated) = unknown.text("guide.md").unwrap();
        assert!(text.starts_with("# Guide") && !translated);
        assert!(unknown.text("none.md").is_err());
    }

    #[test]
    fn english_comes_first_and_lies_at_the_top() {
        let languages = Language::all().unwrap();
        assert!(languages[0].is_english() && languages[1..].iter().all(|language| !language.is_english()));
        let english = &languages[0];
        assert_eq!((english.folder().as_str(), english.home("guide").as_str(), english.say("Guide").as_str()), ("", "../", "Guide"));
    }
}
