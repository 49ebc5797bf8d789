//! Text in the middle of markup: of the network's drawing, of saved pictures, and of code for other pages.

/// `text` for the inside of an element, or of an attribute in double quotes: names come from links, files and devices.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_become_markup() {
        assert_eq!(escape(r#"<b title="x">A & B</b>"#), "&lt;b title=&quot;x&quot;&gt;A &amp; B&lt;/b&gt;", "it is shown as it stands");
        assert_eq!(escape("16 → 64 · ‖F(x)‖"), "16 → 64 · ‖F(x)‖", "other signs stay");
    }
}
