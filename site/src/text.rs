//! Pages whose text is Markdown.

use anyhow::{Context, Result};
use maud::{PreEscaped, html};
use pulldown_cmark::{Options, Parser};

use crate::SiteFile;
use crate::frame::Page;

/// The guide to the playground.
pub fn guide() -> Result<SiteFile> {
    let description = "How to use ResNet Playground: the first minute, every part of the page, keys, links, embedding, your own images, and what to do when something does not work.";
    page("guide", description, include_str!("../pages/guide.md"))
}

/// Lessons for a class.
pub fn teach() -> Result<SiteFile> {
    let description = "Three lessons of 15 minutes about residual networks, with links, questions, measured results and a way to hand in. Nothing to install, no account, no graphics card.";
    page("teach", description, include_str!("../pages/teach.md"))
}

/// The first line of the text is its heading.
fn page(folder: &str, description: &str, text: &str) -> Result<SiteFile> {
    let (title, text) = text.split_once('\n').context("a page has a title and a text")?;
    let title = title.strip_prefix("# ").with_context(|| format!("{folder}: the first line is the title"))?;
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut body = String::new();
    pulldown_cmark::html::push_html(&mut body, Parser::new_ext(text, options));
    // Wide tables scroll by themselves, and by keyboard.
    let body = body.replace("<table>", "<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>");
    let body = body.replace("</table>", "</table></div>");
    Ok(Page { folder, title, description, head: html! {}, body: PreEscaped(body) }.file())
}
