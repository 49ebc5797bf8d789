//! oEmbed: what a page that links to a preset shows in the place of the link. <https://oembed.com>

use anyhow::Result;
use maud::html;
use serde_json::json;

use crate::card;
use crate::presets::SitePreset;
use crate::{SiteFile, SiteUrl};

/// Size of the frame.
const SIZE: [u32; 2] = [600, 420];

/// `p/<preset>/oembed.json`.
pub fn file(preset: &SitePreset, base: &SiteUrl) -> Result<SiteFile> {
    let frame = html! {
        iframe src=(base.of(&format!("?{}", preset.embed_query()), 2)) width=(SIZE[0]) height=(SIZE[1])
            title={ "ResNet Playground: " (preset.label) } style="border:0;width:100%" allow="fullscreen" loading="lazy" {}
    };
    let answer = json!({
        "version": "1.0",
        "type": "rich",
        "title": card::title(preset),
        "provider_name": "ResNet Playground",
        "provider_url": base.of("", 2),
        "width": SIZE[0],
        "height": SIZE[1],
        "html": frame.into_string(),
        "thumbnail_url": base.of(&format!("p/{}/card.png", preset.name), 2),
        "thumbnail_width": card::SIZE[0],
        "thumbnail_height": card::SIZE[1],
    });
    Ok(SiteFile::new(format!("p/{}/oembed.json", preset.name), serde_json::to_string_pretty(&answer)?))
}
