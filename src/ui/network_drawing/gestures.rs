//! The drawing by pointer: hover, click, drag, pinch, wheel.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent, WheelEvent};

use super::DRAWING;
use super::explorer::{Explorer, focus};
use crate::drawing::network::{Part, Point};
use crate::ui::browser::window;
use crate::ui::follow::listen;
use crate::ui::markup::element;
use crate::ui::signals::Kept;

/// Pixels a pointer may tremble before it drags.
const TREMBLING: f64 = 5.0;
/// Pixels of the wheel that double the scale, by e: the table behind powers of two would be 3 kB to download.
const GROWTH: f64 = 300.0 / std::f64::consts::LN_2;
/// Pixels of a line, for wheels that count lines.
const LINE: f64 = 16.0;

/// Pointers that are down, and what became of them.
#[derive(Clone, Copy)]
pub struct Gestures {
    explorer: Explorer,
    /// Their numbers and where they are, in pixels of the window.
    down: Kept<Vec<(i32, Point)>>,
    start: Kept<Point>,
    /// Whether the pointer drags, or did before it was lifted: then it does not click.
    drags: Kept<bool>,
    /// Whether the drawing was pressed since the pointer came over it: then the wheel is meant for it.
    is_engaged: Kept<bool>,
    /// What the click before was on: two on different things are no double click.
    clicked: Kept<[Option<Part>; 2]>,
    /// Embedded in another page, only Ctrl and the wheel zoom.
    is_embedded: bool,
}

impl Gestures {
    pub fn new(explorer: Explorer) -> Self {
        Self {
            explorer,
            down: Kept::new(Vec::new()),
            start: Kept::new(Point::default()),
            drags: Kept::new(false),
            is_engaged: Kept::new(false),
            clicked: Kept::new([None, None]),
            is_embedded: explorer.session.view.with_untracked(|view| view.embed),
        }
    }

    /// Hears the pointer from now on.
    pub fn listen(self) {
        let kinds = ["pointerdown", "pointermove", "pointerup", "pointercancel", "pointerleave"];
        listen(DRAWING, &kinds, move |event| {
            let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
            match event.type_().as_str() {
                "pointerdown" => self.pressed(event),
                "pointermove" => self.moved(event),
                "pointerleave" => self.left(),
                _ => self.lifted(event),
            }
        });
        listen(DRAWING, &["click"], move |event| self.clicked(event));
        listen(DRAWING, &["dblclick"], move |event| self.double_clicked(event));
        listen(DRAWING, &["wheel"], move |event| {
            if let Some(event) = event.dyn_ref::<WheelEvent>() {
                self.wheeled(event);
            }
        });
    }

    fn pressed(self, event: &PointerEvent) {
        self.is_engaged.set(true);
        let at = position(event);
        self.down.update(|down| {
            // A third finger says nothing.
            if down.len() < 2 {
                down.push((event.pointer_id(), at));
            }
        });
        if self.down.with(Vec::len) == 1 {
            self.start.set(at);
            self.drags.set(false);
        }
    }

    fn moved(self, event: &PointerEvent) {
        let (id, at) = (event.pointer_id(), position(event));
        let before = self.down.get();
        let Some(was) = before.iter().find(|(other, _)| *other == id).map(|(_, at)| *at) else { return self.hovers(event) };
        self.down.update(|down| down.iter_mut().filter(|(other, _)| *other == id).for_each(|(_, place)| *place = at));
        match before.iter().find(|(other, _)| *other != id) {
            Some((_, other)) => self.pinches(was, at, *other),
            None => self.drags_by(event, was, at),
        }
    }

    fn pinches(self, was: Point, at: Point, other: Point) {
        self.drags.set(true);
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
        let start = self.start.get();
        let can_move =
            self.explorer.room().zip(self.explorer.camera.get_untracked()).is_some_and(|(room, camera)| !camera.shows_all(&room));
        if !self.drags.get() {
            if !can_move || (at.x - start.x).hypot(at.y - start.y) < TREMBLING {
                return;
            }
            self.drags.set(true);
            self.explorer.hovered.set(None);
            // Refused only for a pointer that has gone.
            let _ = element(DRAWING).map(|svg| svg.set_pointer_capture(event.pointer_id()));
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

    fn lifted(self, event: &PointerEvent) {
        self.down.update(|down| down.retain(|(id, _)| *id != event.pointer_id()));
    }

    fn left(self) {
        self.is_engaged.set(false);
        self.explorer.hovered.set(None);
    }

    /// What the pointer is over, told apart by arc and block.
    fn hovers(self, event: &PointerEvent) {
        let part = self.part_under(event);
        let part = match part {
            Some(Part::Blocks { stage, blocks }) if closest(event, ".drawing-skip").is_some() => Some(Part::Arc { stage, blocks }),
            other => other,
        };
        if self.explorer.hovered.with_untracked(|hovered| *hovered != part) {
            self.explorer.hovered.set(part);
        }
    }

    /// On an arc: switches the skip connection. On a bundle: lets it come apart. On anything: gives it the focus.
    fn clicked(self, event: &Event) {
        if self.drags.get() {
            return;
        }
        let part = self.part_under(event);
        self.clicked.update(|clicked| *clicked = [clicked[1].take(), part.clone()]);
        let Some(part) = part else { return };
        if closest(event, ".drawing-skip").is_some() {
            return self.explorer.switch(&part);
        }
        if let Some(element) = closest(event, "[data-place]") {
            focus(&element);
        }
        if matches!(&part, Part::Blocks { blocks, .. } if blocks.len() > 1) {
            self.explorer.open(&part);
        }
    }

    /// On a block: shows its layers or hides them. Beside blocks: shows the stage.
    fn double_clicked(self, event: &Event) {
        let twice = self.clicked.with(|[before, last]| before == last);
        let on_arc = closest(event, ".drawing-skip").is_some();
        match self.part_under(event) {
            Some(part) if twice && !on_arc => self.explorer.open(&part),
            Some(_) => {}
            None => {
                let stage = closest(event, "[data-stage]").and_then(|frame| frame.get_attribute("data-stage")?.parse().ok());
                stage.into_iter().for_each(|index| self.explorer.fit_stage(index));
            }
        }
    }

    /// Zooms with Ctrl; without, outside an embed, once the drawing was pressed and while there is something to see
    /// closer or farther. Otherwise the page scrolls.
    fn wheeled(self, event: &WheelEvent) {
        let asked = event.ctrl_key() || event.meta_key();
        let (Some(room), Some(camera)) = (self.explorer.room(), self.explorer.camera.get_untracked()) else { return };
        if !asked && (self.is_embedded || !self.is_engaged.get() || camera.shows_all(&room) && !room.is_larger_than_canvas()) {
            return;
        }
        let pixels = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { LINE };
        let at = Point::new(f64::from(event.client_x()), f64::from(event.client_y()));
        let Some(about) = self.in_drawing(at) else { return };
        let is_sideways = event.delta_x().abs() > event.delta_y().abs();
        let right = event.delta_x() * pixels * self.units_per_pixel();
        self.explorer.steer(|camera, room| match is_sideways {
            true => camera.panned(right, 0.0, room),
            false => camera.zoomed((-event.delta_y() * pixels / GROWTH).exp(), about, room),
        });
        // At the end of its way the page scrolls on.
        if asked || self.explorer.camera.get_untracked() != Some(camera) {
            event.prevent_default();
        }
    }

    fn part_under(self, event: &Event) -> Option<Part> {
        self.explorer.part_at(closest(event, "[data-place]")?.get_attribute("data-place")?.parse().ok()?)
    }

    /// A place of the window in units of the drawing.
    fn in_drawing(self, at: Point) -> Option<Point> {
        let (bounds, view) = (element(DRAWING)?.get_bounding_client_rect(), self.explorer.camera.get_untracked()?.view);
        let share = |at: f64, start: f64, length: f64| (at - start) / length.max(1.0);
        let x = view.x + view.width * share(at.x, bounds.left(), bounds.width());
        Some(Point::new(x, view.y + view.height * share(at.y, bounds.top(), bounds.height())))
    }

    fn units_per_pixel(self) -> f64 {
        let width = element(DRAWING).map_or(1.0, |svg| svg.get_bounding_client_rect().width());
        self.explorer.camera.get_untracked().map_or(1.0, |camera| camera.view.width / width.max(1.0))
    }
}

fn position(event: &PointerEvent) -> Point {
    Point::new(f64::from(event.client_x()), f64::from(event.client_y()))
}

fn closest(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}
