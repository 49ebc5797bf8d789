//! Time that never runs backwards.

use leptos::prelude::window;

/// Milliseconds since the page began.
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
