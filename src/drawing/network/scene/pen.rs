//! Where shapes get their looks from: the page's style sheet, or themselves.

use crate::drawing::network::{Rectangle, ShownPath};
use crate::drawing::palette::Palette;
use crate::drawing::svg_tag::Tag;

/// What shapes are drawn with.
#[derive(Clone, Copy)]
pub enum Pen<'all> {
    /// Classes, for which `www/network_drawing.css` has the looks.
    Page,
    /// Attributes: the same looks, where there is no style sheet.
    Paper(&'all Paper<'all>),
}

/// What a picture shows beside the drawing itself.
pub struct Paper<'all> {
    /// Its colours.
    pub palette: &'all Palette,
    /// The path that it points out.
    pub path: ShownPath,
    /// Of the convolution with that number in the block at that place, the gradient from 0 for small to 1 for large.
    pub gradient: &'all dyn Fn(usize, usize) -> Option<f64>,
}

impl Pen<'_> {
    /// An element that looks as the style sheet says of `class`.
    pub fn drawn(self, element: &'static str, class: &str) -> Tag {
        let tag = Tag::new(element);
        match self {
            Self::Page => tag.set("class", class),
            Self::Paper(paper) => looks(class, paper).into_iter().fold(tag, |tag, (attribute, value)| tag.set(attribute, value)),
        }
    }

    /// The convolution with that number of the block at that place. On the page, whoever sets `--g{place}-{number}` colours it
    /// by its gradient.
    pub fn convolution(self, [place, number]: [usize; 2], has_skip: bool, shape: &Rectangle, radius: f64) -> String {
        let (group, bar) = (Tag::new("g"), Tag::new("rect"));
        let (group, bar) = match self {
            Self::Page => {
                // No attribute `style`: the page's Content-Security-Policy refuses it.
                let colour = format!("var(--g{place}-{number},var(--gradient-middle))");
                (group.set("class", "network-branch").set("color", colour), bar.set("class", "network-bar"))
            }
            Self::Paper(Paper { palette, path, gradient }) => {
                let colour = gradient(place, number).map_or_else(|| palette.gradients[1].to_owned(), |share| palette.gradient(share));
                let bar = bar.set("fill", colour);
                match path {
                    ShownPath::Shortest if has_skip => (group.set("opacity", FADED), bar),
                    ShownPath::Longest => (group, bar.set("stroke", palette.ink).set("stroke-width", 2)),
                    _ => (group, bar),
                }
            }
        };
        group.holding(&outlined(bar, shape, radius).empty())
    }
}

/// A rectangle under way, with its corners rounded by `radius`.
pub fn outlined(tag: Tag, &Rectangle { x, y, width, height }: &Rectangle, radius: f64) -> Tag {
    tag.at("x", x).at("y", y).at("width", width).at("height", height).at("rx", radius)
}

/// Opacity of what a path leaves out.
pub const FADED: &str = "0.2";

/// `network_drawing.css` as attributes.
fn looks(class: &str, paper: &Paper<'_>) -> Vec<(&'static str, &'static str)> {
    let Paper { palette, path, .. } = paper;
    let filled = |fill: &'static str| vec![("fill", fill)];
    let shape = |fill: &'static str, stroke: &'static str| vec![("fill", fill), ("stroke", stroke)];
    let line = |stroke: &'static str, width: &'static str, more: &[(&'static str, &'static str)]| {
        [&[("fill", "none"), ("stroke", stroke), ("stroke-width", width)], more].concat()
    };
    let arc_width = if *path == ShownPath::Shortest { "4" } else { "2.8" };
    match class {
        "network-frame" => shape("none", palette.hairline),
        "network-trunk" => line(palette.line, "1.5", &[]),
        "network-card" => shape(palette.surface, palette.line),
        "network-card network-open" => [shape("none", palette.line), vec![("stroke-dasharray", "2 4")]].concat(),
        "network-card of-layer" => shape(palette.surface, palette.muted),
        "network-chip" | "network-chip network-card" => shape(palette.skip_soft, palette.skip),
        "network-bar" => filled(palette.gradients[1]),
        "network-hills" => filled(palette.faint),
        "network-sun" => filled(palette.muted),
        "network-arc identity" => line(palette.skip, arc_width, &[("stroke-linecap", "round")]),
        "network-arc projection" => line(palette.skip, arc_width, &[("stroke-linecap", "round"), ("stroke-dasharray", "4 6")]),
        "network-arc absent" => line(palette.faint, "1.6", &[("stroke-linecap", "round"), ("stroke-dasharray", "1 5")]),
        "network-plus" => [shape(palette.surface, palette.skip), vec![("stroke-width", "1.6")]].concat(),
        "network-plus-sign" => line(palette.skip, "1.6", &[("stroke-linecap", "round")]),
        "network-title" => vec![("fill", palette.ink), ("font-size", "13"), ("font-weight", "bold")],
        "network-count" => vec![("fill", palette.ink), ("font-weight", "bold")],
        "network-chip-text" => filled(palette.ink),
        // Of the picture as a whole.
        _ => Vec::new(),
    }
}
