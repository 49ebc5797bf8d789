//! Where the parameters and the work are: stem, stages, head.

use crate::format::{compact, grouped};
use crate::spec::{LayerSpec, ResNetSpec};

use super::follow::follow;
use super::markup::set;
use super::session::Session;

struct Part {
    name: String,
    blocks: Option<usize>,
    output: [usize; 3],
    parameters: u64,
    multiply_adds: u64,
}

/// A table with a bar for every share.
pub const HTML: &str = "<section class=\"panel last\" aria-labelledby=layer-costs><div class=panel-head>\
    <h2 id=layer-costs>What each part costs</h2><p class=panel-lead>for one image on its way forward</p></div>\
    <div class=table-frame><table class=costs><thead><tr><th scope=col>Part</th><th scope=col class=number-cell>Blocks</th>\
    <th scope=col class=number-cell>Output</th><th scope=col>Parameters</th><th scope=col>Multiply-adds</th></tr></thead>\
    <tbody id=cost-rows></tbody></table></div><p class=finding id=cost-finding></p></section>";

/// Keeps it.
pub fn start(session: Session) {
    follow(move || {
        let parts = session.spec.with(parts_of);
        set("cost-rows", "innerHTML", &rows(&parts).into());
        set("cost-finding", "innerHTML", &finding(&parts).into());
    });
}

fn rows(parts: &[Part]) -> String {
    let most_parameters = parts.iter().map(|part| part.parameters).max().unwrap_or(1);
    let most_work = parts.iter().map(|part| part.multiply_adds).max().unwrap_or(1);
    let row = |part: &Part| {
        let [height, width, channels] = part.output;
        let blocks = part.blocks.map_or_else(|| "–".to_owned(), |blocks| blocks.to_string());
        let output = if height == 1 { channels.to_string() } else { format!("{height}×{width}×{channels}") };
        let cell = |content: &str| format!("<td class=number-cell>{content}</td>");
        let bars = bar(part.parameters, most_parameters) + &bar(part.multiply_adds, most_work);
        format!("<tr><th scope=row>{}</th>{}{}{bars}</tr>", part.name, cell(&blocks), cell(&output))
    };
    parts.iter().map(row).collect()
}

fn bar(value: u64, most: u64) -> String {
    format!(
        "<td><span class=cost-bar title=\"{}\"><span class=cost-track aria-hidden=true><span class=cost-fill style=\"width:{:.1}%\"></span></span>\
         <span class=cost-number>{}</span></span></td>",
        grouped(value as usize),
        100.0 * value as f64 / most.max(1) as f64,
        compact(value as f64)
    )
}

fn parts_of(spec: &ResNetSpec) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for layer in spec.layers() {
        let (name, blocks) = part_of(&layer, spec);
        if parts.last().is_none_or(|part| part.name != name) {
            parts.push(Part { name, blocks, output: layer.output, parameters: 0, multiply_adds: 0 });
        }
        if let Some(part) = parts.last_mut() {
            part.output = layer.output;
            part.parameters += layer.trainable_parameters() + layer.moving_statistics();
            part.multiply_adds += layer.multiply_adds();
        }
    }
    parts
}

fn part_of(layer: &LayerSpec, spec: &ResNetSpec) -> (String, Option<usize>) {
    let mut path = layer.name.split('.');
    match (path.next(), path.next().and_then(|index| index.parse::<usize>().ok())) {
        (Some("stages"), Some(stage)) => (format!("Stage {}", stage + 1), Some(spec.blocks_in_stage(stage))),
        (Some("stem"), _) => ("Stem".into(), None),
        _ => ("Head".into(), None),
    }
}

/// What the table teaches: work and parameters sit at opposite ends.
fn finding(parts: &[Part]) -> String {
    // The last stage and the head against all before them.
    let (early, late) = parts.split_at(parts.len().saturating_sub(2));
    let parameters = |parts: &[Part]| parts.iter().map(|part| part.parameters as f64).sum::<f64>();
    let work = |parts: &[Part]| parts.iter().map(|part| part.multiply_adds as f64).sum::<f64>();
    let share = |of: &dyn Fn(&[Part]) -> f64| format!("<strong>{:.0} %</strong>", 100.0 * of(early) / (of(early) + of(late)).max(1.0));
    format!(
        "Before the last stage it is {} of the parameters but {} of the multiply-adds: \
         large maps make work, many channels make parameters.",
        share(&parameters),
        share(&work)
    )
}
