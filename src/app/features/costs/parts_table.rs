//! Stem, stages and head with a bar for every share, and the totals.

use leptos::prelude::*;

use crate::app::components::TableFrame;
use crate::app::context::use_experiment;
use crate::language::format::{bytes, compact, grouped};
use crate::language::text;

use super::parts::{Part, finding, parts_of, shape};

/// The table, and what it teaches.
#[component]
pub(super) fn PartsTable() -> impl IntoView {
    let spec = use_experiment().spec();
    let parts = Memo::new(move |_| spec.with(parts_of));
    let cost = Memo::new(move |_| spec.with(crate::spec::ResNetSpec::cost));
    let rows = move || {
        let parts = parts.get();
        let most = |of: fn(&Part) -> u64| parts.iter().map(of).max().unwrap_or(1);
        let (parameters, multiply_adds, memory) =
            (most(|part| part.parameters), most(|part| part.multiply_adds), most(|part| part.output_bytes));
        let row = |part: &Part| {
            view! {
                <tr>
                    <th scope="row">{part.name.clone()}</th>
                    <td class="number-cell costs-blocks">{part.blocks.map_or_else(|| "–".to_owned(), |blocks| blocks.to_string())}</td>
                    <td class="number-cell">{shape(part.output)}</td>
                    <td>{bar(part.parameters, parameters, compact(part.parameters as f64))}</td>
                    <td>{bar(part.multiply_adds, multiply_adds, compact(part.multiply_adds as f64))}</td>
                    <td>{bar(part.output_bytes, memory, bytes(part.output_bytes))}</td>
                </tr>
            }
        };
        parts.iter().map(row).collect_view()
    };
    view! {
        <div>
            <h3>{text!("What each part costs")}</h3>
            <p class="costs-note">{text!("for one image on its way forward")}</p>
            <TableFrame label=text!("What each part costs") class="costs-table">
                <thead>
                    <tr>
                        <th scope="col">{text!("Part")}</th>
                        <th scope="col" class="number-cell costs-blocks">
                            {text!("Blocks")}
                        </th>
                        <th scope="col" class="number-cell" title=text!("Height, width and channels of what goes out")>
                            {text!("Output")}
                        </th>
                        <th scope="col">{text!("Parameters")}</th>
                        <th scope="col">{text!("Multiply-adds")}</th>
                        <th scope="col" title=text!("Outputs of all its layers, as 32-bit numbers")>
                            {text!("Memory")}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{text!("Network")}</th>
                        <td class="number-cell costs-blocks">{move || spec.with(|spec| spec.blocks().len())}</td>
                        <td class="number-cell">{move || spec.with(|spec| spec.classes())}</td>
                        <td class="costs-total">{move || grouped(cost.get().parameters as usize)}</td>
                        <td class="costs-total">{move || compact(cost.get().multiply_adds_per_image as f64)}</td>
                        <td class="costs-total">{move || bytes(cost.get().activation_bytes_per_image)}</td>
                    </tr>
                </tfoot>
            </TableFrame>
            <p class="costs-finding">{move || parts.with(|parts| finding(parts))}</p>
        </div>
    }
}

/// A share as a bar, with its number.
fn bar(value: u64, most: u64, words: String) -> impl IntoView {
    let width = format!("{:.1}%", 100.0 * value as f64 / most.max(1) as f64);
    view! {
        <span class="costs-bar" title=grouped(value as usize)>
            <span class="costs-track" aria-hidden="true">
                <span class="costs-fill" style:width=width></span>
            </span>
            <span class="costs-number">{words}</span>
        </span>
    }
}
