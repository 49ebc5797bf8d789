//! The network on a card: a picture of fixed size with its name and its figures. It stands for the page where the page is not:
//! in the preview of a link, and in an embed before it is started.

use super::saved::on_paper;
use super::{Names, Paper};
use crate::drawing::network::{Camera, NARROWEST_WIDE, Rectangle, ShownPath, layout};
use crate::drawing::palette::Palette;
use crate::drawing::standalone::{cut, standalone};
use crate::drawing::svg_tag::Tag;
use crate::spec::ResNetSpec;

/// Lengths of a card that is as wide as this; others are as much larger.
const WIDTH: f64 = 600.0;
const MARGIN: f64 = 24.0;
const TITLE_SIZE: f64 = 25.0;
const FACTS_SIZE: f64 = 15.0;
const FOOT_SIZE: f64 = 13.0;
/// Baselines from the top and from the bottom.
const TITLE_BASELINE: f64 = 46.0;
const FACTS_BASELINE: f64 = 70.0;
const FOOT_BASELINE: f64 = 21.0;
/// Where the drawing begins and ends, from the top and from the bottom.
const DRAWING_TOP: f64 = 84.0;
const DRAWING_BOTTOM: f64 = 46.0;
/// Font size for which the width of letters is known.
const KNOWN_SIZE: f64 = 12.0;

/// What stands on a card beside the drawing.
#[derive(Debug, Clone, Copy)]
pub struct Card<'all> {
    /// Width and height in pixels.
    pub size: [f64; 2],
    /// What the network is called.
    pub title: &'all str,
    /// Its figures, in one line.
    pub facts: &'all str,
    /// Whose card it is.
    pub foot: &'all str,
    /// Its colours.
    pub palette: &'all Palette,
}

/// The card is one picture with one name.
struct Unnamed;

impl Names for Unnamed {
    fn part(&self, _: usize) -> String {
        String::new()
    }

    fn arc(&self, _: usize) -> String {
        String::new()
    }
}

impl Card<'_> {
    /// The card of a network as SVG that needs nothing of the page.
    pub fn of(&self, spec: &ResNetSpec) -> String {
        let ([width, height], unit) = (self.size, self.size[0] / WIDTH);
        let text = |words: &str, size: f64, baseline: f64, colour: &str| {
            let room = (WIDTH - 2.0 * MARGIN) * KNOWN_SIZE / size;
            let text = Tag::new("text").at("x", unit * MARGIN).at("y", baseline).at("font-size", unit * size).set("fill", colour);
            let text = if size == TITLE_SIZE { text.set("font-weight", "bold") } else { text };
            text.with_text(&cut(words, room))
        };
        let foot = height - unit * FOOT_BASELINE;
        let markup = [
            text(self.title, TITLE_SIZE, unit * TITLE_BASELINE, self.palette.ink),
            text(self.facts, FACTS_SIZE, unit * FACTS_BASELINE, self.palette.muted),
            self.drawing(spec),
            text(self.foot, FOOT_SIZE, foot, self.palette.muted),
        ];
        standalone(&Rectangle { x: 0.0, y: 0.0, width, height }, 1.0, self.title, self.palette, &markup.join("\n"))
    }

    /// The drawing, as large as there is room for it, in the middle of that room.
    fn drawing(&self, spec: &ResNetSpec) -> String {
        let ([width, height], unit) = (self.size, self.size[0] / WIDTH);
        let drawing = layout(spec, NARROWEST_WIDE);
        let paper = Paper { palette: self.palette, path: ShownPath::None, gradient: &|_, _| None };
        let (view, shapes) = on_paper(&drawing, &Camera::whole(&drawing.room()), &Unnamed, &paper);
        let room = [width - 2.0 * unit * MARGIN, height - unit * (DRAWING_TOP + DRAWING_BOTTOM)];
        let scale = (room[0] / view.width).min(room[1] / view.height);
        let left = (width - scale * view.width) / 2.0 - scale * view.x;
        let top = unit * DRAWING_TOP + (room[1] - scale * view.height) / 2.0 - scale * view.y;
        let place = format!("translate({left:.2} {top:.2}) scale({scale:.4})");
        Tag::new("g").set("transform", place).set("aria-hidden", "true").holding(&shapes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::NetworkChoices;

    fn card(depth: usize, title: &str) -> String {
        let spec = ResNetSpec::new(NetworkChoices { depth, ..Default::default() }).unwrap();
        Card { size: [1200.0, 630.0], title, facts: "61,738 parameters", foot: "ResNet Playground", palette: &Palette::LIGHT }.of(&spec)
    }

    #[test]
    fn a_card_has_its_size_its_words_and_every_skip_connection() {
        let card = card(20, "ResNetV2, depth 20");
        assert!(card.contains("width=\"1200\" height=\"630\""), "{card}");
        for words in
            ["<title>ResNetV2, depth 20</title>", ">ResNetV2, depth 20</text>", ">61,738 parameters</text>", ">ResNet Playground</text>"]
        {
            assert!(card.contains(words), "{words}");
        }
        assert_eq!(card.matches(&format!("stroke=\"{}\" stroke-width=\"2.8\"", Palette::LIGHT.skip)).count(), 6, "arcs");
    }

    #[test]
    fn a_card_does_not_grow_with_its_words_or_its_network() {
        let long = card(164, &"W".repeat(300));
        assert!(long.contains("WWW…</text>") && !long.contains(&format!("{}</text>", "W".repeat(40))), "the title is cut");
        assert!(card(1001, "deep").len() < 3 * card(20, "flat").len(), "deep networks are folded");
    }

    #[test]
    fn a_card_needs_nothing_of_the_page() {
        let card = card(56, "<b>&");
        for needed in ["class=", "style=", "var(", "<b>", "currentColor"] {
            assert!(!card.contains(needed), "{needed}");
        }
    }
}
