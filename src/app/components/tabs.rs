//! Tabs: one panel of several is shown.

use leptos::{html, prelude::*};
use web_sys::KeyboardEvent;

use super::unique_id;

/// One tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TabItem<T> {
    /// What it stands for.
    pub value: T,
    /// Its words.
    pub label: &'static str,
}

/// Ids that tie tabs to their panels.
#[derive(Debug, Clone)]
pub struct TabIds(String);

impl TabIds {
    /// Ids for one list of tabs.
    pub fn new() -> Self {
        Self(unique_id("tabs"))
    }

    /// Id of a tab.
    pub fn tab(&self, label: &str) -> String {
        format!("{}-tab-{}", self.0, slug(label))
    }

    /// Id of its panel.
    pub fn panel(&self, label: &str) -> String {
        format!("{}-panel-{}", self.0, slug(label))
    }
}

fn slug(label: &str) -> String {
    label.chars().map(|character| if character.is_ascii_alphanumeric() { character.to_ascii_lowercase() } else { '-' }).collect()
}

/// The row of tabs. Arrow keys, Home and End move between them; one Tab stop.
#[component]
pub fn TabList<T: Copy + PartialEq + Send + Sync + 'static>(
    /// Name of the row.
    label: &'static str,
    /// Ids shared with the panels.
    ids: TabIds,
    /// The tabs.
    items: Vec<TabItem<T>>,
    /// The open one.
    #[prop(into)]
    open: Signal<T>,
    /// Opens another.
    on_open: Callback<T>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let values: Vec<T> = items.iter().map(|item| item.value).collect();
    let key = move |event: KeyboardEvent| {
        let count = values.len();
        let at = values.iter().position(|value| *value == open.get_untracked()).unwrap_or(0);
        let next = match event.key().as_str() {
            "ArrowRight" => (at + 1) % count,
            "ArrowLeft" => (at + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        on_open.run(values[next]);
        let tab = list.get_untracked().and_then(|list| list.children().item(next as u32));
        if let Some(tab) = tab {
            // Elements that can be focused take it.
            let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(tab).focus();
        }
    };
    let tab = move |TabItem { value, label }: TabItem<T>| {
        let is_open = move || open.get() == value;
        view! {
            <button
                type="button"
                role="tab"
                class="tab"
                id=ids.tab(label)
                aria-controls=ids.panel(label)
                aria-selected=move || is_open().to_string()
                tabindex=move || if is_open() { "0" } else { "-1" }
                on:click=move |_| on_open.run(value)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="tab-list" role="tablist" aria-label=label node_ref=list on:keydown=key>
            {items.into_iter().map(tab).collect_view()}
        </div>
    }
}

/// The panel of a tab. Its contents exist only while the tab is open.
#[expect(clippy::needless_pass_by_value, reason = "properties of a component are its own")]
#[component]
pub fn TabPanel<T: Copy + PartialEq + Send + Sync + 'static>(
    /// Ids shared with the row of tabs.
    ids: TabIds,
    /// Its tab.
    item: TabItem<T>,
    /// The open tab.
    #[prop(into)]
    open: Signal<T>,
    children: ChildrenFn,
) -> impl IntoView {
    let is_open = Memo::new(move |_| open.get() == item.value);
    let (id, tab) = (ids.panel(item.label), ids.tab(item.label));
    view! {
        <div class="tab-panel" role="tabpanel" id=id aria-labelledby=tab tabindex="-1" hidden=move || !is_open.get()>
            // On paper there are no tabs that would say it: `print.css`.
            <h2 class="paper-only">{item.label}</h2>
            <Show when=move || is_open.get()>{children()}</Show>
        </div>
    }
}
