//! The page of a preset: what a link to it shows in a preview, and what a visitor sees who follows it.

use maud::{PreEscaped, html};
use resnet_playground::drawing::network::scene::still;
use resnet_playground::drawing::network::{explain_network, layout};

use crate::card;
use crate::frame::Page;
use crate::index::tags;
use crate::language::Language;
use crate::presets::SitePreset;
use crate::{SiteFile, SiteUrl};

/// Widths that the drawing is made for: a window, and a phone.
const WIDE: f64 = 820.0;
const NARROW: f64 = 312.0;
/// Looks of the drawing, as on the page.
const DRAWING: &str = include_str!("../../www/network_drawing.css");

/// `p/<preset>/index.html`, in this language alone.
pub fn page(preset: &SitePreset, base: &SiteUrl, language: &Language) -> SiteFile {
    let folder = format!("p/{}", preset.name);
    let explanation = explain_network(&preset.spec);
    let drawing = |width: f64| PreEscaped(still(&layout(&preset.spec, width), &format!("Drawing of {}", preset.label)));
    let open = format!("../../?{}", preset.query());
    let body = html! {
        p class="lead" { (preset.about) }
        p { a class="button" href=(open) { "Open in the playground" } }
        figure class="network" {
            div class="drawing-wide" { (drawing(WIDE)) }
            div class="drawing-narrow" { (drawing(NARROW)) }
            figcaption { strong { (explanation.lead) } " " (explanation.sentence) }
        }
        dl class="facts" {
            div { dt { "Depth" } dd { (preset.spec.depth().layers()) " = " (preset.spec.depth_formula()) } }
            div { dt { "Network" } dd { (preset.facts()) } }
            div { dt { "Link" } dd { code { "?" (preset.query()) } } }
        }
        p {
            "The playground opens with this network and these settings and trains it in your browser, on WebGPU or on the processor. New here? "
            a href="../../?tour=1" { "Take the tour" } ", or read the " a href="../../guide/" { "guide" } "."
        }
    };
    let head = html! {
        (tags(preset, base, 2))
        link rel="alternate" type="application/json+oembed" href=(base.of(&format!("{folder}/oembed.json"), 2)) title=(card::title(preset));
        style { (PreEscaped(DRAWING)) }
    };
    let description = format!("{} {}.", preset.about, preset.facts());
    Page {
        folder: &folder,
        language,
        languages: std::slice::from_ref(language),
        is_untranslated: false,
        title: preset.label,
        description: &description,
        head,
        body,
    }
    .file()
}
