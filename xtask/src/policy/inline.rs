//! Scripts and styles that stand in a page itself, by their hashes.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

/// Hashes as a policy writes them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Inline {
    pub scripts: BTreeSet<String>,
    pub styles: BTreeSet<String>,
}

impl Inline {
    /// Those of a page.
    ///
    /// # Errors
    /// When it has what no hash can allow: an attribute with a script or a style, or an element without an end.
    pub fn of(page: &str) -> Result<Self> {
        let mut inline = Self::default();
        let mut rest = page;
        while let Some(from) = rest.find('<') {
            rest = &rest[from..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").context("a comment has no end")?.1;
                continue;
            }
            let length = tag_length(rest).context("a tag has no end")?;
            let (tag, after) = rest.split_at(length);
            rest = after;
            for attribute in attributes(tag) {
                if attribute == "style" || attribute.starts_with("on") {
                    bail!("`{attribute}=` in {tag}: no hash allows it");
                }
            }
            let element = ["script", "style"].into_iter().find(|name| {
                tag[1..].strip_prefix(name).is_some_and(|end| end.starts_with(|next: char| next == '>' || next.is_ascii_whitespace()))
            });
            let Some(element) = element else { continue };
            let (text, after) = rest.split_once(&format!("</{element}")).with_context(|| format!("a {element} has no end"))?;
            rest = after;
            if element == "style" {
                inline.styles.insert(hash(text));
            } else if !attributes(tag).contains(&"src") {
                inline.scripts.insert(hash(text));
            }
        }
        Ok(inline)
    }
}

/// `'sha256-…'` of a text.
pub fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// Up to and with the `>` that is in no value.
fn tag_length(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    None
}

/// The names of a tag's attributes.
fn attributes(tag: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = tag.trim_end_matches('>').split_once(|letter: char| letter.is_ascii_whitespace()).map_or("", |(_, rest)| rest);
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == '/');
        let end = rest.find(|letter: char| letter == '=' || letter == '/' || letter.is_ascii_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if name.is_empty() {
            return names;
        }
        names.push(name);
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            continue;
        };
        rest = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).map_or("", |(_, rest)| rest),
            _ => value.split_once(|letter: char| letter.is_ascii_whitespace()).map_or("", |(_, rest)| rest),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_one_that_browsers_compute() {
        // The example of the specification.
        assert_eq!(hash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }

    #[test]
    fn what_stands_in_a_page_is_found_and_what_is_loaded_is_not() {
        let page = "<!-- <script>0</script> --><script type=module>a > b</script><script defer src=./x.js></script><style media='print'>c</style>\
                    <p title='<script>'>";
        let inline = Inline::of(page).unwrap();
        assert_eq!(inline.scripts, BTreeSet::from([hash("a > b")]));
        assert_eq!(inline.styles, BTreeSet::from([hash("c")]));
    }

    #[test]
    fn attributes_that_no_hash_allows_are_named() {
        for page in ["<p style=\"color:red\">", "<p class=a style=color:red>", "<img alt='x' onerror=alert(1)>", "<b onclick>"] {
            assert!(Inline::of(page).is_err(), "{page}");
        }
        for page in ["<p title='style=x'>", "<p data-style=x>", "<a href=?onclick=1>", "<input disabled value=style>"] {
            assert!(Inline::of(page).is_ok(), "{page}");
        }
    }

    #[test]
    fn pages_cut_short_are_refused() {
        for page in ["<script>1", "<p title='", "<!-- "] {
            assert!(Inline::of(page).is_err(), "{page}");
        }
    }
}
