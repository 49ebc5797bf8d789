//! What the link or the data set could not give, and why the CPU trains.

use crate::drawing::escape::escape;

use super::follow::{keep_html, listen};
use super::markup::button_of;
use super::session::{Dataset, Session};
use crate::ui::signals::{Signal, untrack};

/// Places for lines that can be dismissed.
pub const HTML: &str =
    "<div class=message id=data-set-missing></div><div class=message id=notices></div><div class=message id=trainer-note></div>";

/// Keeps the lines.
pub fn start(session: Session) {
    let dismissed = Signal::new(String::new());
    let note = move || session.trainer().and_then(|(_, note)| note).filter(|note| dismissed.with(|dismissed| note != dismissed));
    keep_html("data-set-missing", move || {
        session.dataset.with(|dataset| match dataset {
            Dataset::Missing(sentence) => {
                format!(
                    "<div class=\"notice problem\" role=alert><p>{}</p><button class=quiet id=retry>Retry</button></div>",
                    escape(sentence)
                )
            }
            _ => String::new(),
        })
    });
    keep_html("notices", move || {
        let lines = |sentences: &Vec<String>| sentences.iter().map(|sentence| format!("<li>{}</li>", escape(sentence))).collect::<String>();
        let lines = session.notices.with(lines);
        notice(&if lines.is_empty() { lines } else { format!("<ul>{lines}</ul>") }, "dismiss-notices")
    });
    keep_html("trainer-note", move || notice(&note().map_or_else(String::new, |note| format!("<p>{}</p>", escape(&note))), "dismiss-note"));
    for place in ["data-set-missing", "notices", "trainer-note"] {
        listen(place, &["click"], move |event| match button_of(event).as_str() {
            "retry" => session.load_dataset(),
            "dismiss-notices" => session.notices.set(Vec::new()),
            "dismiss-note" => dismissed.set(untrack(note).unwrap_or_default()),
            _ => {}
        });
    }
}

fn notice(html: &str, dismiss: &str) -> String {
    if html.is_empty() {
        return String::new();
    }
    format!("<div class=notice role=status>{html}<button class=quiet id={dismiss}>Dismiss</button></div>")
}
