//! Something that is folded away until it is asked for.

use leptos::{html, prelude::*};

/// A heading that opens what is under it. What is folded away is not built: a long table costs nothing until then.
#[component]
pub fn Folded(
    /// Words of the heading.
    title: &'static str,
    /// What is under it.
    children: ChildrenFn,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let open = RwSignal::new(false);
    let toggled = move |_| {
        if let Some(details) = details.get_untracked() {
            open.set(details.open());
        }
    };
    view! {
        <details class="folded" node_ref=details on:toggle=toggled>
            <summary>{title}</summary>
            <Show when=move || open.get()>{children()}</Show>
        </details>
    }
}
