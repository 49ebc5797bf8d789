//! Pages whose text is Markdown.

use anyhow::{Context, Result};
use maud::{PreEscaped, html};
use pulldown_cmark::{Options, Parser};

use crate::SiteFile;
use crate::frame::Page;
use crate::language::{Language, marked};

/// The guide to the playground.
pub fn guide(language: &Language, languages: &[Language]) -> Result<SiteFile> {
    let description = marked!(
        "How to use ResNet Playground: the first minute, every part of the page, keys, links, embedding, your own images, and what to do when \
         something does not work."
    );
    page("guide", description, language, languages)
}

/// Lessons for a class.
pub fn teach(language: &Language, languages: &[Language]) -> Result<SiteFile> {
    let description = marked!(
        "Three lessons of 15 minutes about residual networks, with links, questions, measured results and a way to hand in. Nothing to \
         install, no account, no graphics card."
    );
    page("teach", description, language, languages)
}

/// The first line of the text is its heading.
fn page(folder: &str, description: &str, language: &Language, languages: &[Language]) -> Result<SiteFile> {
    let (text, is_translated) = language.text(&format!("{folder}.md"))?;
    let (title, text) = text.split_once('\n').context("a page has a title and a text")?;
    let title = title.strip_prefix("# ").with_context(|| format!("{folder}: the first line is the title"))?;
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut body = String::new();
    pulldown_cmark::html::push_html(&mut body, Parser::new_ext(text, options));
    // Wide tables scroll by themselves, and by keyboard.
    let table = language.say(marked!("Table"));
    let body = body.replace("<table>", &format!("<div class=\"table\" role=\"group\" aria-label=\"{table}\" tabindex=\"0\"><table>"));
    let body = body.replace("</table>", "</table></div>");
    let description = language.say(description);
    let is_untranslated = !is_translated;
    Ok(Page { folder, language, languages, is_untranslated, title, description: &description, head: html! {}, body: PreEscaped(body) }
        .file())
}
