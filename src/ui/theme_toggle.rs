//! Colours: as the system says, light, or dark; remembered between visits.

use crate::experiment::permalink::Theme;

use super::browser::storage;
use super::follow::{follow, listen};
use super::markup::{mark, set};
use super::page::set_root_attribute;
use super::session::Session;
use crate::ui::signals::Signal;

/// Where the choice is remembered; `index.html` reads it before the first paint.
const STORED_AS: &str = "theme";

/// Lets the button step through the three.
pub fn start(session: Session) {
    let linked = session.view.with_untracked(|view| view.theme);
    let theme = Signal::new(if linked == Theme::System { remembered() } else { linked });
    follow(move || {
        let theme = theme.get();
        set_root_attribute("data-theme", Some(theme.word()).filter(|_| theme != Theme::System));
        let sentence = format!("Colours: {}. Change to {}", theme.word(), after(theme).word());
        mark("theme", "aria-label", Some(&sentence));
        set("theme", "title", &sentence.into());
        mark("theme-half", "d", Some(half_of(theme)));
    });
    listen("theme", &["click"], move |_| {
        theme.update(|theme| *theme = after(*theme));
        if let Some(storage) = storage() {
            // A full or forbidden storage only forgets the choice.
            let _ = storage.set_item(STORED_AS, theme.get_untracked().word());
        }
        // A theme chosen by hand is the visitor's own; the link does not impose it on others.
        session.view.update(|view| view.theme = Theme::System);
    });
}

fn after(theme: Theme) -> Theme {
    match theme {
        Theme::System => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::System,
    }
}

/// The dark half: left for the system's choice, none for light, all for dark.
fn half_of(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "M8 2 a6 6 0 0 0 0 12 z",
        Theme::Light => "",
        Theme::Dark => "M8 2 a6 6 0 0 0 0 12 a6 6 0 0 0 0 -12 z",
    }
}

fn remembered() -> Theme {
    let word = storage().and_then(|storage| storage.get_item(STORED_AS).ok().flatten());
    Theme::ALL.into_iter().find(|theme| Some(theme.word()) == word.as_deref()).unwrap_or_default()
}
