//! How much an embed has room for.

use gloo::events::EventListener;
use leptos::prelude::*;

/// How much there is room for, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// One screen: player, drawing, one curve.
    Small,
    /// The curve is taller.
    Tall,
    /// The drawing has its tools and its sentence, and there are two curves.
    Large,
    /// The table of runs as well.
    Largest,
}

impl Room {
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

    /// The room of this window, as it changes.
    pub fn follow() -> Memo<Self> {
        let size = RwSignal::new(window_size());
        EventListener::new(&window(), "resize", move |_| size.set(window_size())).forget();
        Memo::new(move |_| {
            let [width, height] = size.get();
            Self::of(width, height)
        })
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

fn window_size() -> [f64; 2] {
    let window = window();
    [window.inner_width(), window.inner_height()].map(|size| size.ok().and_then(|size| size.as_f64()).unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_frame_shows_more() {
        let rooms = [[320.0, 420.0], [600.0, 420.0], [600.0, 560.0], [900.0, 640.0], [1280.0, 960.0]]
            .map(|[width, height]| Room::of(width, height));
        assert_eq!(rooms, [Room::Tall, Room::Small, Room::Tall, Room::Large, Room::Largest]);
        assert!(rooms[1..].is_sorted());
        assert!(rooms.map(Room::curve_height)[1..].is_sorted());
    }

    #[test]
    fn a_phone_held_upright_has_no_room_for_tools() {
        assert_eq!(Room::of(390.0, 1200.0), Room::Tall);
    }
}
