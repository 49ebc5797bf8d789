//! The blue ramp of the page, as numbers for a canvas.

use std::time::Duration;

use leptos::prelude::*;
use leptos_use::use_preferred_dark;

use crate::app::context::use_view;

/// From small to large.
pub(super) type Ramp = [[u8; 3]; 3];

/// Custom properties of the ramp in `tokens.css`, and their values in the light theme.
const TOKENS: [(&str, [u8; 3]); 3] =
    [("--gradient-small", [226, 232, 250]), ("--gradient-middle", [120, 150, 230]), ("--gradient-large", [38, 66, 170])];

/// The colours of the theme that is shown.
pub(super) fn gradient_ramp() -> ReadSignal<Ramp> {
    let (view, prefers_dark) = (use_view(), use_preferred_dark());
    let (ramp, set_ramp) = signal(read());
    Effect::new(move |before: Option<()>| {
        view.theme();
        prefers_dark.track();
        if before.is_some() {
            // The page's own effect, which changes the colours, may come after this one. The panel may be gone by then.
            let read_again = move || {
                let _ = set_ramp.try_set(read());
            };
            set_timeout(read_again, Duration::ZERO);
        }
    });
    ramp
}

fn read() -> Ramp {
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok().flatten());
    TOKENS.map(|(name, otherwise)| {
        let text = style.as_ref().and_then(|style| style.get_property_value(name).ok());
        text.and_then(|text| parse(text.trim())).unwrap_or(otherwise)
    })
}

/// Reads `#e2e8fa`.
fn parse(colour: &str) -> Option<[u8; 3]> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let byte = |place: usize| u8::from_str_radix(digits.get(place..place + 2)?, 16).ok();
    Some([byte(0)?, byte(2)?, byte(4)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_are_a_colour_and_nothing_else_is() {
        assert_eq!(parse("#e2e8fa"), Some([226, 232, 250]));
        assert_eq!(["", "#fff", "#e2e8fg", "e2e8fa", "#e2e8fé"].map(parse), [None; 5]);
    }
}
