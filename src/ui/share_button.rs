//! Copies the link to this experiment.

use std::time::Duration;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

use super::address;
use super::follow::{keep, listen};
use super::markup::{element, say, set};
use super::session::Session;
use crate::ui::browser::later;
use crate::ui::signals::untrack;

/// Lets the button copy; where the browser forbids it, the link is shown to be copied by hand.
pub fn start(session: Session) {
    let link = move || address::link(&session.query());
    keep("share-link", "value", link);
    listen("share", &["click"], move |_| {
        let link = untrack(link);
        spawn_local(async move {
            let copied = address::copy(&link).await;
            say("share-feedback", if copied { "Link copied" } else { "" });
            set("share-by-hand", "hidden", &copied.into());
            if copied {
                later(|| say("share-feedback", ""), Duration::from_secs(3));
            }
        });
    });
    listen("share-close", &["click"], |_| set("share-by-hand", "hidden", &true.into()));
    listen("share-link", &["focus"], |_| {
        if let Some(field) = element("share-link").and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            field.select();
        }
    });
}
