//! Values that can be followed, on Leptos' reactive graph.
//!
//! Leptos compiles its signals and memos once for every type they hold. Here the graph only carries that something has
//! changed (a trigger, or a memo of a counter: one type each), and the value lies beside it. Everything lives as long
//! as the page, so that a handle is a pointer and closures full of handles stay small.

use std::cell::RefCell;

use any_spawner::Executor;
use reactive_graph::computed::ArcMemo;
use reactive_graph::owner::Owner;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Get, GetUntracked, Notify, Track};
use send_wrapper::SendWrapper;

pub use reactive_graph::graph::untrack;

/// Starts the reactive graph, and what it keeps up to date.
pub fn begin(page: fn()) {
    // Refused only where it has begun already.
    let _ = Executor::init_wasm_bindgen();
    OWNER.with(|owner| owner.with(page));
}

thread_local! {
    /// What the page follows, it follows until it is closed.
    static OWNER: Owner = Owner::new();
}

/// Starts more that the graph keeps up to date, when it has begun.
pub fn within_page<T>(more: impl FnOnce() -> T) -> T {
    OWNER.with(|owner| owner.with(more))
}

/// A value that is kept, and that nobody follows.
pub struct Kept<T: 'static>(&'static RefCell<T>);

/// A value that can be changed and followed.
pub struct Signal<T: 'static> {
    value: Kept<T>,
    changed: &'static ArcTrigger,
}

/// A value worked out from others, when it is asked for and they have changed.
pub struct Memo<T: 'static> {
    value: Kept<T>,
    version: &'static ArcMemo<u32>,
}

fn for_ever<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

impl<T> Kept<T> {
    /// Begins with that value.
    pub fn new(value: T) -> Self {
        Self(for_ever(RefCell::new(value)))
    }

    /// Looks at it.
    pub fn with<Answer>(self, look: impl FnOnce(&T) -> Answer) -> Answer {
        look(&self.0.borrow())
    }

    /// Changes it.
    pub fn update<Answer>(self, change: impl FnOnce(&mut T) -> Answer) -> Answer {
        change(&mut self.0.borrow_mut())
    }

    /// Replaces it. What was there goes once that is done: its end may look here.
    pub fn set(self, value: T) {
        drop(self.0.replace(value));
    }

    /// A copy of it.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.0.borrow().clone()
    }
}

impl<T> Signal<T> {
    /// Begins with that value.
    pub fn new(value: T) -> Self {
        Self { value: Kept::new(value), changed: for_ever(ArcTrigger::new()) }
    }

    /// Follows it without looking.
    pub fn track(self) {
        self.changed.track();
    }

    /// Looks at it and follows it.
    pub fn with<Answer>(self, look: impl FnOnce(&T) -> Answer) -> Answer {
        self.track();
        self.value.with(look)
    }

    /// Looks at it.
    pub fn with_untracked<Answer>(self, look: impl FnOnce(&T) -> Answer) -> Answer {
        self.value.with(look)
    }

    /// A copy of it, which is followed.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of it.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.value.get()
    }

    /// Changes it, and tells those that follow.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.value.update(change);
        self.changed.notify();
    }

    /// Replaces it, and tells those that follow.
    pub fn set(self, value: T) {
        self.value.set(value);
        self.changed.notify();
    }
}

impl<T: PartialEq + Default> Memo<T> {
    /// What `of` makes of the value before, the type's default at first. Those that follow hear of it when it is another.
    pub fn new(of: impl Fn(&T) -> T + 'static) -> Self {
        let value = Kept::new(T::default());
        let is_new = move || {
            let now = value.with(&of);
            let is_new = value.with(|before| *before != now);
            if is_new {
                value.set(now);
            }
            is_new
        };
        Self { value, version: for_ever(counter(Box::new(is_new))) }
    }
}

/// Counts how often there was something new. The page has one thread, which the graph cannot know.
fn counter(is_new: Box<dyn Fn() -> bool>) -> ArcMemo<u32> {
    let is_new = SendWrapper::new(is_new);
    ArcMemo::new(move |before: Option<&u32>| before.copied().unwrap_or(0).wrapping_add(u32::from(is_new())))
}

impl<T> Memo<T> {
    /// Follows it without looking.
    pub fn track(self) {
        let _ = self.version.get();
    }

    /// Looks at it and follows it.
    pub fn with<Answer>(self, look: impl FnOnce(&T) -> Answer) -> Answer {
        self.track();
        self.value.with(look)
    }

    /// Looks at it.
    pub fn with_untracked<Answer>(self, look: impl FnOnce(&T) -> Answer) -> Answer {
        let _ = self.version.get_untracked();
        self.value.with(look)
    }

    /// A copy of it, which is followed.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}
