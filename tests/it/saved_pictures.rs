//! Pictures that leave the page, looked at by a program that knows nothing of browsers.

use resnet_playground::drawing::network::scene::{Names, Paper, saved};
use resnet_playground::drawing::network::{Camera, Detail, LayerGraph, ShownPath, Unfolding, layout_unfolded};
use resnet_playground::drawing::palette::{Palette, bytes_of};
use resnet_playground::drawing::picture::Picture;
use resnet_playground::drawing::plot::{ChartAxes, CurveRole, CurveSeries, ValueFormat, saved_chart};
use resnet_playground::drawing::saved_map::{MapWords, saved_map};
use resnet_playground::spec::{NetworkChoices, ResNetSpec};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Group, Node, Options, Rect, Tree};

/// Least contrast of a text with what it lies on.
const LEGIBLE: f64 = 3.0;

struct Places;

impl Names for Places {
    fn part(&self, place: usize) -> String {
        format!("part {place}")
    }

    fn arc(&self, place: usize) -> String {
        format!("arc {place}")
    }
}

/// A file as another program shows it.
struct Shown {
    pixels: Pixmap,
    texts: Vec<(String, Rect)>,
}

impl Shown {
    fn of(file: &str) -> Self {
        let mut options = Options::default();
        options.fontdb_mut().load_system_fonts();
        assert!(!options.fontdb.is_empty(), "this machine has fonts");
        let tree = Tree::from_str(file, &options).expect("SVG");
        let size = tree.size().to_int_size();
        let mut pixels = Pixmap::new(size.width(), size.height()).expect("a picture");
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        let mut texts = Vec::new();
        collect(tree.root(), &mut texts);
        Self { pixels, texts }
    }

    fn at(&self, x: u32, y: u32) -> [u8; 4] {
        self.pixels.pixel(x, y).map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]).expect("inside")
    }

    /// The background reaches into every corner, every text is on the picture, and can be read.
    fn check(&self, palette: &Palette, case: &str) {
        let [red, green, blue] = bytes_of(palette.surface);
        let (right, bottom) = (self.pixels.width() - 1, self.pixels.height() - 1);
        for (x, y) in [(0, 0), (right, 0), (0, bottom), (right, bottom)] {
            assert_eq!(self.at(x, y), [red, green, blue, 255], "{case}: the corner {x}, {y}");
        }
        assert!(self.texts.len() >= 4, "{case}: {} texts", self.texts.len());
        for (text, place) in &self.texts {
            let inside =
                place.left() >= 0.0 && place.top() >= 0.0 && place.right() <= right as f32 + 1.0 && place.bottom() <= bottom as f32 + 1.0;
            assert!(inside, "{case}: “{text}” is cut off: {place:?} of {right} × {bottom}");
            let contrast = self.contrast(place);
            assert!(contrast >= LEGIBLE, "{case}: “{text}” has a contrast of {contrast:.1}");
        }
    }

    /// Between the darkest and the lightest pixel of a place.
    fn contrast(&self, place: &Rect) -> f64 {
        let (columns, rows) = (place.left() as u32..=place.right() as u32, place.top() as u32..=place.bottom() as u32);
        let seen =
            rows.flat_map(|y| columns.clone().map(move |x| (x, y))).filter(|(x, y)| *x < self.pixels.width() && *y < self.pixels.height());
        let luminances: Vec<f64> = seen.map(|(x, y)| luminance(self.at(x, y))).collect();
        let [low, high] = [luminances.iter().copied().fold(f64::MAX, f64::min), luminances.iter().copied().fold(0.0, f64::max)];
        (high + 0.05) / (low + 0.05)
    }

    fn share(&self, is_meant: impl Fn([u8; 4]) -> bool) -> f64 {
        let all = self.pixels.pixels();
        all.iter().filter(|pixel| is_meant([pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()])).count() as f64 / all.len() as f64
    }
}

fn collect(group: &Group, texts: &mut Vec<(String, Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => collect(inner, texts),
            Node::Text(text) => {
                let words = text.chunks().iter().map(|chunk| chunk.text()).collect();
                texts.push((words, text.abs_bounding_box()));
            }
            _ => {}
        }
    }
}

fn luminance([red, green, blue, _]: [u8; 4]) -> f64 {
    let linear = |byte: u8| (f64::from(byte) / 255.0).powf(2.2);
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

const PALETTES: [(&str, Palette); 2] = [("light", Palette::LIGHT), ("dark", Palette::DARK)];

#[test]
fn a_saved_network_is_right_outside_of_browsers() {
    for depth in [11, 20, 164] {
        for detail in [Detail::Stages, Detail::Blocks, Detail::Layers] {
            for width in [300.0, 936.0] {
                let spec = ResNetSpec::new(NetworkChoices { depth, ..Default::default() }).expect("a network");
                let drawing = layout_unfolded(&spec, &LayerGraph::new(&spec), width, &Unfolding::of(detail));
                for (theme, palette) in &PALETTES {
                    let case = format!("depth {depth}, {detail:?}, {width} px, {theme}");
                    let paper = Paper { palette, path: ShownPath::None, gradient: &|_, number| Some(number as f64 / 3.0) };
                    let shown = Shown::of(&saved(&drawing, &Camera::whole(&drawing.room()), "ResNet", &Places, &paper));
                    shown.check(palette, &case);
                    let orange = bytes_of(palette.skip);
                    let arcs = shown.share(|pixel| pixel[..3].iter().zip(orange).all(|(one, other)| one.abs_diff(other) < 12));
                    assert!(arcs > 0.0005, "{case}: skip connections are orange: {arcs}");
                    let ground = shown.share(|pixel| pixel[..3] == bytes_of(palette.surface));
                    assert!(ground > 0.4, "{case}: shapes are not filled by chance: {ground}");
                }
            }
        }
    }
}

#[test]
fn what_the_page_shows_of_a_deep_network_is_saved_as_large() {
    let spec = ResNetSpec::new(NetworkChoices { depth: 164, ..Default::default() }).expect("a network");
    let drawing = layout_unfolded(&spec, &LayerGraph::new(&spec), 936.0, &Unfolding::of(Detail::Blocks));
    let room = drawing.room();
    let paper = Paper { palette: &Palette::LIGHT, path: ShownPath::Longest, gradient: &|_, _| None };
    let size = |camera: Camera| {
        let shown = Shown::of(&saved(&drawing, &camera, "ResNet", &Places, &paper));
        [shown.pixels.width(), shown.pixels.height()]
    };
    let home = size(Camera::home(&room));
    assert!(home[0].abs_diff(936) <= 20, "as wide as on the page: {home:?}");
    assert!(size(Camera::whole(&room))[0] > 3 * home[0], "and larger where its texts would be too small");
}

fn curve(name: &str, role: CurveRole, start: f64) -> CurveSeries {
    let points = (0..200).map(|step| (f64::from(step), start * 0.99f64.powi(step))).collect();
    CurveSeries { name: name.into(), role, points, smoothed: true, markers: false }
}

#[test]
fn saved_curves_are_right_outside_of_browsers() {
    let long = "W".repeat(90);
    let own = vec![curve("training", CurveRole::Training, 2.3), curve("held out", CurveRole::HeldOut, 2.2)];
    let many = (0..5).map(|style| curve(&long, CurveRole::EarlierRun(style), 2.0 - 0.2 * style as f64)).chain(own.clone()).collect();
    let letters = vec![curve("クラス・猫", CurveRole::Skips, 1.0), curve("<b>&\"", CurveRole::ComparedDashed, 0.5)];
    let percent = ChartAxes { y_format: ValueFormat::Percent, y_limits: Some([0.0, 1.0]), ..ChartAxes::default() };
    let powers = ChartAxes { y_format: ValueFormat::PowerOfTen, ..ChartAxes::default() };
    for (theme, palette) in &PALETTES {
        for (series, axes) in [(&own, ChartAxes::default()), (&many, percent), (&letters, powers)] {
            let shown = Shown::of(&saved_chart("Loss", "steps", series, &axes, palette));
            shown.check(palette, &format!("{theme}: {}", series[0].name));
            for curve in series {
                let colour = bytes_of(palette.curve(curve.role));
                let drawn = shown.share(|pixel| pixel[..3].iter().zip(colour).all(|(one, other)| one.abs_diff(other) < 16));
                assert!(drawn > 0.0003, "{theme}: the line of “{}” is seen: {drawn}", curve.name);
            }
        }
    }
}

#[test]
fn a_saved_map_is_right_outside_of_browsers() {
    for (theme, palette) in &PALETTES {
        let [small, _, large] = palette.gradients.map(bytes_of);
        for (columns, rows) in [(2, 3), (40, 11), (300, 164)] {
            let picture = Picture::new(columns, rows, |row, _| if 2 * row < rows { small } else { large });
            let words = MapWords {
                title: "Weight update by depth and step: the image on top, the scores at the bottom".into(),
                ends: ["step 1".into(), "step 12,000".into()],
                range: ["0.010".into(), "3.2e3".into()],
            };
            let shown = Shown::of(&saved_map(&picture, &words, palette).expect("a file"));
            shown.check(palette, &format!("{theme}, {columns} × {rows}"));
            for colour in [small, large] {
                let share = shown.share(|pixel| pixel[..3].iter().zip(colour).all(|(one, other)| one.abs_diff(other) < 4));
                assert!(share > 0.2, "{theme}: a part of the map: {share}");
            }
        }
    }
}
