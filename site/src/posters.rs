//! Posters: what an embed shows before anything of the trainer is fetched.

use anyhow::Result;
use resnet_playground::drawing::network::scene::Card;
use resnet_playground::drawing::palette::Palette;
use resnet_playground::language::format::grouped;
use resnet_playground::spec::{NetworkChoices, ResNetSpec};

use crate::SiteFile;
use crate::presets::skips;

/// Depths that have posters: those of 9n + 2 that are drawn in a glance.
pub const DEPTHS: std::ops::RangeInclusive<usize> = 11..=164;
/// What an embed takes at the least.
const SIZE: [f64; 2] = [600.0, 420.0];

/// `posters/29-light.svg`, `posters/29-plain-dark.svg` and so on, of the network that a link with that depth alone opens.
pub fn files() -> Result<Vec<SiteFile>> {
    let mut files = Vec::new();
    for depth in DEPTHS.step_by(9) {
        for skip_connections in [true, false] {
            let spec = ResNetSpec::new(NetworkChoices { depth, skip_connections, ..NetworkChoices::default() })?;
            for (theme, palette) in [("light", &Palette::LIGHT), ("dark", &Palette::DARK)] {
                let kind = if skip_connections { "" } else { "-plain" };
                files.push(SiteFile::new(format!("posters/{depth}{kind}-{theme}.svg"), poster(&spec, palette)));
            }
        }
    }
    Ok(files)
}

fn poster(spec: &ResNetSpec, palette: &Palette) -> String {
    let depth = spec.depth().layers();
    let is_plain = !spec.choices().skip_connections;
    let title = if is_plain { format!("Plain network of depth {depth}") } else { format!("ResNetV2 of depth {depth}") };
    let facts = format!("{} · {} parameters", skips(spec), grouped(spec.cost().parameters as usize));
    Card { size: SIZE, title: &title, facts: &facts, foot: "ResNet Playground", palette }.of(spec)
}
