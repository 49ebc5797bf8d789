//! Pictures that leave the page: SVG that needs neither a style sheet nor a browser.
//!
//! Readers of SVG differ: slides, papers and office programs know no variables, no classes of the page and no background of an
//! element. So the background is a rectangle, every colour is written out, and the font has its substitutes with it.

use super::network::Rectangle;
use super::palette::Palette;
use super::svg_tag::Tag;

/// Fonts of about equal width that systems bring along; the last is any at all.
const FONTS: &str = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
/// Size of texts that say nothing else.
const FONT_SIZE: &str = "12";

/// A picture of what lies in `view`, `scale` pixels for each of its units, named `name`.
///
/// It has whole pixels: the edge of a half one would shine through.
pub fn standalone(view: &Rectangle, scale: f64, name: &str, palette: &Palette, markup: &str) -> String {
    let pixels = [view.width, view.height].map(|extent| (extent * scale).ceil());
    let [left, top, width, height] = [view.x, view.y, pixels[0] / scale, pixels[1] / scale].map(|length| format!("{length:.3}"));
    let ground = Tag::new("rect").set("x", &left).set("y", &top).set("width", &width).set("height", &height).set("fill", palette.surface);
    let title = Tag::new("title").with_text(name);
    let picture = Tag::new("svg")
        .set("xmlns", "http://www.w3.org/2000/svg")
        .set("width", pixels[0])
        .set("height", pixels[1])
        .set("viewBox", [left, top, width, height].join(" "))
        .set("font-family", FONTS)
        .set("font-size", FONT_SIZE)
        .set("fill", palette.muted);
    picture.holding(&format!("\n{title}\n{}\n{markup}\n", ground.empty())) + "\n"
}

/// Room that a line of text may take, in the widest of the fonts.
pub fn text_width(words: &str) -> f64 {
    words.chars().map(letter_width).sum()
}

/// What of a line of text fits into `room`, with an ellipsis for what does not.
pub fn cut(words: &str, room: f64) -> String {
    if text_width(words) <= room {
        return words.to_owned();
    }
    let mut left = room - letter_width('…');
    let fits = |letter: &char| {
        left -= letter_width(*letter);
        left >= 0.0
    };
    words.chars().take_while(fits).collect::<String>() + "…"
}

/// In the font size of the picture. Letters of other scripts may be as wide as they are high.
fn letter_width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ';' | ':' | '\'' | '|' | ' ' => 5.0,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 12.0,
        'A'..='Z' => 9.5,
        letter if letter.is_ascii() => 7.8,
        letter if letter < '\u{2e80}' => 9.5,
        _ => 13.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_does_not_fit_is_cut() {
        assert_eq!(cut("held out", 240.0), "held out");
        assert_eq!(cut(&"W".repeat(90), 60.0), "WWWW…");
        assert_eq!(cut("猫".repeat(40).as_str(), 40.0), "猫猫…", "letters of any script");
        assert!(text_width(&cut(&"name ".repeat(40), 100.0)) <= 100.0);
    }
}
