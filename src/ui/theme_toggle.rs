//! Colours: as the system says, light, or dark; remembered between visits.

use leptos::prelude::*;

use crate::permalink::Theme;

use super::browser::storage;
use super::page::set_root_attribute;
use super::session::Session;
use super::shown::text;

/// Where the choice is remembered; `index.html` reads it before the first paint.
const STORED_AS: &str = "theme";

/// Steps through the three.
#[component]
pub fn ThemeToggle() -> impl IntoView {
    let session = Session::of_page();
    let linked = session.view.with_untracked(|view| view.theme);
    let theme = RwSignal::new(if linked == Theme::System { remembered() } else { linked });
    Effect::new(move |_| set_root_attribute("data-theme", Some(theme.get().word()).filter(|_| theme.get() != Theme::System)));
    let next = move || match theme.get() {
        Theme::System => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::System,
    };
    let choose = move |_| {
        theme.set(untrack(next));
        if let Some(storage) = storage() {
            // A full or forbidden storage only forgets the choice.
            let _ = storage.set_item(STORED_AS, theme.get_untracked().word());
        }
        // A theme chosen by hand is the visitor's own; the link does not impose it on others.
        session.view.update(|view| view.theme = Theme::System);
    };
    let sentence = text(move || format!("Colours: {}. Change to {}", theme.get().word(), next().word()));
    view! {
        <button class="quiet icon" on:click=choose title=sentence aria-label=sentence>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.6" />
                <path d=text(move || half_of(theme.get())) fill="currentColor" />
            </svg>
        </button>
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
