//! SVG as text.
//!
//! Everything that is written goes through here: attributes are quoted, values and texts escaped. Names of layers are our own,
//! but what is made of a link or a file must never become markup.

use std::fmt::{Display, Write};

use super::escape::escape;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_stays_text() {
        let evil = r#"</text><script>alert("x")</script>&"#;
        let written = Tag::new("text").at("x", 1.0).with_text(evil);
        assert_eq!(written, "<text x=\"1.0\">&lt;/text&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;</text>");
        assert_eq!(Tag::new("g").set("aria-label", "a\" b=\"").empty(), "<g aria-label=\"a&quot; b=&quot;\"/>", "values cannot be left");
    }

    #[test]
    fn elements_hold_what_was_written_for_them() {
        assert_eq!(Tag::new("g").holding(&Tag::new("path").set("d", "M0 0").empty()), "<g><path d=\"M0 0\"/></g>");
    }
}
