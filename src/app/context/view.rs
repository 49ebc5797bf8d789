//! How the page shows itself.

use std::time::Duration;

use leptos::prelude::*;

use crate::app::services::{language, local_storage, location};
use crate::drawing::network::Part;
use crate::experiment::permalink::{FromAuthor, LessonStep, Theme, ViewOptions};
use crate::export::CodeLines;
use crate::run::step_walkthrough::Sweep;
use crate::spec::Named;

pub use crate::experiment::permalink::Tab;

/// Where the browser remembers the colours.
const THEME_KEY: &str = "theme";

/// Handle to what is open and how it is coloured.
#[derive(Debug, Clone, Copy)]
pub struct ViewContext {
    options: RwSignal<ViewOptions>,
    theme: RwSignal<Theme>,
    /// The goal and the curve that the link's author gave. They stay when the settings change.
    pub from_author: RwSignal<FromAuthor>,
    /// Whether the sheet “Share” is open.
    pub share_open: RwSignal<bool>,
    /// Whether the sheet “All settings” is open.
    pub settings_open: RwSignal<bool>,
    /// Lines of the exported code that make each layer, of the code that is shown.
    pub code_lines: RwSignal<CodeLines>,
    /// The part of the drawing that is pointed at, or that had the focus last.
    pub chosen_part: RwSignal<Option<Part>>,
    /// Which way something goes through the drawing while a step is told.
    pub sweep: RwSignal<Option<Sweep>>,
    /// How often a tab was opened by something else on the page than its own words.
    shown_tabs: RwSignal<u32>,
}

impl ViewContext {
    /// As a link says.
    pub fn new(options: ViewOptions, from_author: FromAuthor) -> Self {
        let theme = if options.theme == Theme::System { remembered_theme() } else { options.theme };
        Self {
            options: RwSignal::new(options),
            theme: RwSignal::new(theme),
            from_author: RwSignal::new(from_author),
            share_open: RwSignal::new(false),
            settings_open: RwSignal::new(false),
            code_lines: RwSignal::new(CodeLines::default()),
            chosen_part: RwSignal::new(None),
            sweep: RwSignal::new(None),
            shown_tabs: RwSignal::new(0),
        }
    }

    /// What the link says of the page. Tracks.
    pub fn options(self) -> ViewOptions {
        self.options.get()
    }

    /// The same without tracking.
    pub fn options_untracked(self) -> ViewOptions {
        self.options.get_untracked()
    }

    /// Opens a step of the course, or closes it.
    pub fn set_lesson(self, lesson: Option<LessonStep>) {
        self.options.update(|options| options.lesson = lesson);
    }

    /// Whether the page is shown inside another one. Only the link says so, and it is read once.
    pub fn is_embedded(self) -> bool {
        self.options.with_untracked(|options| options.embed)
    }

    /// The open tab.
    pub fn tab(self) -> Tab {
        self.options.with(|options| options.tab)
    }

    /// Opens a tab.
    pub fn open_tab(self, tab: Tab) {
        self.options.update(|options| options.tab = tab);
    }

    /// Opens a tab and brings it into sight: its answer to what was done elsewhere would stand below the window.
    pub fn show_tab(self, tab: Tab) {
        self.open_tab(tab);
        self.shown_tabs.update(|count| *count += 1);
    }

    /// How often [`show_tab`](Self::show_tab) showed one. Tracks.
    pub fn shown_tabs(self) -> u32 {
        self.shown_tabs.get()
    }

    /// Colours that were chosen.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    /// Chooses colours, for later visits too. They are the visitor's own: a link from here does not impose them on others.
    pub fn set_theme(self, theme: Theme) {
        // Nothing is lost where the browser does not remember it.
        let _ = local_storage::set_text(THEME_KEY, theme.name());
        self.theme.set(theme);
        self.options.update(|options| options.theme = Theme::System);
    }

    /// Chooses a language, for later visits too, and opens the page anew in it: the address holds the experiment, and the run is
    /// kept. The language is the visitor's own, as colours are.
    pub fn set_language(self, tag: &str) {
        language::remember(tag);
        self.options.update(|options| options.language = None);
        // Once the address no longer says the language of the link.
        set_timeout(location::reload, Duration::from_millis(100));
    }
}

/// Colours chosen at an earlier visit.
fn remembered_theme() -> Theme {
    let word = local_storage::text(THEME_KEY);
    word.and_then(|word| Theme::from_name(&word)).unwrap_or_default()
}
