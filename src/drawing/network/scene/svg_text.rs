//! Shapes and texts of the drawing as SVG text: a block is put on the page in one go, and hundreds pass by while the camera
//! moves.

use super::pen::{Pen, outlined};
use crate::drawing::network::{Label, Rectangle};
use crate::drawing::svg_tag::Tag;

/// A rectangle with its corners rounded by `radius`.
pub fn rectangle(pen: Pen<'_>, shape: &Rectangle, class: &str, radius: f64) -> String {
    outlined(pen.drawn("rect", class), shape, radius).empty()
}

/// A line of text.
pub fn label(pen: Pen<'_>, label: &Label, class: &str) -> String {
    let tag = pen.drawn("text", class).at("x", label.at.x).at("y", label.at.y);
    tag.set("text-anchor", label.anchor.word()).with_text(&label.text)
}

/// What can be pointed at, focused and read aloud: the part at `place`, called `name`. A pointer counts as on it within
/// `reach`.
pub fn part(place: usize, name: &str, class: &str, reach: &Rectangle, children: &str) -> String {
    button(place, name, &format!("network-part {class}")).holding(&(rectangle(Pen::Page, reach, "network-reach", 0.0) + children))
}

/// A group that can be pressed.
pub fn button(place: usize, name: &str, class: &str) -> Tag {
    let tag = Tag::new("g").set("class", class.trim_end()).set("role", "button").set("aria-label", name);
    tag.set("data-place", place).set("tabindex", "-1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::network::Anchor;

    #[test]
    fn what_is_written_stays_text() {
        let evil = r#"</text><script>alert("x")</script>&"#;
        let written = label(Pen::Page, &Label::new(evil, 1.0, 2.0, Anchor::Middle), "network-small");
        assert_eq!(
            written,
            "<text class=\"network-small\" x=\"1.0\" y=\"2.0\" text-anchor=\"middle\">\
             &lt;/text&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;</text>"
        );
    }

    #[test]
    fn attributes_are_quoted_and_cannot_be_left() {
        let evil = "a\" onclick=\"alert(1)";
        let written = part(3, evil, "", &Rectangle::default(), "");
        assert!(
            written.starts_with("<g class=\"network-part\" role=\"button\" aria-label=\"a&quot; onclick=&quot;alert(1)\" data-place=\"3\"")
        );
        assert_eq!(written.matches('"').count() % 2, 0, "every quote is closed: {written}");
    }
}
