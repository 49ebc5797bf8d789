//! The first tour of the page: a few stops at real controls, at most a minute.

use leptos::prelude::*;

use crate::app::services::local_storage;
use crate::app::spot::Spot;
use crate::language::{marked, translated};

/// Where the browser remembers that the first steps and the tour need not be offered again.
const DISMISSED: &str = "first-steps-dismissed";

/// A stop of the tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// What it points at.
    pub spot: Spot,
    /// Its title.
    pub title: &'static str,
    /// What it says.
    pub words: &'static str,
}

impl Stop {
    fn translated(self) -> Self {
        Self { spot: self.spot, title: translated(self.title), words: translated(self.words) }
    }
}

/// All stops in their order.
pub const STOPS: [Stop; 6] = [
    Stop {
        spot: Spot::Depth,
        title: marked!("Depth"),
        words: marked!("How many layers the network has. Press + and the drawing follows at once: one block more in every stage."),
    },
    Stop {
        spot: Spot::SkipConnections,
        title: marked!("Skip connections"),
        words: marked!(
            "The orange arcs carry a block’s input past its convolutions. Switch them off, and the same network is a plain one."
        ),
    },
    Stop {
        spot: Spot::Player,
        title: marked!("Play"),
        words: marked!("Trains this network on real images, here in your browser. Step takes a single step; everything can be paused."),
    },
    Stop {
        spot: Spot::ThisRun,
        title: marked!("Curves"),
        words: marked!("Blue is training, green is images the network never saw. Loss should fall, accuracy should rise."),
    },
    Stop {
        spot: Spot::Tools,
        title: marked!("Experiments"),
        words: marked!("One click trains the networks that answer a question, and one sentence tells what was measured."),
    },
    Stop {
        spot: Spot::SiteLinks,
        title: marked!("Where to go on"),
        words: marked!(
            "The lessons retell the tutorial with this tool beside it. The guide explains every part of the page, and has this tour again."
        ),
    },
];

/// Handle to the tour.
#[derive(Debug, Clone, Copy)]
pub struct TourController {
    /// Place of the open stop in [`STOPS`].
    place: RwSignal<Option<usize>>,
    offered: RwSignal<bool>,
}

impl TourController {
    /// Not begun.
    pub fn new() -> Self {
        let offered = local_storage::get(DISMISSED) != Some(true);
        Self { place: RwSignal::new(None), offered: RwSignal::new(offered) }
    }

    /// Whether a visitor is still to be offered the first steps. Tracks.
    pub fn is_offered(self) -> bool {
        self.offered.get()
    }

    /// Offers them no more, on later visits neither.
    pub fn dismiss_offer(self) {
        // Nothing is lost where the browser does not remember it.
        let _ = local_storage::set(DISMISSED, &true);
        self.offered.set(false);
    }

    /// Whether the open stop is about `spot`. Tracks.
    pub fn stops_at(self, spot: Spot) -> bool {
        self.stop().is_some_and(|(_, stop)| stop.spot == spot)
    }

    /// Begins at the first stop.
    pub fn start(self) {
        self.dismiss_offer();
        self.go_to(Some(0));
    }

    /// The open stop and its place. Tracks.
    pub fn stop(self) -> Option<(usize, Stop)> {
        let place = self.place.get()?;
        STOPS.get(place).map(|stop| (place, stop.translated()))
    }

    /// Goes to the next stop; behind the last one the tour ends.
    pub fn next(self) {
        self.go_to(self.place.get_untracked().map(|place| place + 1).filter(|place| *place < STOPS.len()));
    }

    /// Goes one stop back; the first one stays.
    pub fn back(self) {
        self.go_to(self.place.get_untracked().map(|place| place.saturating_sub(1)));
    }

    /// Ends the tour.
    pub fn end(self) {
        self.go_to(None);
    }

    fn go_to(self, place: Option<usize>) {
        self.place.set(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that are read in a minute, by those who read slowly.
    const WORDS_A_MINUTE: usize = 180;

    #[test]
    fn the_tour_takes_at_most_a_minute() {
        let words: usize = STOPS.iter().map(|stop| stop.title.split(' ').count() + stop.words.split(' ').count()).sum();
        assert!(words <= WORDS_A_MINUTE, "{words} words");
        assert!((5..=6).contains(&STOPS.len()));
    }

    #[test]
    fn every_stop_points_at_something_else() {
        for (place, stop) in STOPS.iter().enumerate() {
            assert!(STOPS[..place].iter().all(|earlier| earlier.spot != stop.spot), "{}", stop.title);
            assert!(stop.words.ends_with('.'), "{}", stop.title);
        }
    }
}
