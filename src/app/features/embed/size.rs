//! How much an embed has room for.

use leptos::prelude::*;
use leptos_use::{UseWindowSizeReturn, use_window_size};

/// How much there is room for, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EmbedSize {
    /// One screen: player, drawing, one curve.
    Small,
    /// The curve is taller.
    Tall,
    /// The drawing has its tools and its sentence, and there are two curves.
    Large,
    /// The table of runs as well.
    Largest,
}

impl EmbedSize {
    /// In a window of so many CSS pixels. Each step is less than what it brings is high, so that a frame that is made as high as
    /// its contents keeps them.
    pub fn of(width: f64, height: f64) -> Self {
        match (width, height) {
            (width, height) if width >= 1000.0 && height >= 900.0 => Self::Largest,
            (width, height) if width >= 760.0 && height >= 620.0 => Self::Large,
            // A narrow frame is as high as what is in it.
            (width, height) if width < 480.0 || height >= 520.0 => Self::Tall,
            _ => Self::Small,
        }
    }

    /// The size of this window, as it changes.
    pub fn follow() -> Memo<Self> {
        let UseWindowSizeReturn { width, height } = use_window_size();
        Memo::new(move |_| Self::of(width.get(), height.get()))
    }

    /// Height of a curve in pixels.
    pub fn curve_height(self) -> f64 {
        match self {
            Self::Small => 84.0,
            Self::Tall => 130.0,
            Self::Large => 160.0,
            Self::Largest => 220.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_frame_shows_more() {
        let rooms = [[320.0, 420.0], [600.0, 420.0], [600.0, 560.0], [900.0, 640.0], [1280.0, 960.0]]
            .map(|[width, height]| EmbedSize::of(width, height));
        assert_eq!(rooms, [EmbedSize::Tall, EmbedSize::Small, EmbedSize::Tall, EmbedSize::Large, EmbedSize::Largest]);
        assert!(rooms[1..].is_sorted());
        assert!(rooms.map(EmbedSize::curve_height)[1..].is_sorted());
    }

    #[test]
    fn a_phone_held_upright_has_no_room_for_tools() {
        assert_eq!(EmbedSize::of(390.0, 1200.0), EmbedSize::Tall);
    }
}
