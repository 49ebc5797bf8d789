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
    parameters: usize,
    multiply_adds: u64,
}

/// A table with a bar for every share.
#[component]
pub fn LayerCosts() -> impl IntoView {
    let session = Session::of_page();
    let parts = Memo::new(move |_| session.spec.with(parts_of));
    let rows = move || {
        let parts = parts.get();
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
        <section class="panel" aria-labelledby="layer-costs">
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
            <p class="finding">{move || parts.with(|parts| finding(parts))}</p>
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

/// The one thing to see in the table.
fn finding(parts: &[Part]) -> Option<impl IntoView + use<>> {
    let all_parameters: usize = parts.iter().map(|part| part.parameters).sum();
    let all_work: u64 = parts.iter().map(|part| part.multiply_adds).sum();
    let heaviest = parts.iter().max_by_key(|part| part.parameters)?;
    let busiest = parts.iter().max_by_key(|part| part.multiply_adds)?;
    let share = |part: f64, all: f64| format!("{:.0} %", 100.0 * part / all.max(1.0));
    let parameters = share(heaviest.parameters as f64, all_parameters as f64);
    let work = share(busiest.multiply_adds as f64, all_work as f64);
    Some(view! {
        {heaviest.name.clone()} " holds " <strong>{parameters}</strong> " of the parameters; "
        {busiest.name.clone()} " does " <strong>{work}</strong> " of the multiply-adds."
    })
}
