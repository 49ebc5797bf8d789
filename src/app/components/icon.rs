//! Small pictures in buttons. Each button has words of its own beside or behind them.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IconShape {
    /// A triangle.
    Play,
    /// Two bars.
    Pause,
    /// A magnifying glass.
    Search,
    /// A cross.
    Close,
    /// A circle half dark.
    Contrast,
    /// A gear.
    Settings,
    /// An arrow into a tray.
    Save,
    /// Four corners.
    FullScreen,
}

/// An icon of 16 px, drawn in the colour of the text and hidden from assistive technology.
#[component]
pub fn Icon(
    /// What it shows.
    #[prop(into)]
    shape: Signal<IconShape>,
) -> impl IntoView {
    let path = move || {
        match shape.get() {
        IconShape::Play => view! { <path d="M4 2.5v11l9-5.5z" fill="currentColor" /> }.into_any(),
        IconShape::Pause => view! { <path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor" /> }.into_any(),
        IconShape::Search => {
            view! { <path d="M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.5 10.5 14 14" fill="none" stroke="currentColor" stroke-width="1.6" /> }
                .into_any()
        }
        IconShape::Close => view! { <path d="M3.5 3.5l9 9m0-9l-9 9" stroke="currentColor" stroke-width="1.6" /> }.into_any(),
        IconShape::Contrast => {
            view! {
                <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.6" />
                <path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" />
            }
            .into_any()
        }
        IconShape::Settings => {
            view! { <path d="M2 4.5h7m4 0h1M2 11.5h1m4 0h7M9 2.5v4h4v-4zM3 9.5v4h4v-4z" fill="none" stroke="currentColor" stroke-width="1.5" /> }
                .into_any()
        }
        IconShape::FullScreen => {
            view! { <path d="M2.5 6V2.5H6m4 0h3.5V6m0 4v3.5H10m-4 0H2.5V10" fill="none" stroke="currentColor" stroke-width="1.6" /> }.into_any()
        }
        IconShape::Save => {
            view! { <path d="M8 2v7.5M4.8 6.5 8 9.7l3.2-3.2M2.5 10.5v3h11v-3" fill="none" stroke="currentColor" stroke-width="1.5" /> }.into_any()
        }
    }
    };
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            {path}
        </svg>
    }
}
