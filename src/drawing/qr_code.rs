//! A link as a QR code.

use std::fmt::Write;

use fast_qr::qr::QRBuilder;
use fast_qr::{ECL, QRCode};
use thiserror::Error;

use super::escape::escape;
use crate::language::tr;

/// Longest text: beyond it a phone's camera does not tell the dots of a code on a screen apart.
pub const LONGEST_TEXT: usize = 1200;
/// Dots of the white margin that readers need.
const MARGIN: usize = 4;
/// Pixels of a dot in a saved picture.
const SAVED_DOT: usize = 8;

/// Why there is no code. The message is shown to the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{}", tr!("This link has {length} characters, and phones read codes of at most {most}.", length, most = LONGEST_TEXT))]
pub struct TooLong {
    /// Characters of the text.
    pub length: usize,
}

/// The dots of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrPicture {
    /// Dots along an edge, the margin among them.
    pub edge: usize,
    /// The dark dots as a path of SVG, in units of a dot.
    pub path: String,
}

impl QrPicture {
    /// The code of a text.
    ///
    /// # Errors
    /// When the text is longer than cameras read.
    pub fn new(text: &str) -> Result<Self, TooLong> {
        let too_long = TooLong { length: text.chars().count() };
        // A short code can lose more of its dots to dirt and glare; a long one needs larger dots more.
        let level = if text.len() <= LONGEST_TEXT / 4 { ECL::M } else { ECL::L };
        let builder = || QRBuilder::new(text).ecl(level).build().ok();
        let code = Some(text).filter(|text| text.len() <= LONGEST_TEXT).and_then(|_| builder()).ok_or(too_long)?;
        Ok(Self { edge: code.size + 2 * MARGIN, path: path(&code) })
    }

    /// A file of its own: black on white whatever the page's colours, since many readers want it so.
    pub fn saved(&self, title: &str) -> String {
        let Self { edge, path } = self;
        let (pixels, title) = (edge * SAVED_DOT, escape(title));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixels}\" height=\"{pixels}\" viewBox=\"0 0 {edge} {edge}\" \
             shape-rendering=\"crispEdges\"><title>{title}</title><rect width=\"{edge}\" height=\"{edge}\" fill=\"#fff\"/>\
             <path d=\"{path}\" fill=\"#000\"/></svg>\n"
        )
    }
}

/// One rectangle for each run of dark dots in a row.
fn path(code: &QRCode) -> String {
    let mut path = String::new();
    for row in 0..code.size {
        let is_dark = |column: usize| column < code.size && code[row][column].value();
        let mut column = 0;
        while column < code.size {
            let start = column;
            while is_dark(column) {
                column += 1;
            }
            if column > start {
                let width = column - start;
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{width}v1h-{width}z", start + MARGIN, row + MARGIN);
            }
            column += 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader finds in the dots of a path, ten pixels each.
    fn read(picture: &QrPicture) -> String {
        const DOT: usize = 5;
        let edge = picture.edge * DOT;
        let mut dark = vec![false; edge * edge];
        for rectangle in picture.path.split_terminator('z') {
            let numbers: Vec<usize> = rectangle.split(['M', ' ', 'h', 'v', '-']).filter_map(|number| number.parse().ok()).collect();
            let [column, row, width, ..] = numbers[..] else { panic!("{rectangle}") };
            for y in row * DOT..(row + 1) * DOT {
                dark[y * edge + column * DOT..y * edge + (column + width) * DOT].fill(true);
            }
        }
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(edge, edge, |x, y| if dark[y * edge + x] { 0 } else { 255 });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code in the picture");
        grids[0].decode().expect("it can be read").1
    }

    #[test]
    fn a_reader_finds_the_link() {
        let long = format!("https://example.org/playground/?v=1&depth=20&curve=1{}z", "aB3-_".repeat(200));
        for text in ["https://example.org/?v=1&depth=29&skips=off&goal=accuracy:55@60s", "https://例え.jp/?v=1", "x", &long] {
            assert_eq!(read(&QrPicture::new(text).unwrap()), text);
        }
    }

    #[test]
    fn what_cameras_cannot_read_is_told() {
        let longest = "a".repeat(LONGEST_TEXT);
        assert_eq!(read(&QrPicture::new(&longest).unwrap()), longest);
        let error = QrPicture::new(&"a".repeat(LONGEST_TEXT + 1)).unwrap_err();
        assert_eq!(error.to_string(), "This link has 1201 characters, and phones read codes of at most 1200.");
    }

    #[test]
    fn a_saved_code_is_black_on_white_with_a_margin() {
        let picture = QrPicture::new("https://example.org/").unwrap();
        let saved = picture.saved("depth 20 & \"more\"");
        assert!(
            saved.contains("<title>depth 20 &amp; &quot;more&quot;</title>") && saved.contains("fill=\"#fff\"") && saved.contains("#000")
        );
        assert!(picture.path.starts_with("M4 4h7"), "a corner of it, behind the margin: {:.20}", picture.path);
    }
}
