//! The confusion matrix as a table whose numbers open their images.

use super::shown::{CELL, Shown};
use crate::evaluation::ConfusionMatrix;

pub(super) fn html(shown: Shown) -> String {
    let classes = 0..shown.outcomes.classes();
    let matrix = ConfusionMatrix::new(shown.outcomes);
    let heads: String = classes.clone().map(|class| format!("<th scope=col><span>{}</span></th>", shown.name(class))).collect();
    let row = |label: usize| {
        let cells: String = classes.clone().map(|predicted| cell(shown, &matrix, label, predicted)).collect();
        format!("<tr><th scope=row>{}</th>{cells}</tr>", shown.name(label))
    };
    format!(
        "<h3 class=label id=report-matrix-title>Which class is taken for which</h3>\
         <p class=caption id=report-matrix-about>Rows: what an image shows. Columns: what the network says. Green is right, orange wrong, \
         the deeper the larger its share of the row. A number shows its images.</p>\
         <div class=table-frame tabindex=0 role=group aria-labelledby=report-matrix-title><table class=report-matrix data-testid=report-matrix \
         aria-labelledby=report-matrix-title aria-describedby=report-matrix-about><thead><tr><td></td>{heads}</tr></thead><tbody>{}</tbody></table></div>\
         <div id=report-cell aria-live=polite data-testid=report-cell></div>",
        classes.clone().map(row).collect::<String>()
    )
}

fn cell(shown: Shown, matrix: &ConfusionMatrix, label: usize, predicted: usize) -> String {
    let count = matrix.count(label, predicted);
    if count == 0 {
        return "<td class=report-none>0</td>".into();
    }
    let kind = if label == predicted { "report-right" } else { "report-wrong" };
    let about = format!("{count} of {} {}, taken for {}", matrix.images_of(label), shown.name(label), shown.name(predicted));
    format!(
        "<td class={kind} style=\"--share:{:.2}\"><button id={CELL}{label}-{predicted} aria-label=\"{about}\" title=\"{about}\">{count}</button></td>",
        matrix.share(label, predicted)
    )
}
