//! The way to the full screen.

use leptos::prelude::*;

use crate::app::components::{Icon, IconShape};
use crate::app::services::full_screen;
use crate::language::text;

/// Takes the full screen or gives it back; nothing where the browser does not give it.
#[component]
pub fn FullScreenButton() -> impl IntoView {
    let is_on = full_screen::follow();
    let name = move || if is_on.get() { text!("Leave the full screen") } else { text!("Full screen") };
    full_screen::is_possible().then(|| {
        view! {
            <button type="button" class="quiet icon-button" aria-label=name title=name on:click=move |_| full_screen::turn()>
                <Icon shape=IconShape::FullScreen />
            </button>
        }
    })
}
