//! The language of the page, and what it can be.
//!
//! The build lists the languages beside English in the page's head:
//! `<meta name="language" lang="de" data-name="Deutsch" content="language_de-HASH.mo">`.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::experiment::permalink::LANGUAGE_KEY;
use crate::language::{LanguageTag, speak, spoken};

use super::{local_storage, location, page_files};

/// Where the browser remembers the visitor's choice.
const KEY: &str = "language";

/// A language that the page speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    pub tag: LanguageTag,
    /// As its speakers name it: `Deutsch`.
    pub name: String,
    /// The file with its texts; none for English.
    catalogue: Option<String>,
}

/// All of them, English first.
pub fn all() -> Vec<Language> {
    let english = Language { tag: LanguageTag::ENGLISH, name: "English".into(), catalogue: None };
    std::iter::once(english).chain(listed()).collect()
}

fn listed() -> Vec<Language> {
    let Ok(elements) = document().query_selector_all("meta[name=language]") else { return Vec::new() };
    let element = |index| elements.get(index)?.dyn_into::<Element>().ok();
    let language = |element: Element| {
        let attribute = |name: &str| element.get_attribute(name);
        let tag = LanguageTag::from_word(&attribute("lang")?)?;
        Some(Language { tag, name: attribute("data-name")?, catalogue: attribute("content") })
    };
    (0..elements.length()).filter_map(element).filter_map(language).collect()
}

/// How dates are written: the British way in English, which the page is written in.
pub fn locale() -> String {
    if spoken() == LanguageTag::ENGLISH { "en-GB".into() } else { spoken().word() }
}

/// The address of a page of the site in the language that is spoken: `guide/`, `de/guide/`. The site has those pages in all of them.
pub fn site_page(folder: &str) -> String {
    if spoken() == LanguageTag::ENGLISH { format!("{folder}/") } else { format!("{}/{folder}/", spoken().word()) }
}

/// Remembers the visitor's choice, for the next time the page is opened.
pub fn remember(tag: &str) {
    // A browser that remembers nothing opens the page in its own language.
    let _ = local_storage::set_text(KEY, tag);
}

/// Speaks the language of the link, else the one that was chosen before, else the browser's. It comes before anything is shown.
pub async fn speak_visitors() {
    let wanted = wanted(&all());
    let Some(catalogue) = wanted.catalogue else { return };
    // Where the file does not come, all stays English.
    let Ok(bytes) = page_files::read_bytes(&catalogue).await else { return };
    if speak(wanted.tag, bytes).is_ok()
        && let Some(root) = document().document_element()
    {
        // Not refused: the name is ours and valid.
        let _ = root.set_attribute("lang", &wanted.tag.word());
    }
}

/// What tells a worker to speak the page's language: its tag, and the address of its catalogue. None for English.
pub fn name_of_workers() -> Option<String> {
    let language = listed().into_iter().find(|language| language.tag == spoken())?;
    Some(format!("{} {}", language.tag.word(), location::absolute_url(&language.catalogue?)))
}

fn wanted(all: &[Language]) -> Language {
    let preferred = window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect::<Vec<_>>();
    let asked = [location::value(LANGUAGE_KEY), local_storage::text(KEY)];
    let of = |word: &String| {
        let tag = LanguageTag::from_word(word)?;
        all.iter().find(|known| known.tag == tag)
    };
    asked.iter().flatten().chain(&preferred).find_map(of).unwrap_or(&all[0]).clone()
}
