//! What an installed page is called and looks like: the web app manifest and its icons, drawn from the favicon.

use anyhow::{Context, Result};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use serde_json::json;

use crate::SiteFile;

const FAVICON: &str = include_str!("../../www/favicon.svg");
/// Width and height in pixels: what browsers ask for before they offer to install.
const SIZES: [u32; 2] = [192, 512];
/// Systems cut icons into their own shape, which leaves a circle of 80 % of the width for sure.
const SHARE_IN_MASK: f32 = 0.6;

/// The manifest, and the icons that it names.
pub fn files() -> Result<Vec<SiteFile>> {
    let tree = Tree::from_str(FAVICON, &Options::default()).context("the favicon")?;
    let mut files = vec![SiteFile::new("manifest.webmanifest", serde_json::to_vec_pretty(&manifest())?)];
    for size in SIZES {
        files.push(SiteFile::new(name(size, false), draw(&tree, size, 1.0)?));
    }
    files.push(SiteFile::new(name(SIZES[1], true), draw(&tree, SIZES[1], SHARE_IN_MASK)?));
    Ok(files)
}

fn manifest() -> serde_json::Value {
    let icon = |size: u32, is_masked: bool| {
        let purpose = if is_masked { "maskable" } else { "any" };
        json!({ "src": name(size, is_masked), "sizes": format!("{size}x{size}"), "type": "image/png", "purpose": purpose })
    };
    json!({
        "name": "ResNet Playground",
        "short_name": "ResNets",
        "description": "Design a residual network, train it in your browser, and see why skip connections matter.",
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "categories": ["education"],
        "icons": [icon(SIZES[0], false), icon(SIZES[1], false), icon(SIZES[1], true)],
    })
}

fn name(size: u32, is_masked: bool) -> String {
    format!("icons/icon-{size}{}.png", if is_masked { "-maskable" } else { "" })
}

/// The favicon in the middle of a white square, as wide as this share of it.
fn draw(tree: &Tree, size: u32, share: f32) -> Result<Vec<u8>> {
    let mut pixels = Pixmap::new(size, size).context("an icon has a size")?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    let width = size as f32 * share;
    let margin = (size as f32 - width) / 2.0;
    let scale = width / tree.size().width();
    resvg::render(tree, Transform::from_row(scale, 0.0, 0.0, scale, margin, margin), &mut pixels.as_mut());
    Ok(pixels.encode_png()?)
}
