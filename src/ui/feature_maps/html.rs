//! A look at an image as HTML.

use crate::drawing::escape::escape;
use crate::drawing::plot::ValueFormat;
use crate::insight::feature_maps::{ImageLook, about_maps, about_prediction, image_picture, maps_picture};
use crate::ui::browser::bitmap_url;

/// Starts of ids, before a number.
pub const IMAGE: &str = "look-image-";
pub const CLASS: &str = "look-class-";
/// The list of layers.
pub const PLACE: &str = "look-place";
/// Classes with a bar.
const MOST_BARS: usize = 5;

/// Everything below the panel's head; `places` and `names` are those of layers and classes.
pub fn shown(look: &ImageLook, places: &[String], names: &[String], covered: bool) -> String {
    [choice(look, names), pictures(look, names, covered), maps(look, places)].concat()
}

fn choice(look: &ImageLook, names: &[String]) -> String {
    let step = |id: &str, label: &str, sign: &str| {
        format!("<button class=\"quiet icon\" id={id} aria-label=\"{label}\" title=\"{label}\">{sign}</button>")
    };
    let mut html = format!("<div class=look-strip role=group aria-label=\"Held-out images\">{}", step("look-before", "Image before", "‹"));
    for (image, label) in (look.strip_start..).zip(&look.strip_labels) {
        let name = escape(names.get(usize::from(*label)).map_or("", String::as_str));
        let pressed = image == look.question.image && look.question.own.is_none();
        let picture = bitmap_url(&image_picture(look.pixels(image).unwrap_or_default(), None));
        // The button has the click: what it shows lets it through.
        html += &format!(
            "<button class=look-image id={IMAGE}{image} aria-pressed={pressed} aria-label=\"Image {}, {name}\" title=\"{name}\"><img alt=\"\" src=\"{picture}\"></button>",
            image + 1
        );
    }
    html + &step("look-after", "Next image", "›") + "</div>"
}

fn pictures(look: &ImageLook, names: &[String], covered: bool) -> String {
    let sentence = escape(&about_prediction(look, names));
    let over = Some(&look.activation).filter(|_| covered);
    let picture = bitmap_url(&image_picture(look.looked_at(), over));
    let explained = look.question.class;
    let mut bars = String::new();
    for (class, probability) in look.most_probable(MOST_BARS) {
        let name = escape(names.get(class).map_or("", String::as_str));
        let truth = if look.label() == Some(class) { " <span class=caption>true</span>" } else { "" };
        let share = ValueFormat::Percent.value(f64::from(probability));
        let width = ValueFormat::Percent.value(f64::from(probability)).replace(' ', "");
        bars += &format!(
            "<li><button class=look-class id={CLASS}{class} aria-pressed={} title=\"Show where {name} comes from\">{name}{truth}</button>\
             <span class=cost-track><span class=cost-fill style=\"width:{width}\"></span></span><span class=cost-number>{share}</span></li>",
            explained == Some(class)
        );
    }
    let about = match look.label().and_then(|label| names.get(label)) {
        Some(truth) => escape(&format!("image {} of {}: {truth}", look.question.image + 1, look.images)),
        None => "your own image".into(),
    };
    let legend = if covered { "dark: speaks little for the class · bright: most" } else { "as it is" };
    format!(
        "<div class=look-answer><figure class=look-picture><img data-testid=look-picture alt=\"{sentence}\" src=\"{picture}\">\
         <figcaption class=caption>{about}<br>{legend}</figcaption><button class=quiet id=look-cover aria-pressed={covered}>Where it comes from</button></figure>\
         <div><ol class=look-bars data-testid=look-bars>{bars}</ol><p class=finding aria-live=polite data-testid=look-finding>{sentence}</p></div></div>"
    )
}

fn maps(look: &ImageLook, places: &[String]) -> String {
    let option = |(place, name): (usize, &String)| {
        let selected = if place == look.question.place { "selected" } else { "" };
        format!("<option value={place} {selected}>{name}</option>")
    };
    let options: String = places.iter().enumerate().map(option).collect();
    let name = places.get(look.question.place).map_or("", String::as_str);
    let about = about_maps(look, name);
    let picture = bitmap_url(&maps_picture(&look.maps));
    format!(
        "<div class=look-layer><label class=label for={PLACE}>Maps of</label> <select id={PLACE}>{options}</select></div>\
         <figure class=look-maps><img data-testid=look-maps alt=\"{about}\" src=\"{picture}\"><figcaption class=caption>{about}</figcaption></figure>"
    )
}
