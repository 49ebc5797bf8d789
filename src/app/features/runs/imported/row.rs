//! Runs that differ by their seed alone, in the table.

use leptos::{ev, prelude::*};

use crate::app::context::use_imported_results;
use crate::evaluation::percent;
use crate::language::format::{decimals, grouped};
use crate::language::{text, tr};
use crate::studies::sweep::{GroupCurve, Outcome, SweepGroup};

/// What a row shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GroupFacts {
    place: usize,
    name: String,
    seeds: String,
    range: String,
    parameters: String,
    mean: String,
    deviation: String,
    link: String,
}

impl GroupFacts {
    /// Of the group at that place.
    pub fn of((place, group): (usize, &SweepGroup)) -> Self {
        let spread = group.held_out_accuracy;
        Self {
            place,
            name: group.name.clone(),
            seeds: seeds(group),
            range: spread
                .filter(|spread| spread.count > 1)
                .map(|spread| tr!("{lowest} to {highest}", lowest = percent(spread.lowest), highest = percent(spread.highest)))
                .unwrap_or_default(),
            parameters: tr!("{parameters} parameters", parameters = grouped(usize::try_from(group.parameters).unwrap_or(usize::MAX))),
            mean: spread.map(|spread| percent(spread.mean)).unwrap_or_default(),
            deviation: spread
                .and_then(|spread| spread.deviation)
                .map(|deviation| format!("± {}", decimals(100.0 * deviation, 1)))
                .unwrap_or_default(),
            link: group.link.clone(),
        }
    }
}

/// `3 seeds`, and what became of those that did not finish.
fn seeds(group: &SweepGroup) -> String {
    let count = group.runs.len();
    let mut words = vec![tr!("1 seed" | "{seeds} seeds" % count, seeds = grouped(count))];
    let ends = [Outcome::Diverged, Outcome::Failed].map(|outcome| (outcome, group.count(outcome)));
    words.extend(ends.into_iter().filter(|(_, count)| *count > 0).map(|(outcome, count)| {
        let count = grouped(count);
        if outcome == Outcome::Diverged { tr!("{count} diverged", count) } else { tr!("{count} failed", count) }
    }));
    words.join(", ")
}

/// A group.
#[component]
pub fn GroupRow(
    /// What it shows.
    facts: GroupFacts,
) -> impl IntoView {
    let imported = use_imported_results();
    let GroupFacts { place, name, seeds, range, parameters, mean, deviation, link } = facts;
    let is_drawn = Memo::new(move |_| imported.is_drawn(place));
    let draw = move |event: ev::Event| imported.draw(place, event_target_checked(&event));
    let swatch = move || if is_drawn.get() { format!("runs-swatch {}", GroupCurve::role(place).css_class()) } else { String::new() };
    let range = (!range.is_empty()).then(|| format!(" · {range}"));
    view! {
        <tr>
            <td>
                <label class="runs-drawn">
                    <input
                        type="checkbox"
                        aria-label=tr!("Draw the curves of {name}", name)
                        prop:checked=move || is_drawn.get()
                        on:change=draw
                    />
                    <span class=swatch aria-hidden="true"></span>
                </label>
            </td>
            <th scope="row">
                <span class="runs-name">{name.clone()}</span>
                " "
                <span class="runs-facts">
                    {seeds} {range} " · " {parameters} " · "
                    <a href=format!("?{link}") target="_blank" aria-label=tr!("Open these settings: {name}", name)>
                        {text!("Open these settings")}
                    </a>
                </span>
            </th>
            <td class="number-cell">{mean} " " <span class="runs-facts">{deviation}</span></td>
        </tr>
    }
}
