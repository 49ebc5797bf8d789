//! A text to be copied, by a button or by hand.

use std::time::Duration;

use leptos::task::spawn_local;
use leptos::{html, prelude::*};

use crate::app::components::unique_id;
use crate::app::services::clipboard::copy;
use crate::language::{marked, tr, translated};

/// How long “Link copied” stands there.
const FEEDBACK: Duration = Duration::from_secs(3);
/// Said where the browser forbids it.
const BY_HAND: &str = marked!("The browser does not let this page copy. The text is selected: press Ctrl+C, or ⌘C on a Mac.");

/// The button, what became of it, and the text.
#[component]
pub(super) fn CopyText(
    /// Name of the text.
    label: &'static str,
    /// Words of the button.
    action: &'static str,
    /// What is said once it is copied.
    done: &'static str,
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// The button, for whoever gives it the focus.
    #[prop(optional)]
    button: NodeRef<html::Button>,
    /// Lines that are in sight.
    #[prop(default = 1)]
    rows: usize,
) -> impl IntoView {
    let id = unique_id("copy");
    let field = NodeRef::<html::Textarea>::new();
    let said = RwSignal::new("");
    let share = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            // The sheet may be closed by then, and its signals gone.
            if copy(&text).await {
                said.try_set(done);
                let forget = move || {
                    said.try_set("");
                };
                set_timeout(forget, FEEDBACK);
                return;
            }
            said.try_set(translated(BY_HAND));
            if let Some(field) = field.try_get_untracked().flatten() {
                // A field in the document takes the focus.
                let _ = field.focus();
                field.select();
            }
        });
    };
    view! {
        <div class="share-copy">
            <div class="share-copy-head">
                <label for=id.clone()>{label}</label>
                <button type="button" class="quiet" node_ref=button on:click=share>
                    {action}
                </button>
            </div>
            <textarea id=id readonly rows=rows.to_string() spellcheck="false" node_ref=field prop:value=text></textarea>
            <p class="share-said" role="status" aria-label=tr!("{action}: result", action)>
                {said}
            </p>
        </div>
    }
}
