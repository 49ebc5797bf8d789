//! Sentences for the visitor that are no failure of the run.

use leptos::prelude::*;

/// A sentence with a key, so that a list keeps its elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Counts notices of this visit.
    pub id: u32,
    /// The sentence; several have a line each.
    pub text: String,
}

/// The notices that stand on the page.
#[derive(Debug, Clone, Copy)]
pub struct Notices {
    shown: RwSignal<Vec<Notice>>,
    count: StoredValue<u32>,
    said_once: StoredValue<Vec<&'static str>>,
}

impl Notices {
    /// Begins with the sentences about what the link could not give, all in one notice.
    pub fn new(of_link: &[String]) -> Self {
        let notices = Self { shown: RwSignal::new(Vec::new()), count: StoredValue::new(0), said_once: StoredValue::new(Vec::new()) };
        if !of_link.is_empty() {
            notices.push(of_link.join("\n"));
        }
        notices
    }

    /// The notices in the order in which they came.
    pub fn all(self) -> Vec<Notice> {
        self.shown.get()
    }

    /// Adds a sentence, unless the same one stands there already.
    pub fn push(self, text: impl Into<String>) {
        let text = text.into();
        if self.shown.with_untracked(|shown| shown.iter().any(|notice| notice.text == text)) {
            return;
        }
        self.count.update_value(|count| *count += 1);
        let id = self.count.get_value();
        self.shown.update(|shown| shown.push(Notice { id, text }));
    }

    /// Adds a sentence that is said once a visit, even after it was dismissed.
    pub fn push_once(self, text: &'static str) {
        if !self.said_once.with_value(|said| said.contains(&text)) {
            self.said_once.update_value(|said| said.push(text));
            self.push(text);
        }
    }

    /// Adds several.
    pub fn extend(self, texts: impl IntoIterator<Item = String>) {
        texts.into_iter().for_each(|text| self.push(text));
    }

    /// Takes one away.
    pub fn dismiss(self, id: u32) {
        self.shown.update(|shown| shown.retain(|notice| notice.id != id));
    }
}
