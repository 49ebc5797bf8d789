//! Fields of choices that come from a table: one for each entry, made and kept alike whatever the table.

use crate::experiment::validation::Setting;
use crate::ui::markup::{field, mark, say, select, set};
use crate::ui::session::Session;

/// How a choice is made.
pub enum Control {
    /// One of these words.
    Words(Vec<&'static str>),
    /// On or off.
    Switch,
    /// Typed.
    Text,
}

/// The field of a choice: its key is the `id` of the control.
pub fn option_field(key: &str, label: &str, help: &str, control: Control) -> String {
    let same = |words: &[&'static str]| select(key, words.iter().map(|word| (*word, *word)));
    let control = match control {
        Control::Words(words) => same(&words),
        Control::Switch => same(&["on", "off"]),
        Control::Text => {
            format!("<div class=number><input id={key} autocomplete=off spellcheck=false aria-describedby={key}-problem></div>")
        }
    };
    field(key, label, help, &control)
}

/// Brings a field and what is wrong with it up to date.
pub fn show_option(session: Session, setting: Setting, key: &str, value: String) {
    let problem = session.problem(setting).map(|problem| problem.sentence).unwrap_or_default();
    // A text that cannot be read stays, so that nothing typed is lost.
    if !session.is_unreadable(setting) {
        set(key, "value", &value.into());
    }
    say(&format!("{key}-problem"), &problem);
    mark(key, "aria-invalid", Some(if problem.is_empty() { "false" } else { "true" }));
}
