//! A dialog at the edge of the window.

use leptos::{ev, html, prelude::*};

use super::{Icon, IconShape, unique_id};
use crate::language::text;

/// A modal sheet at the right edge; the whole window on a phone.
///
/// The browser's own `<dialog>` keeps the focus inside, closes on Escape, and gives the focus back. It begins at Close: a key that is
/// pressed twice does no harm there.
#[component]
pub fn Sheet(
    /// Heading, and name of the dialog.
    title: &'static str,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Half a sentence beside the heading.
    #[prop(optional, into)]
    lead: Option<ViewFn>,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let heading = unique_id("sheet");
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // Refused only for a dialog that is open already or not in the document.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // A click on the backdrop reaches the dialog itself.
    let click = move |event: ev::MouseEvent| {
        let backdrop = dialog.get_untracked().is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref()));
        if backdrop {
            open.set(false);
        }
    };
    view! {
        <dialog class="sheet" node_ref=dialog aria-labelledby=heading on:close=move |_| open.set(false) on:click=click>
            <div class="sheet-body">
                <div class="sheet-head">
                    <h2 id=heading.clone()>{title}</h2>
                    {lead.map(|lead| move || lead.run())}
                    <button
                        type="button"
                        class="quiet icon-button"
                        aria-label=text!("Close")
                        title=text!("Close")
                        autofocus=true
                        on:click=move |_| open.set(false)
                    >
                        <Icon shape=IconShape::Close />
                    </button>
                </div>
                <Show when=move || open.get()>{children()}</Show>
            </div>
        </dialog>
    }
}
