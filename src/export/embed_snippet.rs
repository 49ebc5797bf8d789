//! HTML that shows a playground inside another page: the element of our script, or a plain frame.

use crate::drawing::escape::escape;
use crate::spec::Named;

/// Height of a frame in pixels: one screen of an embed.
pub const FRAME_HEIGHT: u32 = 420;

/// When an element loads the playground.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EmbedStart {
    /// A picture with a Play button until it is clicked.
    #[default]
    Click,
    /// As soon as it is on screen.
    Visible,
}

impl Named for EmbedStart {
    const ALL: &'static [Self] = &[Self::Click, Self::Visible];

    fn name(self) -> &'static str {
        match self {
            Self::Click => "click",
            Self::Visible => "visible",
        }
    }
}

/// What is embedded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmbedSnippet<'a> {
    /// Folder of the page, with `/` at its end.
    pub page: &'a str,
    /// The canonical query of the experiment and of what is shown as an embed.
    pub query: &'a str,
    /// What it is, for those who do not see it: `ResNet Playground: depth 20`.
    pub title: &'a str,
}

impl EmbedSnippet<'_> {
    /// Our script, and its element with each key of the link as an attribute.
    pub fn element(&self, start: EmbedStart) -> String {
        // The element itself makes an embed of it.
        let attributes = self.query.split('&').filter_map(|part| part.split_once('=')).filter(|(key, _)| *key != "embed");
        let attributes: String = attributes.map(|(key, value)| format!(" {key}=\"{}\"", escape(value))).collect();
        let start = if start == EmbedStart::default() { String::new() } else { format!(" start=\"{}\"", start.name()) };
        let script = escape(&format!("{}resnet-playground.js", self.page));
        let title = escape(self.title);
        format!("<script src=\"{script}\"></script>\n<resnet-playground{attributes}{start} title=\"{title}\"></resnet-playground>")
    }

    /// A frame, for pages that take no scripts.
    pub fn frame(&self) -> String {
        let address = escape(&self.address());
        let title = escape(self.title);
        format!(
            "<iframe src=\"{address}\" title=\"{title}\" width=\"100%\" height=\"{FRAME_HEIGHT}\" loading=\"lazy\" allow=\"fullscreen\" \
             style=\"border: 0\"></iframe>"
        )
    }

    /// What the frame shows.
    pub fn address(&self) -> String {
        format!("{}?{}", self.page, self.query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SNIPPET: EmbedSnippet<'_> = EmbedSnippet {
        page: "https://example.org/playground/",
        query: "v=1&depth=29&skips=off&embed=1&goal=accuracy:55@60s",
        title: "ResNet Playground: \"depth\" 29",
    };

    #[test]
    fn the_element_has_each_key_as_an_attribute() {
        assert_eq!(
            SNIPPET.element(EmbedStart::Visible),
            "<script src=\"https://example.org/playground/resnet-playground.js\"></script>\n<resnet-playground v=\"1\" depth=\"29\" skips=\"off\" \
             goal=\"accuracy:55@60s\" start=\"visible\" title=\"ResNet Playground: &quot;depth&quot; 29\"></resnet-playground>"
        );
        assert!(!SNIPPET.element(EmbedStart::Click).contains("start"), "a click is what it waits for anyway");
    }

    #[test]
    fn the_frame_is_named_lazy_and_may_fill_the_screen() {
        let frame = SNIPPET.frame();
        assert!(
            frame.contains("src=\"https://example.org/playground/?v=1&amp;depth=29&amp;skips=off&amp;embed=1&amp;goal=accuracy:55@60s\"")
        );
        for part in ["title=\"ResNet Playground: &quot;depth&quot; 29\"", "loading=\"lazy\"", "allow=\"fullscreen\"", "height=\"420\""] {
            assert!(frame.contains(part), "{part} in {frame}");
        }
    }

    #[test]
    fn the_frames_link_means_the_same_experiment_embedded() {
        let link = crate::experiment::permalink::read(&crate::experiment::permalink::query_of(&SNIPPET.address()).unwrap());
        assert!(link.view.embed && link.notices.is_empty(), "{:?}", link.notices);
        assert_eq!(
            (link.experiment.network.depth, link.from_author.goal.map(|goal| goal.to_string())),
            (29, Some("accuracy:55@60s".into()))
        );
    }
}
