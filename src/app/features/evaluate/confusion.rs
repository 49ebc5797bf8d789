//! Which class is taken for which, and the images of each cell.

use std::time::Duration;

use leptos::prelude::*;

use crate::app::components::{TableFrame, unique_id};
use crate::app::context::{OpenCell, use_evaluation};
use crate::evaluation::{Cell, MOST_CELL_IMAGES, percent};
use crate::language::format::grouped;
use crate::language::{text, tr};

use super::image_list::{ImageList, ListedImage};
use super::shown::Shown;

/// Cells built at once: the page answers between them.
const CELLS_AT_ONCE: usize = 900;

/// The matrix, and under it the images of the cell that was pressed.
#[component]
pub fn Confusion(
    /// The report.
    shown: Shown,
) -> impl IntoView {
    let open_cell = use_evaluation().open_cell();
    let about = unique_id("confusion");
    let classes = shown.report().scores.classes.len();
    let heads = (0..classes)
        .map(|class| {
            view! {
                <th scope="col" title=shown.name(class)>
                    <span>{shown.name(class)}</span>
                </th>
            }
        })
        .collect_view();
    let rows_shown = RwSignal::new(0);
    let rows_at_once = (CELLS_AT_ONCE / classes.max(1)).max(1);
    Effect::new(move |_| {
        let rows = rows_shown.get();
        if rows < classes {
            // The first rows appear with the rest of the report; large matrices grow, unless the report has gone meanwhile.
            let more = move || {
                rows_shown.try_set((rows + rows_at_once).min(classes));
            };
            if rows == 0 { more() } else { set_timeout(more, Duration::ZERO) }
        }
    });
    let stored = StoredValue::new(shown);
    let row = move |label: usize| stored.with_value(|shown| view! { <MatrixRow shown=shown.clone() label open_cell /> });
    let images = move || {
        let OpenCell { images, .. } = open_cell.get()?;
        let listed = images.iter().map(|seen| ListedImage {
            pixels: seen.pixels.clone(),
            caption: tr!("{confidence} confident", confidence = percent(f64::from(seen.outcome.confidence))),
        });
        Some(view! { <ImageList label=text!("Images of this cell") images=listed.collect() /> })
    };
    let heading = move || open_cell.with(|open| open.as_ref().map(|open| stored.with_value(|shown| heading_of(open.cell, shown))));
    view! {
        <section class="evaluate-section">
            <h3>{text!("Confusion matrix")}</h3>
            <p class="evaluate-text" id=about.clone()>
                {text!(
                    "Rows: what an image shows. Columns: what the network predicts. The deeper the colour, the larger the share of the \
                     row. Press a number to see its images."
                )}
            </p>
            <TableFrame label=text!("Confusion matrix") class="evaluate-matrix" described_by=about>
                <thead>
                    <tr>
                        <td></td>
                        {heads}
                    </tr>
                </thead>
                <tbody>
                    <For each=move || 0..rows_shown.get() key=|label| *label children=row />
                </tbody>
            </TableFrame>
            <p class="evaluate-cell" aria-live="polite">
                {heading}
            </p>
            <div class="evaluate-cell-images">{images}</div>
        </section>
    }
}

/// The images of one class.
#[component]
fn MatrixRow(
    /// The report.
    shown: Shown,
    /// The class.
    label: usize,
    /// The cell whose images are shown.
    open_cell: RwSignal<Option<OpenCell>>,
) -> impl IntoView {
    let controller = use_evaluation();
    let confusion = &shown.report().confusion;
    let cell = |predicted: usize| {
        let count = confusion.count(label, predicted);
        if count == 0 {
            return view! { <td class="evaluate-none">"0"</td> }.into_any();
        }
        let cell = Cell { label, predicted };
        let about = about_cell(cell, &shown);
        let is_open = move || open_cell.with(|open| open.as_ref().is_some_and(|open| open.cell == cell));
        view! {
            <td class=if label == predicted { "evaluate-right" } else { "evaluate-wrong" }>
                <button
                    type="button"
                    style:--share=format!("{:.2}", confusion.share(label, predicted))
                    aria-label=about.clone()
                    title=about
                    aria-pressed=move || is_open().to_string()
                    on:click=move |_| controller.show_cell(cell)
                >
                    {grouped(count)}
                </button>
            </td>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row" title=shown.name(label)>
                {shown.name(label)}
            </th>
            {(0..shown.report().scores.classes.len()).map(cell).collect_view()}
        </tr>
    }
}

/// `3 of 8 dog, predicted cat`.
fn about_cell(cell: Cell, shown: &Shown) -> String {
    let confusion = &shown.report().confusion;
    let (count, all) = (grouped(confusion.count(cell.label, cell.predicted)), grouped(confusion.images_of(cell.label)));
    tr!(
        "{count} of {all} {label}, predicted {predicted}",
        count,
        all,
        label = shown.name(cell.label),
        predicted = shown.name(cell.predicted)
    )
}

fn heading_of(cell: Cell, shown: &Shown) -> String {
    let count = shown.report().confusion.count(cell.label, cell.predicted);
    let (label, predicted, images) = (shown.name(cell.label), shown.name(cell.predicted), grouped(count));
    let heading = if cell.label == cell.predicted {
        tr!("{label} rightly predicted as {predicted}: {images}", label, predicted, images)
    } else {
        tr!("{label} predicted as {predicted}: {images}", label, predicted, images)
    };
    if count > MOST_CELL_IMAGES { tr!("{heading}; the first {count} of them", heading, count = MOST_CELL_IMAGES) } else { heading }
}
