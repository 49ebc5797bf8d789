//! Pictures and their numbers as files.

use leptos::prelude::*;

use super::{IconShape, Menu, MenuItem};
use crate::app::services::download::save_file;
use crate::app::services::png_file::save_png;
use crate::drawing::palette::Palette;
use crate::language::{marked, text, tr, translated};

/// What is said when no file came of a picture.
pub const NO_PICTURE: &str = marked!("This browser did not make the picture.");

/// Entries of a menu that save a picture as SVG or PNG, for paper and for dark slides.
///
/// `name` gives the file's name without its ending, `draw` the picture as SVG, or nothing while there is none. `failed` is called
/// when no file came of it.
pub fn picture_items(
    name: impl Fn() -> String + Copy + Send + Sync + 'static,
    draw: impl Fn(&Palette) -> Option<String> + Copy + Send + Sync + 'static,
    failed: impl Fn() + Copy + Send + Sync + 'static,
) -> Vec<MenuItem> {
    let svg = move |palette: Palette, kind: &'static str| {
        Callback::new(move |()| match untrack(|| draw(&palette)) {
            Some(picture) => save_file(&format!("{}{kind}.svg", untrack(name)), picture.as_bytes()),
            None => failed(),
        })
    };
    let png = move |palette: Palette, kind: &'static str| {
        Callback::new(move |()| {
            let begun = untrack(|| draw(&palette)).map(|picture| save_png(format!("{}{kind}.png", untrack(name)), &picture, failed));
            if begun.is_none_or(|begun| begun.is_err()) {
                failed();
            }
        })
    };
    let item = |label: &'static str, on_choose: Callback<()>| MenuItem { label, on_choose, checked: None };
    vec![
        item("SVG", svg(Palette::LIGHT, "")),
        item("PNG", png(Palette::LIGHT, "")),
        item(text!("SVG, dark"), svg(Palette::DARK, "-dark")),
        item(text!("PNG, dark"), png(Palette::DARK, "-dark")),
    ]
}

/// A small button that saves a picture or the numbers behind it.
#[component]
pub fn SavePicture(
    /// What is saved, as `marked!` marks it: `Loss`. In English also the name of the file.
    title: &'static str,
    /// The picture as SVG; nothing while there is none.
    draw: Callback<Palette, Option<String>>,
    /// Its numbers as CSV.
    #[prop(optional)]
    numbers: Option<Callback<(), String>>,
) -> impl IntoView {
    let name = move || format!("resnet-playground-{}", title.to_lowercase().replace(' ', "-"));
    let note = RwSignal::new("");
    let draw = move |palette: &Palette| {
        note.set("");
        draw.run(*palette)
    };
    let mut items = picture_items(name, draw, move || note.set(translated(NO_PICTURE)));
    if let Some(numbers) = numbers {
        let save = Callback::new(move |()| save_file(&format!("{}.csv", name()), untrack(|| numbers.run(())).as_bytes()));
        items.push(MenuItem { label: "CSV", on_choose: save, checked: None });
    }
    let label = tr!("Save {title}", title = translated(title));
    view! {
        <div class="save-picture">
            <p role="status">{note}</p>
            <Menu label help=text!("Saves the picture, on white or in dark colours, or its numbers") items icon=IconShape::Save />
        </div>
    }
}
