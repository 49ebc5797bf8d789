//! The card in the page's own head.

use anyhow::{Context, Result};
use maud::{Markup, html};

use crate::presets::{SitePreset, presets};
use crate::{SiteUrl, card};

/// What the page begins with.
const FIRST: &str = "quick";
/// The tags come before it.
const END_OF_HEAD: &str = "</head>";

/// The built page with the card of the experiment that it begins with.
///
/// # Errors
/// The page has no head.
pub fn with_card(page: &str, base: &SiteUrl) -> Result<String> {
    let (head, body) = page.split_once(END_OF_HEAD).context("index.html has no end of its head")?;
    let first = presets().into_iter().find(|preset| preset.name == FIRST).context("the first experiment is a preset")?;
    let tags = if head.contains("og:image") { String::new() } else { tags(&first, base, 0).into_string() };
    Ok(format!("{head}{tags}{END_OF_HEAD}{body}"))
}

/// Picture of a preset for a page that lies `depth` folders deep.
pub fn tags(preset: &SitePreset, base: &SiteUrl, depth: usize) -> Markup {
    let image = base.of(&format!("p/{}/card.png", preset.name), depth);
    html! {
        meta property="og:image" content=(image);
        meta property="og:image:width" content=(card::SIZE[0]);
        meta property="og:image:height" content=(card::SIZE[1]);
        meta property="og:image:alt" content={ "Drawing of the network. " (preset.label) ", " (preset.facts()) "." };
        meta name="twitter:card" content="summary_large_image";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_gets_the_card_of_what_it_begins_with() {
        let page = "<head><title>A page</title></head><body></body>";
        let relative = with_card(page, &SiteUrl::default()).unwrap();
        assert!(relative.contains("<meta property=\"og:image\" content=\"p/quick/card.png\">"), "{relative}");
        let absolute = with_card(page, &SiteUrl::new(Some("https://example.org/a")).unwrap()).unwrap();
        assert!(absolute.contains("content=\"https://example.org/a/p/quick/card.png\""), "{absolute}");
        assert!(absolute.contains("name=\"twitter:card\" content=\"summary_large_image\""), "{absolute}");
        assert_eq!(with_card(&relative, &SiteUrl::default()).unwrap(), relative, "once");
        assert!(with_card("<body></body>", &SiteUrl::default()).is_err(), "a page without a head is told");
    }
}
