//! Where the parameters and the work are: stem, stages, head.

use leptos::prelude::*;

use crate::figures::{compact, grouped};
use crate::spec::{LayerSpec, ResNetSpec};

use super::session::Session;

#[derive(Clone, PartialEq)]
struct Part {
    name: String,
    blocks: Option<usize>,
    output: [usize; 3],
    parameters: u64,
    multiply_adds: u64,
}

/// A table with a bar for every share.
#[component]
pub fn LayerCosts() -> impl IntoView {
    let session = Session::of_page();
    let parts = move || session.spec.with(parts_of);
    let rows = move || {
        let parts = parts();
        let most_parameters = parts.iter().map(|part| part.parameters).max().unwrap_or(1) as f64;
        let most_work = parts.iter().map(|part| part.multiply_adds).max().unwrap_or(1) as f64;
        let row = move |part: Part| {
            let [height, width, channels] = part.output;
            view! {
                <tr>
                    <th scope="row">{part.name}</th>
                    <td class="number-cell">{part.blocks.map_or_else(|| "–".to_owned(), |blocks| blocks.to_string())}</td>
                    <td class="number-cell">{if height == 1 { channels.to_string() } else { format!("{height}×{width}×{channels}") }}</td>
                    <td><Bar value=part.parameters as f64 most=most_parameters /></td>
                    <td><Bar value=part.multiply_adds as f64 most=most_work /></td>
                </tr>
            }
        };
        parts.into_iter().map(row).collect_view()
    };
    view! {
        <section class="panel last" aria-labelledby="layer-costs">
            <div class="panel-head">
                <h2 id="layer-costs">"What each part costs"</h2>
                <p class="panel-lead">"for one image on its way forward"</p>
            </div>
            <div class="table-frame">
                <table class="costs">
                    <thead>
                        <tr>
                            <th scope="col">"Part"</th>
                            <th scope="col" class="number-cell">"Blocks"</th>
                            <th scope="col" class="number-cell">"Output"</th>
                            <th scope="col">"Parameters"</th>
                            <th scope="col">"Multiply-adds"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="finding">{move || finding(&parts())}</p>
        </section>
    }
}

#[component]
fn Bar(value: f64, most: f64) -> impl IntoView {
    let exact = grouped(value as usize);
    view! {
        <span class="cost-bar" title=exact>
            <span class="cost-track" aria-hidden="true">
                <span class="cost-fill" style:width=format!("{:.1}%", 100.0 * value / most.max(1.0))></span>
            </span>
            <span class="cost-number">{compact(value)}</span>
        </span>
    }
}

fn parts_of(spec: &ResNetSpec) -> Vec<Part> {
    let blocks = spec.depth().blocks_per_stage();
    let mut parts: Vec<Part> = Vec::new();
    for layer in spec.layers() {
        let (name, blocks) = part_of(&layer, blocks);
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

fn part_of(layer: &LayerSpec, blocks: usize) -> (String, Option<usize>) {
    let mut path = layer.name.split('.');
    match (path.next(), path.next().and_then(|index| index.parse::<usize>().ok())) {
        (Some("stages"), Some(stage)) => (format!("Stage {}", stage + 1), Some(blocks)),
        (Some("stem"), _) => ("Stem".into(), None),
        _ => ("Head".into(), None),
    }
}

/// What the table teaches: work and parameters sit at opposite ends.
fn finding(parts: &[Part]) -> impl IntoView + use<> {
    // The last stage and the head against all before them.
    let (early, late) = parts.split_at(parts.len().saturating_sub(2));
    let parameters = |parts: &[Part]| parts.iter().map(|part| part.parameters as f64).sum::<f64>();
    let work = |parts: &[Part]| parts.iter().map(|part| part.multiply_adds as f64).sum::<f64>();
    let share = |of: &dyn Fn(&[Part]) -> f64| format!("{:.0} %", 100.0 * of(early) / (of(early) + of(late)).max(1.0));
    view! {
        "Before the last stage it is " <strong>{share(&parameters)}</strong> " of the parameters but " <strong>{share(&work)}</strong>
        " of the multiply-adds: large maps make work, many channels make parameters."
    }
}
