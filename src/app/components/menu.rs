//! A button that opens a short list of choices.

use leptos::{ev, html, prelude::*};
use web_sys::{KeyboardEvent, MouseEvent};

use super::arrow_keys::{focus_first_button, walk_buttons};
use super::icon::{Icon, IconShape};

/// One entry of a menu.
#[derive(Clone)]
pub struct MenuItem {
    /// Its words.
    pub label: &'static str,
    /// What it does.
    pub on_choose: Callback<()>,
    /// Whether it is the one in force; `None` for an action.
    pub checked: Option<Signal<bool>>,
}

/// A menu button. Arrow keys lead through the list. Escape and a click elsewhere close it; the focus returns to the button.
#[component]
pub fn Menu(
    /// Words of the button.
    #[prop(into)]
    label: Signal<String>,
    /// One line that explains it.
    help: &'static str,
    /// The entries.
    items: Vec<MenuItem>,
    /// A picture in place of the words, which are still its name.
    #[prop(optional)]
    icon: Option<IconShape>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let frame = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let list = NodeRef::<html::Div>::new();
    let focus_list = move || {
        if let Some(list) = list.get_untracked() {
            focus_first_button(&list);
        }
    };
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            // A button takes the focus.
            let _ = button.focus();
        }
    };
    let key = move |event: KeyboardEvent| match (event.key().as_str(), list.get_untracked()) {
        ("Escape", Some(_)) => {
            event.stop_propagation();
            close();
        }
        ("ArrowDown", None) => {
            event.prevent_default();
            open.set(true);
            request_animation_frame(focus_list);
        }
        (_, Some(list)) => walk_buttons(&list, &event),
        (_, None) => {}
    };
    let toggle = move |event: MouseEvent| {
        open.update(|open| *open ^= true);
        // Safari gives no button the focus that is clicked, and what has no focus cannot lose it.
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
        // Whoever pressed a key goes on with keys.
        if event.detail() == 0 && open.get_untracked() {
            request_animation_frame(focus_list);
        }
    };
    let focus_left = move |event: ev::FocusEvent| {
        let to = event.related_target().and_then(|to| wasm_bindgen::JsCast::dyn_into::<web_sys::Node>(to).ok());
        let inside = frame.get_untracked().is_some_and(|frame| frame.contains(to.as_ref()));
        if !inside {
            open.set(false);
        }
    };
    let entry = move |item: MenuItem| {
        let MenuItem { label, on_choose, checked } = item;
        let choose = move |_| {
            close();
            on_choose.run(());
        };
        view! {
            <button
                type="button"
                class="menu-item"
                role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
                aria-checked=move || checked.map(|checked| checked.get().to_string())
                on:click=choose
            >
                {label}
            </button>
        }
    };
    let items = StoredValue::new(items);
    view! {
        <div class="menu" node_ref=frame on:keydown=key on:focusout=focus_left>
            <button
                type="button"
                class=if icon.is_some() { "quiet icon-button" } else { "quiet" }
                node_ref=button
                title=help
                aria-label=move || icon.map(|_| label.get())
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                on:click=toggle
            >
                {match icon {
                    Some(shape) => view! { <Icon shape /> }.into_any(),
                    None => {
                        view! {
                            {label}
                            <span class="menu-arrow" aria-hidden="true">
                                "▾"
                            </span>
                        }
                            .into_any()
                    }
                }}
            </button>
            <Show when=move || open.get()>
                // The press must not take the focus away, or the list would close before the click.
                <div class="menu-list" role="menu" node_ref=list on:mousedown=|event| event.prevent_default()>
                    {items.get_value().into_iter().map(entry).collect_view()}
                </div>
            </Show>
        </div>
    }
}
