//! The page in parts that are built one after the other.
//!
//! A browser compiles a function of the program when it is first called, and to build the page calls thousands of them. In one go
//! that is a task of a quarter of a second, of more than a second on a slow phone, in which nothing answers. So parts wait for their turn, and between
//! two of them the browser does what else is due.

use std::collections::VecDeque;

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::tick;

/// The parts that wait.
#[derive(Clone, Copy)]
pub struct Turns {
    waiting: StoredValue<VecDeque<RwSignal<bool>>>,
    is_shown: RwSignal<bool>,
}

impl Turns {
    /// For parts to come: [`Self::build_all`] builds them.
    pub fn new() -> Self {
        Self { waiting: StoredValue::new(VecDeque::new()), is_shown: RwSignal::new(false) }
    }

    /// Builds a part at a time, until none waits.
    pub async fn build_all(self) {
        while let Some(turn) = self.waiting.try_update_value(VecDeque::pop_front).flatten() {
            // What it was for may be gone by now.
            let _ = turn.try_set(true);
            tick().await;
            next_task().await;
        }
    }

    /// The page can be seen. From now on parts are built at once.
    pub fn shown(self) {
        self.is_shown.set(true);
    }

    /// Whether it is this part's turn.
    fn line_up(self) -> RwSignal<bool> {
        let turn = RwSignal::new(self.is_shown.get_untracked());
        if !turn.get_untracked() {
            self.waiting.update_value(|waiting| waiting.push_back(turn));
        }
        turn
    }
}

/// Whether the page can be seen yet: before, nothing in it takes the focus, and there is nothing to scroll or to measure.
pub fn page_is_shown() -> Signal<bool> {
    expect_context::<Turns>().is_shown.into()
}

/// Lets the browser do what else is due. A hidden tab answers nobody, and its timers are slow.
pub async fn next_task() {
    if !document().hidden() {
        TimeoutFuture::new(0).await;
    }
}

/// Builds what is in it when its turn comes, and at once after the page was built.
#[component]
pub fn InTurn(children: ChildrenFn) -> impl IntoView {
    let turn = expect_context::<Turns>().line_up();
    view! { <Show when=move || turn.get()>{children()}</Show> }
}
