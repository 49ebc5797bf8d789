//! Looking for a piece of text. The standard library's search is built for long texts, and with what it says when it
//! panics it weighs as much as a panel of the page.

/// Whether `text` has `part` in it.
pub fn holds(text: &str, part: &str) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|piece| piece == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn what_the_standard_library_finds_is_found() {
        for text in ["", "conv2", "stages.1.blocks.40.conv2", "x→y"] {
            for part in ["", "conv2", "4", ".conv", "→", "z"] {
                assert_eq!(holds(text, part), text.contains(part), "“{part}” in “{text}”");
            }
        }
    }
}
