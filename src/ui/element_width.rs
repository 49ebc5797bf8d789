//! How wide an element is, as it changes.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

/// Width of an element's content in pixels; nothing before the browser has laid it out.
pub fn element_width(element: NodeRef<Div>) -> ReadSignal<Option<f64>> {
    let (width, set_width) = signal(None);
    // The browser keeps calling the closure for as long as the observer lives: both go together.
    let observing = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    Effect::new(move |_| {
        let Some(observed) = element.get() else { return };
        let measure = Closure::<dyn FnMut()>::new(move || {
            let measured = element.try_get_untracked().flatten().map_or(0, |element| element.client_width());
            // Nothing has a width while it is hidden; what was drawn then still fits.
            if measured > 0 && width.try_get_untracked().flatten() != Some(f64::from(measured)) {
                set_width.set(Some(f64::from(measured)));
            }
        });
        if let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) {
            observer.observe(&observed);
            observing.set_value(Some((observer, measure)));
        }
    });
    on_cleanup(move || {
        observing.try_update_value(|pair| {
            if let Some((observer, _)) = pair.take() {
                observer.disconnect();
            }
        });
    });
    width
}
