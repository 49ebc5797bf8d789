//! The drawing by pointer: hover, click, drag, pinch, wheel.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, PointerEvent, WheelEvent};

use super::explorer::{Explorer, focus};
use crate::app::services::full_screen;
use crate::drawing::network::{Part, Point};
use crate::language::{marked, translated};
use crate::worker::javascript::get;

/// Said once to who wants to zoom an embed without the key that leaves the wheel to the page around.
const WHEEL_HINT: &str = marked!("To zoom, hold Ctrl or ⌘ and turn the wheel.");
/// The same for a finger.
const TOUCH_HINT: &str = marked!("To zoom or move the drawing, use two fingers.");
/// How long it stands there.
const HINT_SHOWN: Duration = Duration::from_secs(4);

/// Pixels a pointer may tremble before it drags.
const TREMBLING: f64 = 5.0;
/// Pixels of the wheel that double the scale.
const DOUBLING: f64 = 300.0;
/// Pixels of a line, for wheels that count lines.
const LINE: f64 = 16.0;

/// Pointers that are down, and what became of them.
#[derive(Clone, Copy)]
pub struct Gestures {
    explorer: Explorer,
    /// Their numbers and where they are, in pixels of the window.
    down: StoredValue<Vec<(i32, Point)>>,
    start: StoredValue<Point>,
    /// Whether the pointer drags, or did before it was lifted: then it does not click.
    drags: StoredValue<bool>,
    /// Whether the drawing was pressed since the pointer came over it: then the wheel is meant for it.
    is_engaged: StoredValue<bool>,
    /// What the click before was on: two on different things are no double click.
    clicked: StoredValue<[Option<Part>; 2]>,
    /// Embedded in another page, only Ctrl and the wheel zoom, or two fingers, but for the full screen.
    is_embedded: bool,
    /// Whether that was said.
    is_hinted: StoredValue<bool>,
}

impl Gestures {
    /// No pointer yet.
    pub fn new(explorer: Explorer, is_embedded: bool) -> Self {
        Self {
            explorer,
            down: StoredValue::new(Vec::new()),
            start: StoredValue::new(Point::default()),
            drags: StoredValue::new(false),
            is_engaged: StoredValue::new(false),
            clicked: StoredValue::new([None, None]),
            is_embedded,
            is_hinted: StoredValue::new(false),
        }
    }

    /// Whether wheel and finger belong to the page around.
    fn leaves_scrolling(self) -> bool {
        self.is_embedded && !full_screen::is_on()
    }

    fn hint(self, sentence: &'static str) {
        if self.is_hinted.get_value() {
            return;
        }
        self.is_hinted.set_value(true);
        let note = self.explorer.note;
        note.set(sentence);
        let take_back = move || {
            if note.try_get_untracked() == Some(sentence) {
                note.set("");
            }
        };
        set_timeout(take_back, HINT_SHOWN);
    }

    /// Fingers moved. Two are meant for the drawing, wherever one would scroll the page around.
    pub fn touched(self, event: &Event) {
        let fingers = get(&get(event, "touches"), "length").as_f64().unwrap_or(0.0);
        if self.is_embedded && fingers >= 2.0 && event.cancelable() {
            event.prevent_default();
        }
    }

    /// A pointer went down.
    pub fn pressed(self, event: &PointerEvent) {
        self.is_engaged.set_value(true);
        let at = position(event);
        self.down.update_value(|down| {
            // A third finger says nothing.
            if down.len() < 2 {
                down.push((event.pointer_id(), at));
            }
        });
        if self.down.with_value(Vec::len) == 1 {
            self.start.set_value(at);
            self.drags.set_value(false);
        }
    }

    /// A pointer moved: one that is down drags, two pinch, any other hovers.
    pub fn moved(self, event: &PointerEvent) {
        let (id, at) = (event.pointer_id(), position(event));
        let before = self.down.get_value();
        let Some(was) = before.iter().find(|(other, _)| *other == id).map(|(_, at)| *at) else { return self.hovers(event) };
        self.down.update_value(|down| down.iter_mut().filter(|(other, _)| *other == id).for_each(|(_, place)| *place = at));
        match before.iter().find(|(other, _)| *other != id) {
            Some((_, other)) => self.pinches(was, at, *other),
            None => self.drags_by(event, was, at),
        }
    }

    fn pinches(self, was: Point, at: Point, other: Point) {
        self.drags.set_value(true);
        let distance = |point: Point| (point.x - other.x).hypot(point.y - other.y).max(1.0);
        let factor = distance(at) / distance(was);
        let middle = Point::new((at.x + other.x) / 2.0, (at.y + other.y) / 2.0);
        let per_pixel = self.units_per_pixel();
        if let Some(about) = self.in_drawing(middle) {
            self.explorer.steer(|camera, room| {
                let moved = camera.panned((was.x - at.x) / 2.0 * per_pixel, (was.y - at.y) / 2.0 * per_pixel, room);
                moved.zoomed(factor, about, room)
            });
        }
    }

    fn drags_by(self, event: &PointerEvent, was: Point, at: Point) {
        let start = self.start.get_value();
        let trembles = (at.x - start.x).hypot(at.y - start.y) < TREMBLING;
        if event.pointer_type() == "touch" && self.leaves_scrolling() {
            if !trembles {
                self.hint(translated(TOUCH_HINT));
            }
            return;
        }
        let seen = self.explorer.room().zip(self.explorer.camera.get_untracked());
        let can_move = seen.is_some_and(|(room, camera)| !camera.shows_all(&room));
        if !self.drags.get_value() {
            if !can_move || trembles {
                return;
            }
            self.drags.set_value(true);
            self.explorer.hovered.set(None);
            // Refused only for a pointer that has gone.
            let _ = self.explorer.picture.get_untracked().map(|svg| svg.set_pointer_capture(event.pointer_id()));
        }
        let per_pixel = self.units_per_pixel();
        let (right, down) = ((was.x - at.x) * per_pixel, (was.y - at.y) * per_pixel);
        let before = self.explorer.camera.get_untracked();
        self.explorer.steer(|camera, room| camera.panned(right, down, room));
        // A finger that can move the drawing no farther moves the page.
        let went = before.zip(self.explorer.camera.get_untracked()).map_or(0.0, |(before, now)| now.view.y - before.view.y);
        if event.pointer_type() == "touch" && (down - went).abs() > 0.01 {
            window().scroll_by_with_x_and_y(0.0, (down - went) / per_pixel);
        }
    }

    /// A pointer went up, or the browser took it for itself.
    pub fn lifted(self, event: &PointerEvent) {
        self.down.update_value(|down| down.retain(|(id, _)| *id != event.pointer_id()));
    }

    /// The pointer left the drawing.
    pub fn left(self) {
        self.is_engaged.set_value(false);
        self.explorer.hovered.set(None);
    }

    fn hovers(self, event: &PointerEvent) {
        let part = self.part_under(event);
        if self.explorer.hovered.with_untracked(|hovered| *hovered != part) {
            self.explorer.hovered.set(part);
        }
    }

    /// On an arc: switches the skip connection. On a block or a layer: opens its toolbar. On anything: gives it the focus.
    pub fn clicked(self, event: &MouseEvent) {
        if self.drags.get_value() {
            return;
        }
        let part = self.part_under(event);
        self.clicked.update_value(|clicked| *clicked = [clicked[1].take(), part.clone()]);
        let Some(part) = part else { return self.explorer.selected.set(None) };
        if let Some(element) = closest(event, "[data-place]") {
            focus(&element);
        }
        if matches!(part, Part::Arc { .. }) {
            self.explorer.switch(&part);
        } else {
            self.explorer.select(&part);
        }
    }

    /// On a block: shows its layers or hides them. A stage hears it by itself.
    pub fn double_clicked(self, event: &MouseEvent) {
        let twice = self.clicked.with_value(|[before, last]| before == last);
        if let Some(part) = self.part_under(event).filter(|part| twice && !matches!(part, Part::Arc { .. })) {
            self.explorer.open(&part);
        }
    }

    /// Zooms with Ctrl; without, outside an embed, once the drawing was pressed and while there is something to see closer or
    /// farther. Otherwise the page scrolls.
    pub fn wheeled(self, event: &WheelEvent) {
        let asked = event.ctrl_key() || event.meta_key();
        let (Some(room), Some(camera)) = (self.explorer.room(), self.explorer.camera.get_untracked()) else { return };
        let has_more = !camera.shows_all(&room) || room.is_larger_than_canvas();
        if !asked && self.leaves_scrolling() {
            return self.hint(translated(WHEEL_HINT));
        }
        if !asked && (!self.is_engaged.get_value() || !has_more) {
            return;
        }
        let pixels = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { LINE };
        let at = Point::new(f64::from(event.client_x()), f64::from(event.client_y()));
        let Some(about) = self.in_drawing(at) else { return };
        let is_sideways = event.delta_x().abs() > event.delta_y().abs();
        let right = event.delta_x() * pixels * self.units_per_pixel();
        self.explorer.steer(|camera, room| match is_sideways {
            true => camera.panned(right, 0.0, room),
            false => camera.zoomed((-event.delta_y() * pixels / DOUBLING).exp2(), about, room),
        });
        // At the end of its way the page scrolls on.
        if asked || self.explorer.camera.get_untracked() != Some(camera) {
            event.prevent_default();
        }
    }

    fn part_under(self, event: &Event) -> Option<Part> {
        self.explorer.part_of(&element_of(event)?)
    }

    /// A place of the window in units of the drawing.
    fn in_drawing(self, at: Point) -> Option<Point> {
        let bounds = self.explorer.picture.get_untracked()?.get_bounding_client_rect();
        let view = self.explorer.camera.get_untracked()?.view;
        let share = |at: f64, start: f64, length: f64| (at - start) / length.max(1.0);
        let x = view.x + view.width * share(at.x, bounds.left(), bounds.width());
        Some(Point::new(x, view.y + view.height * share(at.y, bounds.top(), bounds.height())))
    }

    fn units_per_pixel(self) -> f64 {
        let width = self.explorer.picture.get_untracked().map_or(1.0, |svg| svg.get_bounding_client_rect().width());
        self.explorer.camera.get_untracked().map_or(1.0, |camera| camera.view.width / width.max(1.0))
    }
}

fn position(event: &PointerEvent) -> Point {
    Point::new(f64::from(event.client_x()), f64::from(event.client_y()))
}

fn element_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn closest(event: &Event, selector: &str) -> Option<Element> {
    element_of(event)?.closest(selector).ok().flatten()
}
