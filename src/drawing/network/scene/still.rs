//! The whole drawing as a picture that stands by itself.

use super::Units;
use super::pen::Pen;
use super::stage::stage_shapes;
use crate::drawing::network::{Drawing, Orientation};
use crate::drawing::svg_tag::Tag;

/// The drawing as one `<svg>`, named `name`, in which nothing can be pointed at or focused.
///
/// It has the size of the live drawing and its classes, so that the one can stand where the other will.
pub fn still(drawing: &Drawing, name: &str) -> String {
    let [width, height] = drawing.canvas;
    let orientation = match drawing.orientation {
        Orientation::Wide => "wide",
        Orientation::Narrow => "narrow",
    };
    let mut lines: Vec<String> = drawing.stages.iter().map(|stage| stage_shapes(Pen::Page, stage)).collect();
    lines.push(trunk(Pen::Page, drawing));
    lines.extend(Units::of(drawing).shapes(drawing));
    let picture = Tag::new("svg")
        .set("class", "network-drawing")
        .set("role", "img")
        .set("aria-label", name)
        .set("viewBox", format!("0 0 {width:.0} {height:.0}"))
        .set("width", format!("{width:.0}"))
        .set("data-orientation", orientation)
        .set("data-legibility", "texts")
        .set("data-moves", "not");
    picture.holding(&format!("\n{}\n", lines.join("\n")))
}

/// The line everything sits on.
pub fn trunk(pen: Pen<'_>, drawing: &Drawing) -> String {
    let [from, to] = drawing.trunk;
    pen.drawn("path", "network-trunk").set("d", format!("M{:.1} {:.1}L{:.1} {:.1}", from.x, from.y, to.x, to.y)).empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::network::layout;
    use crate::spec::{NetworkChoices, ResNetSpec};

    fn drawn(depth: usize, width: f64) -> String {
        let spec = ResNetSpec::new(NetworkChoices { depth, ..Default::default() }).unwrap();
        still(&layout(&spec, width), "Network of depth 20")
    }

    #[test]
    fn a_still_shows_the_network_and_offers_nothing_to_press() {
        let still = drawn(20, 900.0);
        assert_eq!(still.matches("class=\"network-arc ").count(), 6, "an arc for each block");
        assert_eq!(still.matches("network-frame").count(), 3, "and a frame for each stage");
        for offer in ["role=\"button\"", "tabindex", "data-place", "network-reach"] {
            assert!(!still.contains(offer), "{offer}");
        }
        assert!(still.starts_with("<svg class=\"network-drawing\" role=\"img\" aria-label=\"Network of depth 20\""), "{still}");
    }

    #[test]
    fn it_runs_the_way_its_width_asks_for() {
        assert!(drawn(20, 900.0).contains("viewBox=\"0 0 900 232\" width=\"900\" data-orientation=\"wide\""));
        assert!(drawn(20, 300.0).contains("data-orientation=\"narrow\""));
    }
}
