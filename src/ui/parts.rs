//! The parts of the page that are fetched when they are needed: the one place that names them.
//!
//! A part is entered through one function, marked `wasm_split`. What only that function reaches becomes a file of its own
//! (`cargo xtask split`), which runs in the same memory: signals, elements and types are the page's. What the rest of the
//! page wants of a part it says as a value, a wish, never by calling what is in it nor in a closure: either would bring the
//! code of the part into the main file.
//!
//! ```text
//! click ─► ask(wish) ─► is the part here? ── yes ─────────────────────────► it answers at once
//!                              └─ no: the wish waits, the part is fetched ─► it starts, and answers all that wait
//!                                      └─ it cannot be fetched: a sentence with Retry, and the wish still waits
//! ```
//!
//! A debug build is not cut: there the same functions are in the main file.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::SplitLoaderError;

use super::browser::later;
use super::follow::{follow, listen};
use super::images::{self, ImagesWish};
use super::markup::{button_of, focus_again, set};
use super::more_settings::{self, SettingsWish};
use super::session::Command;
use super::shown_part::{self, ShownWish};
use super::signals::{Signal, within_page};
use super::{app, run_part};

/// After that long it is said that a part is on its way.
const NOTICEABLE: Duration = Duration::from_millis(500);

/// What a panel says then, which has nothing else to show.
const LOADING: &str = "<p class=caption role=status>Loading…</p>";
const FAILED: &str = "<div class=\"notice problem\" role=alert><p>This part of the page could not be fetched. Nothing is lost: \
    try again, or reload the page if it was changed meanwhile.</p><button class=quiet id=retry>Retry</button></div>";

type Fetched = Result<(), SplitLoaderError>;

/// Names a part: how its file is called, which function enters it and what that starts, what it is asked for, where it
/// speaks, what gets the focus when the button there goes, and what is said when it is late. What starts it gives what
/// answers its wishes.
macro_rules! part {
    ($name:ident, $file:ident, $entered:ident: $start:path, $wish:ty, $place:literal, $control:literal, $late:expr) => {
        thread_local! {
            static $name: &'static Part<$wish> = Box::leak(Box::new(Part::new(|| Box::pin($entered()), $place, $control, $late)));
        }
        #[cfg(not(debug_assertions))]
        #[wasm_split_helpers::wasm_split($file, fallible)]
        fn $entered() -> Fetched {
            $name.with(|part| part.enter($start));
            Ok(())
        }
        #[cfg(debug_assertions)]
        async fn $entered() -> Fetched {
            $name.with(|part| part.enter($start));
            Ok(())
        }
    };
}

// What a link says, if the page was opened with one.
part!(LINK, link, enter_link: app::open_linked, (), "loading", "", "");
// What the page shows and does beside drawing the network: charts, numbers, costs; pointer, keys, tools of the drawing.
part!(SHOWN, shown, enter_shown: shown_part::start, ShownWish, "part-shown", "play", "");
// What it takes to train, and all that shows what was trained.
part!(RUN, run, enter_run: run_part::start, Command, "part-run", "play", "");
// The fold of settings; files, code, pictures.
part!(SETTINGS, settings, enter_settings: more_settings::start_part, SettingsWish, "part-settings", "more-summary", LOADING);
// Images of the visitor's own.
part!(IMAGES, images, enter_images: images::start_part, ImagesWish, "part-images", "images-summary", LOADING);

/// Lets the parts say in their places when they are late or cannot be fetched.
pub fn start() {
    SHOWN.with(|part| part.way.speak());
    RUN.with(|part| part.way.speak());
    SETTINGS.with(|part| part.way.speak());
    IMAGES.with(|part| part.way.speak());
}

/// Opens the page with what its address says.
pub fn open_linked() {
    LINK.with(|part| {
        part.way.speak();
        part.ask(());
    });
}

/// Something that the page shows and does beside drawing the network.
pub fn show_the_rest(wish: ShownWish) {
    SHOWN.with(|part| part.ask(wish));
}

/// Whether that is there.
pub fn rest_is_shown() -> bool {
    SHOWN.with(|part| part.answer.get().is_some())
}

/// Something about the run.
pub fn run(command: Command) {
    RUN.with(|part| part.ask(command));
}

/// Something that the fold of settings holds.
pub fn settings(wish: SettingsWish) {
    SETTINGS.with(|part| part.ask(wish));
}

/// Something about the visitor's own images.
pub fn images(wish: ImagesWish) {
    IMAGES.with(|part| part.ask(wish));
}

/// Whether what trains is on its way and takes its time. Followed.
pub fn run_is_late() -> bool {
    RUN.with(|part| part.way.coming.get() == Coming::Late)
}

/// How a part comes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coming {
    /// It is here, or nobody wants it, or it will be here in a moment.
    Quietly,
    Late,
    Failed,
}

/// The way of a part to the page.
struct Way {
    fetch: fn() -> Pin<Box<dyn Future<Output = Fetched>>>,
    place: &'static str,
    control: &'static str,
    late: &'static str,
    is_under_way: Cell<bool>,
    coming: Signal<Coming>,
}

/// A part that takes wishes of one kind.
struct Part<Wish: 'static> {
    way: Way,
    waiting: RefCell<Vec<Wish>>,
    answer: Cell<Option<fn(Wish)>>,
}

impl<Wish: PartialEq> Part<Wish> {
    fn new(fetch: fn() -> Pin<Box<dyn Future<Output = Fetched>>>, place: &'static str, control: &'static str, late: &'static str) -> Self {
        let way = Way { fetch, place, control, late, is_under_way: Cell::new(false), coming: Signal::new(Coming::Quietly) };
        Self { way, waiting: RefCell::default(), answer: Cell::new(None) }
    }

    fn ask(&'static self, wish: Wish) {
        if let Some(answer) = self.answer.get() {
            return answer(wish);
        }
        let mut waiting = self.waiting.borrow_mut();
        // Whoever clicks again because nothing has happened yet means it once.
        if waiting.last() != Some(&wish) {
            waiting.push(wish);
        }
        drop(waiting);
        self.way.go();
    }

    /// Called in the part itself, each time it has been fetched.
    fn enter(&self, start: fn() -> fn(Wish)) {
        let answer = self.answer.get().unwrap_or_else(|| {
            let answer = within_page(start);
            self.answer.set(Some(answer));
            answer
        });
        self.waiting.take().into_iter().for_each(answer);
    }
}

impl Way {
    fn go(&'static self) {
        if self.is_under_way.replace(true) {
            return;
        }
        let is_late = move || {
            if self.is_under_way.get() && self.coming.get_untracked() == Coming::Quietly {
                self.coming.set(Coming::Late);
            }
        };
        later(is_late, NOTICEABLE);
        spawn_local(async move {
            let fetched = (self.fetch)().await;
            self.is_under_way.set(false);
            self.coming.set(if fetched.is_ok() { Coming::Quietly } else { Coming::Failed });
        });
    }

    fn speak(&'static self) {
        let has_spoken = Cell::new(false);
        follow(move || {
            let words = match self.coming.get() {
                Coming::Quietly => "",
                Coming::Late => self.late,
                Coming::Failed => FAILED,
            };
            // What stands there before is not ours.
            if has_spoken.replace(has_spoken.get() || !words.is_empty()) || !words.is_empty() {
                set(self.place, "innerHTML", &words.into());
            }
        });
        listen(self.place, &["click"], move |event| {
            if button_of(event) == "retry" {
                // Should it fail again, that is read aloud again.
                self.coming.set(Coming::Quietly);
                focus_again(self.control.into());
                self.go();
            }
        });
    }
}
