//! The static pages beside the playground.
//!
//! ```text
//! guide/  teach/        texts of pages/en/*.md
//! glossary/             the terms of the page
//! de/                   guide, lessons for a class and terms once more, for each language of languages/
//! p/<preset>/           a page for each recipe and network preset, with its card, for links that are shown with a preview
//! posters/              drawings that stand for an embed before it is started
//! manifest.webmanifest  how the page is called once it is installed, with icons/
//! ```
//!
//! All addresses are relative: the site lives under any path. Only previews of links and oEmbed ask for absolute ones
//! ([`SiteUrl`]).

mod card;
mod frame;
mod glossary;
mod index;
mod install;
mod language;
mod oembed;
mod posters;
mod preset_page;
mod presets;
mod text;
mod url;

use std::path::Path;

use anyhow::{Context, Result};

pub use index::with_card;
pub use language::Language;
pub use presets::{SitePreset, presets};
pub use url::SiteUrl;

/// A file of the site.
pub struct SiteFile {
    /// Where it lies in the site's folder.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl SiteFile {
    fn new(path: impl Into<String>, contents: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: contents.into() }
    }
}

/// Everything that is written beside the page.
///
/// # Errors
/// A card cannot be drawn, or a text cannot be read.
pub fn files(base: &SiteUrl) -> Result<Vec<SiteFile>> {
    let languages = Language::all()?;
    let mut files = Vec::new();
    for language in &languages {
        files.extend([glossary::page(language, &languages), text::guide(language, &languages)?, text::teach(language, &languages)?]);
    }
    // What a preview shows is for anybody: in English alone.
    let english = languages.first().context("there is English")?;
    for preset in presets() {
        files.push(preset_page::page(&preset, base, english));
        files.push(oembed::file(&preset, base)?);
    }
    files.extend(card::files()?);
    files.extend(posters::files()?);
    files.extend(install::files()?);
    Ok(files)
}

/// Writes all files into the folder of the built page, and names the card of the first experiment in it.
///
/// # Errors
/// The folder holds no page, or cannot be written to.
pub fn write(folder: &Path, base: &SiteUrl) -> Result<()> {
    let index = folder.join("index.html");
    let page = std::fs::read_to_string(&index).with_context(|| format!("{} is no built page", folder.display()))?;
    std::fs::write(&index, with_card(&page, base)?).with_context(|| format!("cannot write {}", index.display()))?;
    for SiteFile { path, bytes } in files(base)? {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
        }
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
