//! The colours of the page as numbers, for pictures that leave it. `www/tokens.css` has the same, and a test holds them equal.

use super::plot::CurveRole;

/// Colours of one theme, as SVG writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// What everything lies on.
    pub surface: &'static str,
    /// Titles and numbers.
    pub ink: &'static str,
    /// Other texts.
    pub muted: &'static str,
    /// What is only hinted at.
    pub faint: &'static str,
    /// Edges and axes.
    pub line: &'static str,
    /// Frames and grids.
    pub hairline: &'static str,
    /// Skip connections.
    pub skip: &'static str,
    /// What fills a sign on a skip connection.
    pub skip_soft: &'static str,
    /// Images the network learns from.
    pub training: &'static str,
    /// Images it never learns from.
    pub held_out: &'static str,
    /// What is compared with.
    pub compared: &'static str,
    /// A second thing that is compared with.
    pub second: &'static str,
    /// Gradients from small to large.
    pub gradients: [&'static str; 3],
}

impl Palette {
    /// Dark on white, for paper.
    pub const LIGHT: Self = Self {
        surface: "#ffffff",
        ink: "#17181b",
        muted: "#5d626b",
        faint: "#8b909a",
        line: "#e0e0da",
        hairline: "#ecece7",
        skip: "#d9480f",
        skip_soft: "#ffe9de",
        training: "#2f55d4",
        held_out: "#0b8f6c",
        compared: "#7d828b",
        second: "#8a4fbf",
        gradients: ["#e2e8fa", "#6c8add", "#2642aa"],
    };

    /// Light on dark, for slides.
    pub const DARK: Self = Self {
        surface: "#17191d",
        ink: "#ececed",
        muted: "#a3a8b1",
        faint: "#767c86",
        line: "#2a2d33",
        hairline: "#22252a",
        skip: "#ff8a4c",
        skip_soft: "#3a2418",
        training: "#86a3ff",
        held_out: "#48cfa6",
        compared: "#9197a1",
        second: "#bf94ee",
        gradients: ["#262c42", "#4860be", "#96b4ff"],
    };

    /// Colour of a curve.
    pub fn curve(&self, role: CurveRole) -> &'static str {
        match role {
            CurveRole::Training | CurveRole::TrainingDashed => self.training,
            CurveRole::HeldOut | CurveRole::HeldOutDashed => self.held_out,
            CurveRole::Compared | CurveRole::ComparedDashed | CurveRole::Author => self.compared,
            CurveRole::EarlierRun(style) => [self.compared, self.second][style % 5 % 2],
            CurveRole::Skips | CurveRole::SkipsDashed => self.skip,
        }
    }

    /// Colour of a gradient at a place from 0 for small to 1 for large: mixed in Oklab, as the page's style sheet does.
    pub fn gradient(&self, place: f64) -> String {
        let [small, _, large] = self.gradients.map(|colour| to_oklab(bytes_of(colour)));
        let place = place.clamp(0.0, 1.0);
        let mixed = std::array::from_fn(|axis| small[axis] + (large[axis] - small[axis]) * place);
        let [red, green, blue] = from_oklab(mixed);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Bytes of `#e2e8fa`; black for anything else.
pub fn bytes_of(colour: &str) -> [u8; 3] {
    let digits = u32::from_str_radix(colour.trim_start_matches('#'), 16).unwrap_or_default();
    let [_, red, green, blue] = digits.to_be_bytes();
    [red, green, blue]
}

/// Oklab of an sRGB colour. <https://bottosson.github.io/posts/oklab/>
fn to_oklab(colour: [u8; 3]) -> [f64; 3] {
    let [red, green, blue] = colour.map(|byte| {
        let value = f64::from(byte) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
    let middle = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
    let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
    [
        0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short,
    ]
}

/// The nearest sRGB colour.
fn from_oklab([lightness, a, b]: [f64; 3]) -> [u8; 3] {
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let middle = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let linear = [
        4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
    ];
    linear.map(|value| {
        let value = if value <= 0.003_130_8 { 12.92 * value } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 };
        (255.0 * value.clamp(0.0, 1.0)).round() as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradients_run_from_the_small_colour_to_the_large_one() {
        for palette in [Palette::LIGHT, Palette::DARK] {
            assert_eq!([palette.gradient(-1.0), palette.gradient(1.0)], [palette.gradients[0], palette.gradients[2]]);
        }
        // What Chromium computes for `color-mix(in oklab, #e2e8fa, #2642aa 50%)`.
        let middle = bytes_of(&Palette::LIGHT.gradient(0.5));
        let near = |(one, other): (u8, u8)| one.abs_diff(other) <= 2;
        assert!(middle.into_iter().zip([126, 150, 213]).all(near), "{middle:?}");
    }

    #[test]
    fn the_style_sheet_has_the_same_colours() {
        let style = concat!(include_str!("../../www/tokens.css"), include_str!("../../www/curves.css"));
        for (palette, theme) in [(Palette::LIGHT, "\n:root {"), (Palette::DARK, "\n:root[data-theme=\"dark\"] {")] {
            let blocks: Vec<&str> = style.split(theme).skip(1).filter_map(|rest| rest.split_once('}')).map(|(block, _)| block).collect();
            let token = |name: &str| {
                let value = blocks.iter().find_map(|block| block.split_once(&format!("--{name}: "))?.1.split_once(';'));
                value.map(|(value, _)| value).unwrap_or_default().to_owned()
            };
            let [small, middle, large] = palette.gradients;
            let tokens = [
                ("surface", palette.surface),
                ("ink", palette.ink),
                ("muted", palette.muted),
                ("faint", palette.faint),
                ("line", palette.line),
                ("hairline", palette.hairline),
                ("skip", palette.skip),
                ("skip-soft", palette.skip_soft),
                ("training", palette.training),
                ("held-out", palette.held_out),
                ("compared", palette.compared),
                ("second", palette.second),
                ("gradient-small", small),
                ("gradient-middle", middle),
                ("gradient-large", large),
            ];
            for (name, colour) in tokens {
                assert_eq!(token(name), colour, "{name} of{theme}");
            }
        }
    }

    #[test]
    fn bars_stand_out_from_the_cards_that_they_lie_on() {
        // Relative luminance and contrast as WCAG 2.2 defines them; 3:1 is criterion 1.4.11.
        let luminance = |colour: &str| {
            let [red, green, blue] = bytes_of(colour).map(|value| {
                let value = f64::from(value) / 255.0;
                if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
        };
        for palette in [Palette::LIGHT, Palette::DARK] {
            let (bar, card) = (palette.gradients[1], palette.surface);
            let [of_bar, of_card] = [bar, card].map(luminance);
            let contrast = of_bar.max(of_card) / of_bar.min(of_card);
            assert!(contrast >= 3.0, "{bar} on {card}: {contrast:.2}:1");
        }
    }

    #[test]
    fn earlier_runs_have_the_hues_of_the_page() {
        for style in 0..7 {
            let class = CurveRole::EarlierRun(style).css_class();
            let colour = Palette::LIGHT.curve(CurveRole::EarlierRun(style));
            assert_eq!(colour == Palette::LIGHT.second, class.starts_with("curve-second"), "{class}");
        }
    }
}
