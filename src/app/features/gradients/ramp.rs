//! The blue ramp of the page, as numbers for a canvas.

use leptos::prelude::*;
use leptos_use::use_preferred_dark;

use crate::app::context::use_view;
use crate::drawing::palette::{Palette, bytes_of};
use crate::experiment::permalink::Theme;

/// From small to large.
pub(super) type Ramp = [[u8; 3]; 3];

/// The colours of the theme that is shown. Those of `tokens.css` are the palette's.
pub(super) fn gradient_ramp() -> Signal<Ramp> {
    let (view, prefers_dark) = (use_view(), use_preferred_dark());
    Signal::derive(move || {
        let is_dark = match view.theme() {
            Theme::System => prefers_dark.get(),
            theme => theme == Theme::Dark,
        };
        let palette = if is_dark { Palette::DARK } else { Palette::LIGHT };
        palette.gradients.map(bytes_of)
    })
}
