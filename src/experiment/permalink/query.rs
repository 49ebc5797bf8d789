//! A query taken apart into keys and values, however it was copied, wrapped or encoded on its way.
//!
//! A link of ours has letters, digits and `=&-.` alone, so whatever else stands in one came to it on the way: entities of HTML, signs of
//! the sentence around it, percent codes, signs that a word processor put in place of others.

use super::characters::plain;

/// How often a query may have been encoded as a whole.
const MOST_ENCODINGS: usize = 4;

/// The query in an address; nothing where it has none. What follows `#` counts as well where it has the form of a query.
pub fn query_of(address: &str) -> Option<String> {
    let (before, fragment) = address.split_once('#').unwrap_or((address, ""));
    let query = before.split_once('?').map(|(_, query)| query);
    let fragment = Some(fragment).filter(|fragment| has_pairs(fragment));
    match (query, fragment) {
        (None, None) => None,
        (Some(query), Some(fragment)) => Some(format!("{query}&{}", fragment.trim_start_matches('?'))),
        (query, fragment) => query.or(fragment).map(|query| query.trim_start_matches('?').to_owned()),
    }
}

/// Whether a text has a key with a value, maybe encoded.
fn has_pairs(text: &str) -> bool {
    text.contains('=') || text.to_ascii_lowercase().contains("%3d") || text.to_ascii_lowercase().contains("%253d")
}

/// Keys and values of a query in their order, as plain text; a leading `?` or `#` is skipped, empty parts are left out.
///
/// `is_known` says which keys are ours: their values hold nothing that separates, so a separator in one is one that was encoded.
pub fn pairs(query: &str, is_known: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut found = Vec::new();
    take_apart(query.trim_start_matches(['?', '#']), MOST_ENCODINGS, &is_known, &mut found);
    found
}

fn take_apart(query: &str, encodings_left: usize, is_known: &dyn Fn(&str) -> bool, found: &mut Vec<(String, String)>) {
    // A `?` separates as well where a second query was hung on ours, but an address in a value of others has one of its own.
    let separates = |letter: char| letter == '&' || letter == ';' || letter == '?' && encodings_left < MOST_ENCODINGS;
    for part in query.split(separates).filter(|part| !is_entity(part)) {
        // The crate takes a part as it stands: separators are gone, `+` and percent codes are left.
        let Some((key, value)) = form_urlencoded::parse(part.as_bytes()).next() else { continue };
        let has_separator = |text: &str| text.contains(['&', '=', ';', '?']);
        let plain_key = plain(&key).to_lowercase().replace('_', "-");
        let is_encoded = if part.contains('=') {
            is_known(&plain_key) && (has_separator(&value) || is_code(&value))
        } else {
            has_separator(&key) || is_code(&key)
        };
        if is_encoded && encodings_left > 0 {
            let decoded = if part.contains('=') { format!("{key}={value}") } else { key.into_owned() };
            take_apart(&decoded, encodings_left - 1, is_known, found);
        } else if !plain_key.is_empty() {
            found.push((plain_key, plain(&value)));
        }
    }
}

/// What is left of an entity of HTML, such as `&amp;`, between two separators; also where its `#` began a fragment.
fn is_entity(part: &str) -> bool {
    matches!(part.to_ascii_lowercase().as_str(), "" | "amp" | "#38" | "38" | "#038" | "038" | "#x26" | "x26")
}

/// Whether a percent code stands in the text.
fn is_code(text: &str) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_hexdigit();
    text.as_bytes().windows(3).any(|window| matches!(window, [b'%', high, low] if is_digit(high) && is_digit(low)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Vec<(String, String)> {
        pairs(query, |key| ["depth", "filters", "held-out", "rate"].contains(&key))
    }

    fn of(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn percent_signs_and_plus_signs_are_decoded() {
        assert_eq!(read("?depth=%32%30+&held%2Dout=5"), of(&[("depth", "20"), ("held-out", "5")]), "both in keys and in values");
    }

    #[test]
    fn broken_codes_are_no_panic() {
        for broken in ["%", "%4", "%zz", "%é", "%%41", "=%", "%=%", "depth=%", "%25%25%25=1", "%ff"] {
            assert!(read(broken).len() <= 1, "{broken} is one key at most");
        }
    }

    #[test]
    fn a_query_is_the_same_however_it_was_separated_and_encoded() {
        let wanted = of(&[("depth", "20"), ("filters", "8")]);
        for query in [
            "?depth=20&filters=8",
            "depth=20&amp;filters=8",
            "depth=20&AMP;filters=8",
            "depth=20&amp;amp;filters=8",
            "depth=20&#38;filters=8",
            "depth=20&#x26;filters=8",
            "depth=20;filters=8",
            "?depth%3D20%26filters%3D8",
            "?depth%3d20%26amp%3Bfilters%3d8",
            "?depth%253D20%2526filters%253D8",
            "?depth%25253D20%252526filters%25253D8",
            "?depth=20%26filters%3D8",
            "#depth=20&filters=8",
            "#?depth=20&filters=8",
            "??depth=20?filters=8",
            "&&depth=20&&filters=8&",
            "Depth=20&FILTERS=8",
            "depth=20&filters=8.",
            "depth=20&filters=8)",
            "(depth=20&filters=8).",
            "depth=20&filters=8\">",
            "depth=20&filters=8]",
            "depth=20&filters=8,",
            "depth=\"20\"&filters=<8>",
            "depth=20&filters=8%22",
            "depth=+20+&filters=%208%20",
            "depth=20%C2%A0&filters=%E2%80%8B8",
            "depth=\u{a0}20&filters=8\u{200b}\u{feff}",
            "depth=２０&filters=８",
            "depth=%252020&filters=8",
        ] {
            assert_eq!(read(query), wanted, "{query}");
        }
    }

    #[test]
    fn what_others_put_into_their_own_values_stays_there() {
        let read = read("depth=20&ref=https%3A%2F%2Fexample.org%2F%3Fdepth%3D29%26x%3D1");
        assert_eq!((read.len(), read[0].1.as_str()), (2, "20"), "an address within a value is no part of the link: {read:?}");
    }

    #[test]
    fn a_query_is_found_in_any_address() {
        for (address, query) in [
            ("https://example.org/?depth=20", Some("depth=20")),
            ("https://example.org/playground/#depth=20", Some("depth=20")),
            ("http://localhost:8080/#?depth=20", Some("depth=20")),
            ("?depth=20#filters=8", Some("depth=20&filters=8")),
            ("https://example.org/?depth=20#top", Some("depth=20")),
            ("#depth%3D20", Some("depth%3D20")),
            ("https://example.org/#top", None),
            ("https://example.org/", None),
            ("", None),
        ] {
            assert_eq!(query_of(address).as_deref(), query, "{address}");
        }
    }
}
