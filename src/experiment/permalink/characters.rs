//! Characters that come into a link on its way, and those that were meant.

/// Signs of a sentence, of markup or of a quotation that stand around what was copied. No key and no value begins or ends with one.
const AROUND: [char; 37] = [
    '.', ',', ';', ':', '!', '?', '\'', '"', '`', '´', '’', '‘', '‚', '“', '”', '„', '«', '»', '‹', '›', '<', '>', '(', ')', '[', ']', '{',
    '}', '*', '_', '~', '|', '\\', '/', '…', '。', '、',
];

/// A key or value as it was meant: without what cannot be seen, with ASCII's digits and hyphens, without signs around it.
pub(super) fn plain(text: &str) -> String {
    let visible: String = text.chars().filter(|letter| !is_invisible(*letter)).map(ascii).collect();
    let end = visible.trim_end_matches(|letter: char| letter.is_whitespace() || AROUND.contains(&letter));
    // `.5` begins with a point.
    end.trim_start_matches(|letter: char| letter.is_whitespace() || letter != '.' && AROUND.contains(&letter)).to_owned()
}

/// Marks of no width, of the direction of writing and of the order of bytes; control characters.
fn is_invisible(letter: char) -> bool {
    let has_no_width = matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
    has_no_width || letter.is_control() && !letter.is_whitespace()
}

/// The sign of ASCII that another stands for: full-width letters, hyphens and minus signs, spaces.
fn ascii(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => '-',
        space if space.is_whitespace() => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_left() {
        for (text, meant) in [
            ("20", "20"),
            ("20.", "20"),
            ("„20“", "20"),
            ("**depth", "depth"),
            (".5", ".5"),
            ("0.5", "0.5"),
            ("-4", "-4"),
            ("0–3–5", "0-3-5"),
            ("−4", "-4"),
            ("２０", "20"),
            ("ｄｅｐｔｈ", "depth"),
            ("\u{202e}20\u{202c}", "20"),
            ("2\u{ad}0", "20"),
            ("a\u{a0}b", "a b"),
            ("...", ""),
            ("", ""),
        ] {
            assert_eq!(plain(text), meant, "{text:?}");
        }
    }
}
