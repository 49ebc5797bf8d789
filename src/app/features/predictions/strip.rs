//! The images with their frames, and the words of the one that is looked at.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use crate::app::components::PictureCanvas;
use crate::dataset::IMAGE_EDGE;
use crate::drawing::picture::Picture;
use crate::run::SampledPrediction;

/// A row of images. One is a Tab stop; arrow keys move between them. What the network says of an image stands below.
#[component]
pub fn Strip(
    /// What the network says of each.
    #[prop(into)]
    predictions: Signal<Vec<SampledPrediction>>,
    /// Names of the classes that take part.
    #[prop(into)]
    names: Signal<Vec<String>>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let count = Memo::new(move |_| predictions.with(Vec::len));
    let looked_at = RwSignal::new(0_usize);
    let words_of = move |place: usize| {
        predictions.with(|all| all.get(place).map(|prediction| names.with(|names| prediction.words(names))).unwrap_or_default())
    };
    let key = move |event: ev::KeyboardEvent| {
        let (at, last) = (looked_at.get_untracked(), count.get_untracked().saturating_sub(1));
        let next = match event.key().as_str() {
            "ArrowLeft" => at.saturating_sub(1),
            "ArrowRight" => (at + 1).min(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        looked_at.set(next);
        let buttons = list.get_untracked().and_then(|list| list.children().item(next as u32)).and_then(|item| item.first_element_child());
        if let Some(button) = buttons.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A button in the document takes the focus.
            let _ = button.focus();
        }
    };
    let item = move |place: usize| {
        let words = Memo::new(move |_| words_of(place));
        let is_wrong = Memo::new(move |_| predictions.with(|all| all.get(place).is_some_and(|prediction| !prediction.is_right())));
        // Drawn anew only when it is another image.
        let picture = Memo::new(move |_| {
            predictions.with(|all| all.get(place).map(|prediction| Picture::of_image(&prediction.pixels, IMAGE_EDGE)).unwrap_or_default())
        });
        view! {
            <li>
                <button
                    type="button"
                    class="predictions-image"
                    class:wrong=move || is_wrong.get()
                    title=move || words.get()
                    tabindex=move || if looked_at.get() == place { "0" } else { "-1" }
                    on:focus=move |_| looked_at.set(place)
                    on:pointerenter=move |_| looked_at.set(place)
                    on:click=move |_| looked_at.set(place)
                >
                    <PictureCanvas picture />
                    <span class="predictions-mark" aria-hidden="true" hidden=move || !is_wrong.get()>
                        "✕"
                    </span>
                    <span class="visually-hidden">{words}</span>
                </button>
            </li>
        }
    };
    view! {
        <ul class="predictions-strip" node_ref=list on:keydown=key hidden=move || count.get() == 0>
            <For each=move || 0..count.get() key=|place| *place children=item />
        </ul>
        // The same words are in the images' own names.
        <p class="predictions-words" aria-hidden="true" hidden=move || count.get() == 0>
            {move || words_of(looked_at.get())}
        </p>
    }
}
