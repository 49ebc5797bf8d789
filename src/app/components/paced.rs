//! Values that change often, for those who read slowly or listen.

use std::time::Duration;

use leptos::prelude::*;

use crate::app::services::clock::now_ms;
use crate::run::Pace;

/// The newest value, at most every 15 seconds.
pub fn paced<T: Clone + PartialEq + Send + Sync + 'static>(value: Memo<T>) -> Signal<T> {
    let shown = RwSignal::new(value.get_untracked());
    let pace = StoredValue::new(Pace::default());
    // What is waited for may be gone by then, with the part of the page that it was for.
    let tell = move || {
        if let Some(newest) = value.try_get_untracked() {
            pace.try_update_value(|pace| pace.told(now_ms()));
            shown.try_set(newest);
        }
    };
    Effect::new(move |_| {
        if value.with(|value| shown.with_untracked(|shown| shown == value)) {
            return;
        }
        if let Some(wait_ms) = pace.try_update_value(|pace| pace.changed(now_ms())).flatten() {
            set_timeout(tell, Duration::from_secs_f64(wait_ms / 1000.0));
        }
    });
    shown.into()
}
