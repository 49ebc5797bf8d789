//! SVG as text: a block of the drawing is put on the page in one go, and hundreds pass by while the camera moves.
//!
//! Everything that is written goes through here: attributes are quoted, values and texts escaped. Names of layers are our own,
//! but what is made of a link or a file must never become markup.

use std::fmt::{Display, Write};

use crate::drawing::escape::escape;
use crate::drawing::network::{Label, Rectangle};

/// An element under way: `Tag::new("g").set("class", "x").holding(children)`.
pub struct Tag {
    name: &'static str,
    text: String,
}

impl Tag {
    /// Without attributes.
    pub fn new(name: &'static str) -> Self {
        Self { name, text: format!("<{name}") }
    }

    /// An attribute with any value.
    pub fn set(mut self, attribute: &'static str, value: impl Display) -> Self {
        // Writing to a String cannot fail.
        let _ = write!(self.text, " {attribute}=\"{}\"", escape(&value.to_string()));
        self
    }

    /// A length or a place, to a tenth of a unit of the drawing.
    pub fn at(mut self, attribute: &'static str, value: f64) -> Self {
        let _ = write!(self.text, " {attribute}=\"{value:.1}\"");
        self
    }

    /// The element around `markup` that was written here.
    pub fn holding(self, markup: &str) -> String {
        format!("{}>{markup}</{}>", self.text, self.name)
    }

    /// The element with a text.
    pub fn with_text(self, text: &str) -> String {
        self.holding(&escape(text))
    }

    /// The element without contents.
    pub fn empty(self) -> String {
        self.text + "/>"
    }
}

/// A rectangle with its corners rounded by `radius`.
pub fn rectangle(shape: &Rectangle, class: &str, radius: f64) -> String {
    let Rectangle { x, y, width, height } = *shape;
    Tag::new("rect").set("class", class).at("x", x).at("y", y).at("width", width).at("height", height).at("rx", radius).empty()
}

/// A line of text.
pub fn label(label: &Label, class: &str) -> String {
    let tag = Tag::new("text").set("class", class).at("x", label.at.x).at("y", label.at.y);
    tag.set("text-anchor", label.anchor.word()).with_text(&label.text)
}

/// What can be pointed at, focused and read aloud: the part at `place`, called `name`. A pointer counts as on it within
/// `reach`.
pub fn part(place: usize, name: &str, class: &str, reach: &Rectangle, children: &str) -> String {
    button(place, name, &format!("network-part {class}")).holding(&(rectangle(reach, "network-reach", 0.0) + children))
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
        let written = label(&Label::new(evil, 1.0, 2.0, Anchor::Middle), "network-small");
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

    #[test]
    fn elements_hold_what_was_written_for_them() {
        assert_eq!(Tag::new("g").holding(&Tag::new("path").set("d", "M0 0").empty()), "<g><path d=\"M0 0\"/></g>");
    }
}
