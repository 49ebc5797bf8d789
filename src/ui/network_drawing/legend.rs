//! What the lines mean.

use crate::spec::ResNetSpec;
use crate::ui::follow::{keep, keep_html};
use crate::ui::signals::Memo;

/// A place for the words, and what the colours of the bars mean.
pub const HTML: &str = "<p class=drawing-legend><span id=drawing-lines></span>\
    <span id=drawing-colours hidden>gradient 10⁻⁶ <span class=drawing-ramp aria-hidden=true></span> 10²</span></p>";

/// Keeps what lines mean.
pub fn start(spec: Memo<ResNetSpec>) {
    let key = |class: &str, name: &str| {
        format!(
            "<span><svg class=drawing-key viewBox=\"0 0 18 6\" aria-hidden=true><path class=\"{class}\" d=\"M1 3H17\" /></svg>{name}</span>"
        )
    };
    keep_html("drawing-lines", move || {
        if spec.with(ResNetSpec::has_any_skip_connection) {
            key("drawing-arc", "identity") + &key("drawing-arc projection", "projection")
        } else {
            "a plain network: no skip connections".into()
        }
    });
}

/// Keeps what colours mean; `measured` is whether the bars show gradients.
pub fn start_colours(measured: impl Fn() -> bool + 'static) {
    keep("drawing-colours", "hidden", move || !measured());
}
