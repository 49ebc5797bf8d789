//! A table of texts.

use leptos::prelude::*;

use super::TableFrame;
use crate::language::translated;

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its heading, as `marked!` marks it.
    pub label: &'static str,
    /// One line that explains it; empty where the heading says it all.
    pub help: &'static str,
    /// Whether it holds numbers, which stand at the right.
    pub is_number: bool,
}

impl Column {
    /// A column of words.
    pub const fn words(label: &'static str) -> Self {
        Self { label, help: "", is_number: false }
    }

    /// A column of numbers.
    pub const fn number(label: &'static str, help: &'static str) -> Self {
        Self { label, help, is_number: true }
    }
}

/// A table in a frame that scrolls by itself. A row that does not change keeps its elements.
#[component]
pub fn DataTable(
    /// Name of the table.
    name: &'static str,
    /// Its columns.
    columns: &'static [Column],
    /// Its rows, a text for each column. The first cell heads its row, and no two rows are the same.
    #[prop(into)]
    rows: Signal<Vec<Vec<String>>>,
) -> impl IntoView {
    let head = |column: &Column| {
        let help = (!column.help.is_empty()).then(|| translated(column.help));
        view! {
            <th scope="col" class:number-cell=column.is_number title=help>
                {translated(column.label)}
            </th>
        }
    };
    let cell = move |place: usize, text: String| {
        let is_number = columns.get(place).is_some_and(|column| column.is_number);
        if place == 0 {
            let title = text.clone();
            view! {
                <th scope="row" class:number-cell=is_number title=title>
                    {text}
                </th>
            }
            .into_any()
        } else {
            view! { <td class:number-cell=is_number>{text}</td> }.into_any()
        }
    };
    view! {
        <TableFrame label=name>
            <thead>
                <tr>{columns.iter().map(head).collect_view()}</tr>
            </thead>
            <tbody>
                <For each=move || rows.get() key=|row| row.clone() let:row>
                    <tr>{row.into_iter().enumerate().map(|(place, text)| cell(place, text)).collect_view()}</tr>
                </For>
            </tbody>
        </TableFrame>
    }
}
