//! The points of a chart as a table, for those who do not see it.

use leptos::prelude::*;

use crate::app::components::{Folded, TableFrame, paced};
use crate::drawing::plot::{CurveSeries, PointRow, PointTable, ValueFormat};
use crate::language::format::grouped;
use crate::language::{text, tr};

/// Rows of a curve at most: the file with all its numbers is beside the heading.
const MOST_ROWS: usize = 40;

/// The points, once they are asked for. While training runs they are read anew every 15 seconds, and never read aloud by themselves.
#[component]
pub(super) fn PointsTable(
    /// Name of the chart.
    title: &'static str,
    /// What the x axis counts, in the plural.
    x_label: &'static str,
    /// Curves and the ends of bands.
    series: Signal<Vec<CurveSeries>>,
    /// How values are written.
    format: Signal<ValueFormat>,
) -> impl IntoView {
    view! {
        <Folded title=text!("The same as numbers")>
            <Rows title x_label series format />
        </Folded>
    }
}

#[component]
fn Rows(title: &'static str, x_label: &'static str, series: Signal<Vec<CurveSeries>>, format: Signal<ValueFormat>) -> impl IntoView {
    let table = paced(Memo::new(move |_| series.with(|series| PointTable::new(series, format.get(), MOST_ROWS))));
    let head = move || table.with(|table| table.curves.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view());
    let row = |row: PointRow| {
        view! {
            <tr>
                <th scope="row">{row.x}</th>
                {row.values.into_iter().map(|value| view! { <td>{value}</td> }).collect_view()}
            </tr>
        }
    };
    let rows = move || table.get().rows.into_iter().map(row).collect_view();
    let note = move || table.with(note);
    view! {
        <p class="chart-table-note">{note}</p>
        <TableFrame label=tr!("{title}, as numbers", title)>
            <thead>
                <tr>
                    <th scope="col">{x_label}</th>
                    {head}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </TableFrame>
    }
}

fn note(table: &PointTable) -> String {
    match (table.rows.len(), table.left_out) {
        (0, _) => text!("Nothing measured yet.").into(),
        (_, 0) => String::new(),
        (_, left_out) => {
            let left_out = grouped(left_out);
            tr!("{left_out} of the points have no row here. The file CSV beside the heading has all of them.", left_out)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_reads_the_table_is_told_when_it_is_not_all() {
        let row = PointRow { x: "1".into(), values: vec!["2.00".into()] };
        let said = |rows, left_out| note(&PointTable { curves: vec!["now".into()], rows, left_out });
        assert_eq!(said(vec![], 0), "Nothing measured yet.");
        assert_eq!(said(vec![row.clone()], 0), "");
        assert!(said(vec![row], 1200).starts_with("1,200 of the points"));
    }
}
