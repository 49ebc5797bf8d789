//! How the page shows itself.

use leptos::prelude::*;

use crate::app::services::local_storage;
use crate::drawing::network::Part;
use crate::experiment::permalink::{Theme, ViewOptions};
use crate::export::CodeLines;
use crate::run::step_walkthrough::Sweep;

pub use crate::experiment::permalink::Tab;

/// Where the browser remembers the colours.
const THEME_KEY: &str = "theme";

/// Handle to what is open and how it is coloured.
#[derive(Debug, Clone, Copy)]
pub struct ViewContext {
    options: RwSignal<ViewOptions>,
    theme: RwSignal<Theme>,
    /// Whether the sheet “All settings” is open.
    pub settings_open: RwSignal<bool>,
    /// Lines of the exported code that make each layer, of the code that is shown.
    pub code_lines: RwSignal<CodeLines>,
    /// The part of the drawing that is pointed at, or that had the focus last.
    pub chosen_part: RwSignal<Option<Part>>,
    /// Which way something goes through the drawing while a step is told.
    pub sweep: RwSignal<Option<Sweep>>,
}

impl ViewContext {
    /// As a link says.
    pub fn new(options: ViewOptions) -> Self {
        let theme = if options.theme == Theme::System { remembered_theme() } else { options.theme };
        Self {
            options: RwSignal::new(options),
            theme: RwSignal::new(theme),
            settings_open: RwSignal::new(false),
            code_lines: RwSignal::new(CodeLines::default()),
            chosen_part: RwSignal::new(None),
            sweep: RwSignal::new(None),
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

    /// Colours that were chosen.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    /// Chooses colours, for later visits too. They are the visitor's own: a link from here does not impose them on others.
    pub fn set_theme(self, theme: Theme) {
        // Nothing is lost where the browser does not remember it.
        let _ = local_storage::set_text(THEME_KEY, theme.word());
        self.theme.set(theme);
        self.options.update(|options| options.theme = Theme::System);
    }
}

/// Colours chosen at an earlier visit.
fn remembered_theme() -> Theme {
    let word = local_storage::text(THEME_KEY);
    Theme::ALL.into_iter().find(|theme| Some(theme.word()) == word.as_deref()).unwrap_or_default()
}
