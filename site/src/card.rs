//! Cards of the presets: 1200×630 pixels, the size that previews of links are made for.

use std::sync::Arc;

use anyhow::{Context, Result};
use resnet_playground::drawing::network::scene::Card;
use resnet_playground::drawing::palette::Palette;
use resnet_playground::language::format::compact;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

use crate::SiteFile;
use crate::presets::{SitePreset, presets, skips};

/// Width and height of a card in pixels.
pub const SIZE: [u32; 2] = [1200, 630];
/// Machines that build sites often have no fonts at all, and a card without letters is none. So the letters that cards use come
/// along, and no font of the machine is asked: a card looks the same wherever it is made.
const FONTS: [&[u8]; 2] = [include_bytes!("../fonts/Inter-Regular.ttf"), include_bytes!("../fonts/Inter-SemiBold.ttf")];
const FAMILY: &str = "Inter";

/// The card of a preset as SVG.
pub fn svg(preset: &SitePreset) -> String {
    let foot = "ResNet Playground · see why skip connections matter";
    Card { size: SIZE.map(f64::from), title: preset.label, facts: &facts(preset), foot, palette: &Palette::LIGHT }.of(&preset.spec)
}

/// What the preset is called where nothing else is there to explain it.
pub fn title(preset: &SitePreset) -> String {
    format!("ResNet Playground: {}", preset.label)
}

/// Its figures, as many as are read in a small preview.
pub fn facts(preset: &SitePreset) -> String {
    let parameters = compact(preset.spec.cost().parameters as f64);
    format!("Depth {} · {} · {parameters} parameters", preset.spec.depth().layers(), skips(&preset.spec))
}

/// All cards. They are drawn at the same time: each takes a good part of a second.
pub fn files() -> Result<Vec<SiteFile>> {
    let mut fonts = Database::new();
    FONTS.iter().for_each(|font| fonts.load_font_data(font.to_vec()));
    fonts.set_sans_serif_family(FAMILY);
    let options = Options { fontdb: Arc::new(fonts), font_family: FAMILY.into(), ..Options::default() };
    std::thread::scope(|scope| {
        let options = &options;
        let drawn: Vec<_> = presets().into_iter().map(|preset| scope.spawn(move || file(&preset, options))).collect();
        drawn.into_iter().map(|card| card.join().map_err(|_| anyhow::anyhow!("a card was not drawn"))?).collect()
    })
}

fn file(preset: &SitePreset, options: &Options<'_>) -> Result<SiteFile> {
    let tree = Tree::from_str(&svg(preset), options).with_context(|| format!("the card of {}", preset.name))?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).context("a card has a size")?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    Ok(SiteFile::new(format!("p/{}/card.png", preset.name), pixels.encode_png()?))
}
