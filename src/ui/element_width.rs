//! How wide an element is, as it changes.

use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

use super::markup::element;
use crate::ui::signals::Signal;

/// Width of an element's content in pixels; nothing before the browser has laid it out.
pub fn element_width(id: &str) -> Signal<Option<f64>> {
    let width = Signal::new(None);
    let Some(observed) = element(id) else { return width };
    let measure = Closure::<dyn FnMut()>::new({
        let observed = observed.clone();
        move || {
            let measured = observed.client_width();
            // Nothing has a width while it is hidden; what was drawn then still fits.
            if measured > 0 && width.get_untracked() != Some(f64::from(measured)) {
                width.set(Some(f64::from(measured)));
            }
        }
    });
    if let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) {
        observer.observe(&observed);
        // Both live as long as the page.
        std::mem::forget((observer, measure));
    }
    width
}
