//! The language of the page.

use leptos::prelude::*;

use crate::app::context::use_view;
use crate::app::services::language;
use crate::language::{spoken, text};

/// Chooses the language, each by its own name. Nothing where the page has English alone.
#[component]
pub fn LanguageSelect() -> impl IntoView {
    let view = use_view();
    let languages = language::all();
    let entry = |language: language::Language| {
        let tag = language.tag.word();
        view! { <option value=tag.clone() lang=tag selected=language.tag == spoken()>{language.name}</option> }
    };
    (languages.len() > 1).then(|| {
        view! {
            <label class="language-select">
                {text!("Language")} " "
                <select on:change=move |event| view.set_language(&event_target_value(&event))>
                    {languages.into_iter().map(entry).collect_view()}
                </select>
            </label>
        }
    })
}
