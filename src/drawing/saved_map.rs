//! A map of colours as a file: title, map and the key to its colours in one picture that is right wherever it is opened.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::network::Rectangle;
use super::palette::Palette;
use super::picture::Picture;
use super::standalone::{standalone, text_width};
use super::svg_tag::Tag;

/// Size of the map.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 240.0;
/// Around everything, and under the title.
const MARGIN: f64 = 12.0;
const TOP: f64 = 28.0;
/// From the map to the baseline of the words under it.
const BASELINE: f64 = 18.0;
/// The strip of colours between the smallest and the largest value.
const KEY: [f64; 2] = [90.0, 10.0];
const GAP: f64 = 6.0;

/// What stands around a map.
pub struct MapWords {
    /// What it shows.
    pub title: String,
    /// Where its first and its last column is from.
    pub ends: [String; 2],
    /// Its smallest and its largest value.
    pub range: [String; 2],
}

/// The map as SVG. `picture` has a pixel for each value; its colours are the gradients of `palette`. Nothing where it is too
/// large to be written.
pub fn saved_map(picture: &Picture, words: &MapWords, palette: &Palette) -> Option<String> {
    // Large enough for programs that blur what they enlarge.
    let times = |pixels: usize, extent: f64| (2.0 * extent / pixels.max(1) as f64).ceil().max(1.0) as usize;
    let (across, down) = (times(picture.width, WIDTH), times(picture.height, HEIGHT));
    let large = Picture::new(picture.width * across, picture.height * down, |row, column| picture.at(row / down, column / across));
    let address = format!("data:image/png;base64,{}", STANDARD.encode(large.png()?));
    let title = Tag::new("text").set("x", 0).set("y", 16).set("fill", palette.ink).set("font-size", 14).set("font-weight", "bold");
    let map = Tag::new("image").set("x", 0).at("y", TOP).at("width", WIDTH).at("height", HEIGHT).set("preserveAspectRatio", "none");
    let baseline = TOP + HEIGHT + BASELINE;
    let text =
        |x: f64, anchor: &str, words: &str| Tag::new("text").at("x", x).at("y", baseline).set("text-anchor", anchor).with_text(words);
    let [first, last] = [text(0.0, "start", &words.ends[0]), text(WIDTH, "end", &words.ends[1])];
    let view = Rectangle { x: -MARGIN, y: -MARGIN, width: WIDTH + 2.0 * MARGIN, height: baseline + GAP + 2.0 * MARGIN };
    let key = key(words, baseline, palette);
    let markup = [title.with_text(&words.title), map.set("href", address).empty(), first, last, key].join("\n");
    Some(standalone(&view, 1.0, &words.title, palette, &markup))
}

/// The smallest value, a strip of colours, the largest value.
fn key(words: &MapWords, baseline: f64, palette: &Palette) -> String {
    let stop = |(place, colour): (usize, &str)| Tag::new("stop").set("offset", place as f64 / 2.0).set("stop-color", colour).empty();
    let stops: String = palette.gradients.into_iter().enumerate().map(stop).collect();
    let [low, high] = &words.range;
    let left = (WIDTH - KEY[0]) / 2.0 + (text_width(low) - text_width(high)) / 2.0;
    let strip = Tag::new("rect").at("x", left).at("y", baseline - KEY[1] + 1.0).at("width", KEY[0]).at("height", KEY[1]);
    let text =
        |x: f64, anchor: &str, words: &str| Tag::new("text").at("x", x).at("y", baseline).set("text-anchor", anchor).with_text(words);
    Tag::new("linearGradient").set("id", "ramp").holding(&stops)
        + &text(left - GAP, "end", low)
        + &strip.set("fill", "url(#ramp)").empty()
        + &text(left + KEY[0] + GAP, "start", high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_map_says_what_its_colours_mean() {
        let picture = Picture::new(3, 2, |row, column| [row as u8, column as u8, 0]);
        let words = MapWords {
            title: "Gradient by depth <and> step".into(),
            ends: ["step 1".into(), "step 300".into()],
            range: ["0.010".into(), "76".into()],
        };
        let file = saved_map(&picture, &words, &Palette::DARK).unwrap();
        for said in [">Gradient by depth &lt;and&gt; step</text>", ">step 300</text>", ">0.010</text>", "#96b4ff", "data:image/png;base64,"]
        {
            assert!(file.contains(said), "{said}");
        }
        assert!(!file.contains("class=") && !file.contains("var("), "and needs nothing of the page");
    }
}
