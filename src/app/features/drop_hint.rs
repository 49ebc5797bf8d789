//! What will happen to what is dragged over the page.

use leptos::prelude::*;

use crate::app::context::use_drops;

/// A frame around the page with a sentence in it, while something is dragged that can be dropped.
#[component]
pub fn DropHint() -> impl IntoView {
    let drops = use_drops();
    move || {
        drops.hint().map(|hint| {
            view! {
                <div class="drop-hint" role="status">
                    <p>{hint}</p>
                </div>
            }
        })
    }
}
