//! Where the site will be found.

use anyhow::{Result, ensure};

/// The site's own address, if its host told it. Most readers of previews and of oEmbed take absolute addresses alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteUrl {
    base: Option<String>,
}

impl SiteUrl {
    /// `https://example.org/playground/`, with or without the slash; nothing leaves addresses relative.
    ///
    /// # Errors
    /// What is given is no address of a page.
    pub fn new(base: Option<&str>) -> Result<Self> {
        let Some(base) = base else { return Ok(Self::default()) };
        let base = base.trim().trim_end_matches('/');
        let rest = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"));
        let is_address = rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(['?', '#', '"', ' ']));
        ensure!(is_address, "SITE_URL is “{base}”, but has to be the address of the folder, as in https://example.org/playground/");
        Ok(Self { base: Some(format!("{base}/")) })
    }

    /// The address of a file of the site, for a page that lies `depth` folders deep.
    pub fn of(&self, file: &str, depth: usize) -> String {
        match &self.base {
            Some(base) => format!("{base}{file}"),
            None => format!("{}{file}", "../".repeat(depth)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_absolute_where_the_site_knows_its_own() {
        for given in ["https://example.org/play", "https://example.org/play/", " https://example.org/play// "] {
            assert_eq!(SiteUrl::new(Some(given)).unwrap().of("p/quick/card.png", 2), "https://example.org/play/p/quick/card.png");
        }
        assert_eq!(SiteUrl::default().of("p/quick/card.png", 2), "../../p/quick/card.png");
        assert_eq!(SiteUrl::default().of("p/quick/card.png", 0), "p/quick/card.png");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for wrong in ["example.org", "https://", "/play/", "https://example.org/?a=b", "https://a b"] {
            assert!(SiteUrl::new(Some(wrong)).unwrap_err().to_string().contains("SITE_URL"), "{wrong}");
        }
    }
}
