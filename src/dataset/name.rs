//! Names of data sets: short, and fit for addresses.

/// Longest name, in characters.
const LONGEST: usize = 40;
/// Digits of a content's hash in an [`identified_name`].
const HASH_DIGITS: usize = 8;
/// The data sets that come with the page.
const OF_THE_PAGE: [&str; 2] = ["starter", "full"];

/// Whether a text is a name that [`name_from`] could have made: it stands in links, which anyone can write.
pub fn is_name(text: &str) -> bool {
    // The same said more shortly: the page reads links and makes no names.
    let is_letter = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let (bytes, edges) = (text.as_bytes(), [text.as_bytes().first(), text.as_bytes().last()]);
    bytes.len() <= LONGEST
        && edges.iter().all(|edge| edge.is_some_and(is_letter))
        && bytes.iter().all(|byte| is_letter(byte) || *byte == b'-')
        && bytes.windows(2).all(|pair| pair != b"--")
        && !OF_THE_PAGE.contains(&text)
}

/// A name made of a text such as that of a file: small letters and digits of ASCII, hyphens between.
pub fn name_from(text: &str) -> String {
    let mut name = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() == LONGEST {
            break;
        }
    }
    let name = name.trim_end_matches('-');
    match name {
        "" => "images".into(),
        name if OF_THE_PAGE.contains(&name) => format!("my-{name}"),
        name => name.into(),
    }
}

/// What tells a data set from others that are called the same: its name and the first digits of its content's hash. Links have
/// it, and its folder. It is a name itself.
pub fn identified_name(name: &str, content: &str) -> String {
    let short: String = name.chars().take(LONGEST - HASH_DIGITS - 1).collect();
    let digits: String = content.chars().take(HASH_DIGITS).collect();
    format!("{}-{digits}", short.trim_end_matches('-'))
}

/// The name of which `id` is an [`identified_name`]; nothing where it ends in no hash. A long name is cut short.
pub fn name_in(id: &str) -> Option<&str> {
    let (name, digits) = id.rsplit_once('-')?;
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (digits.len() == HASH_DIGITS && digits.bytes().all(is_digit)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identified_name_is_a_name_and_says_whose() {
        let content = "3fa9c2d1ffee";
        for (name, id) in [("pets", "pets-3fa9c2d1"), ("my-pets-2", "my-pets-2-3fa9c2d1"), ("a-00000000", "a-00000000-3fa9c2d1")] {
            assert_eq!(identified_name(name, content), id);
            assert_eq!((is_name(id), name_in(id)), (true, Some(name)), "{id}");
        }
        let long = name_from(&"long ".repeat(50));
        let id = identified_name(&long, content);
        assert!(is_name(&id) && name_in(&id).is_some_and(|name| long.starts_with(name)), "{id} fits an address");
        for other in ["pets", "pets-2", "pets-3fa9c2d", "pets-3fa9c2dg", "3fa9c2d1"] {
            assert_eq!(name_in(other), None, "{other} has no hash");
        }
    }

    #[test]
    fn a_name_is_what_a_name_is_made_into() {
        let mut random = crate::random::RandomStream::new(5, crate::random::Purpose::Import, 0);
        let mut names = 0;
        for _ in 0..20_000 {
            let (longest, letters) = if random.below(9) == 0 { (50, 9) } else { (6, 5) };
            let length = 1 + random.below(longest);
            let text: String = (0..length).map(|_| char::from(b"ab19--Z_ "[random.below(letters) as usize])).collect();
            assert_eq!(is_name(&text), name_from(&text) == text, "{text:?}");
            names += usize::from(is_name(&text));
        }
        assert!((1000..19_000).contains(&names), "both kinds were tried: {names} names");
    }

    #[test]
    fn names_are_fit_for_addresses() {
        let names = ["My Pets (2)", "Früchte & Beeren", "  ", "../../etc", "starter", "ÄÖÜ"].map(name_from);
        assert_eq!(names, ["my-pets-2", "fr-chte-beeren", "images", "etc", "my-starter", "images"]);
        assert_eq!(name_from(&"long ".repeat(50)).len(), 39, "and not endless");
        for text in ["My Pets", "a/b", "x".repeat(41).as_str(), "", "starter", "-a", "a?b"] {
            assert!(!is_name(text) && is_name(&name_from(text)), "{text} becomes a name that stays one");
        }
    }
}
