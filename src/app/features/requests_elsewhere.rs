//! How often the page asked another site for something: a count that anybody can check against the browser's own tools.

use leptos::prelude::*;

use crate::app::services::requests_elsewhere::on_request_elsewhere;
use crate::language::{text, tr};

/// The sentence with the count.
#[component]
pub fn RequestsElsewhere() -> impl IntoView {
    let count = RwSignal::new(0_u32);
    let is_counted = on_request_elsewhere(move |_| count.update(|count| *count += 1)).is_ok();
    let words = move || {
        if is_counted {
            tr!("Requests of this page to other sites since start: {count}.", count = count.get())
        } else {
            text!("Requests of this page to other sites since start: not counted by this browser.").to_owned()
        }
    };
    view! { <span>{words}</span> }
}
