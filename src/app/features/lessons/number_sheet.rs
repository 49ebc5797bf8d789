//! Numbers to fill in, each checked as soon as its field is left.

use leptos::prelude::*;

use crate::app::context::LessonsContext;
use crate::app::course::{Cell, Mark, Sheet, SheetRow, Step};
use crate::language::translated;

/// The table of a step.
#[component]
pub fn NumberSheet(
    /// The course.
    lessons: LessonsContext,
    /// The step.
    step: &'static Step,
) -> impl IntoView {
    let sheet = Memo::new(move |_| step.sheet(&lessons.experiment()));
    // Drawn anew only when the network has other numbers, so that a field keeps the focus.
    move || sheet.get().map(|sheet| table(lessons, sheet, translated(step.title)))
}

fn table(lessons: LessonsContext, sheet: Sheet, title: &'static str) -> impl IntoView {
    let checked = sheet.clone();
    let marks = Memo::new(move |_| checked.marks(&lessons.answers().typed));
    let head = sheet.columns.iter().map(|column| view! { <th scope="col">{*column}</th> }).collect_view();
    let columns = sheet.columns;
    let mut place = 0;
    let mut cell = |row: &str, column: &str, cell: &Cell| match cell {
        Cell::Given(text) => view! { <td>{text.clone()}</td> }.into_any(),
        Cell::Blank { .. } => {
            let own = place;
            place += 1;
            let name = format!("{row}, {column}");
            view! { <td><Field lessons name place=own marks /></td> }.into_any()
        }
    };
    let row = |row: &SheetRow| {
        let cells = row.cells.iter().zip(&columns).map(|(of, column)| cell(&row.name, column, of)).collect_view();
        view! {
            <tr>
                <th scope="row">{row.name.clone()}</th>
                {cells}
            </tr>
        }
    };
    let rows = sheet.rows.iter().map(row).collect_view();
    view! {
        // What is wider than the panel scrolls by itself.
        <div class="lessons-sheet">
            <table aria-label=title>
                <thead>
                    <tr>
                        <td></td>
                        {head}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// A blank.
#[component]
fn Field(
    /// The course.
    lessons: LessonsContext,
    /// Row and column.
    name: String,
    /// Its place among the blanks.
    place: usize,
    /// What stands in each blank.
    marks: Memo<Vec<Mark>>,
) -> impl IntoView {
    let mark = Memo::new(move |_| marks.with(|marks| marks.get(place).copied()).unwrap_or(Mark::Empty));
    let text = move || lessons.answers().typed.get(place).cloned().unwrap_or_default();
    view! {
        <span class="lessons-blank" class:right=move || mark.get() == Mark::Right class:wrong=move || mark.get() == Mark::Wrong>
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                spellcheck="false"
                size="4"
                aria-label=name
                aria-invalid=move || (mark.get() == Mark::Wrong).to_string()
                prop:value=text
                on:change=move |event| lessons.fill_in(place, event_target_value(&event))
            />
            <span class="lessons-mark" aria-hidden="true">
                {move || match mark.get() {
                    Mark::Empty => "",
                    Mark::Right => "✓",
                    Mark::Wrong => "✗",
                }}
            </span>
        </span>
    }
}
