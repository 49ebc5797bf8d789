//! Scores class by class as a table.

use super::shown::{Shown, percent};
use crate::evaluation::{ClassReport, Scores};
use crate::format::grouped;

pub(super) fn html(shown: Shown) -> String {
    let report = ClassReport::new(shown.outcomes);
    let classes = report.classes.iter().enumerate().map(|(class, scores)| row(&shown.name(class), scores));
    let averages = [("mean of the classes", &report.macro_average), ("mean of the images", &report.weighted_average)];
    let averages = averages.into_iter().map(|(name, scores)| row(name, scores));
    let head = |(name, help): (&str, &str)| format!("<th scope=col class=number-cell title=\"{help}\">{name}</th>");
    let heads: String = [
        ("Precision", "Of the images taken for the class, the share that shows it"),
        ("Recall", "Of the images that show the class, the share taken for it"),
        ("F1", "Harmonic mean of precision and recall"),
        ("Images", "Held-out images that show the class"),
    ]
    .into_iter()
    .map(head)
    .collect();
    format!(
        "<section><h3 class=label id=report-classes-title>Class by class</h3><div class=table-frame tabindex=0 role=group \
         aria-labelledby=report-classes-title><table data-testid=report-classes><thead><tr><th scope=col>Class</th>{heads}</tr></thead>\
         <tbody>{}</tbody><tbody class=report-averages>{}</tbody></table></div>\
         <p class=caption>Precision: of the images taken for the class, the share that shows it. Recall: of the images that show it, \
         the share that is found. F1: their harmonic mean.</p></section>",
        classes.collect::<String>(),
        averages.collect::<String>()
    )
}

fn row(name: &str, scores: &Scores) -> String {
    let cells = [percent(scores.precision), percent(scores.recall), percent(scores.f1), grouped(scores.support)];
    let cells: String = cells.iter().map(|cell| format!("<td class=number-cell>{cell}</td>")).collect();
    format!("<tr><th scope=row>{name}</th>{cells}</tr>")
}
