//! Which part has the focus. Parts come and go with the camera, so the focus is kept as a part and given to its element as
//! soon as that is there.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};

use super::{Explorer, part_of_block};
use crate::drawing::network::Part;

impl Explorer {
    /// Moves the focus to a part, bringing it into view.
    pub fn walk_to(self, part: &Part) {
        // The keyboard took over: a pointer left lying on the drawing no longer decides.
        self.hovered.set(None);
        self.selected.set(None);
        self.reveal(part);
        self.focus_soon(part);
    }

    /// Gives the focus to a part once what is on the page follows.
    pub fn focus_soon(self, part: &Part) {
        self.wants_focus.set_value(Some(part.clone()));
        self.give_focus_soon();
    }

    /// Gives the focus back to a part that is on the page: at once, or a key pressed before the next frame would reach nothing.
    pub fn give_back_focus(self, part: &Part) {
        self.wants_focus.set_value(Some(part.clone()));
        self.give_focus();
        self.give_focus_soon();
    }

    /// Gives it to what waits for it, if anything does.
    pub fn give_focus_soon(self) {
        if self.wants_focus.with_value(Option::is_some) {
            request_animation_frame(move || self.give_focus());
        }
    }

    /// The part that the keyboard is at: a second press while the focus is on its way goes on from where that leads.
    pub fn keyboard_part(self) -> Option<Part> {
        self.wants_focus.get_value().or_else(|| self.focused.get_untracked())
    }

    /// What had the focus gets it again if it was lost because its element was made anew.
    pub fn restore_focus_soon(self) {
        let Some(part) = self.focused.get_untracked() else { return };
        request_animation_frame(move || {
            let is_lost = document().active_element().is_none_or(|element| element.tag_name().eq_ignore_ascii_case("body"));
            if is_lost && self.wants_focus.try_with_value(Option::is_none) == Some(true) {
                self.focus_soon(&part);
            }
        });
    }

    /// Gives the focus to what wants it, once that is on the page and in view: focused from afar, it would scroll the page.
    fn give_focus(self) {
        let Some(part) = self.wants_focus.try_get_value().flatten() else { return };
        let is_seen = self.rectangle_of(&part).zip(self.camera.get_untracked()).is_some_and(|(drawn, camera)| camera.view.overlaps(&drawn));
        if !is_seen {
            return;
        }
        // From afar a layer is not there, but its block is.
        let of_block = || self.element_of(&part_of_block(self.block_of(&part)?));
        if let Some(element) = self.element_of(&part).or_else(of_block) {
            self.wants_focus.set_value(None);
            focus(&element);
        }
    }

    /// The tab key reached the drawing: the part that was focused last gets the focus, or the first in view.
    pub fn enter(self) {
        let last = self.tab_stop.get_untracked().and_then(|part| self.element_of(&part));
        let first = || self.scene.get_untracked()?.query_selector("[data-place]").ok().flatten();
        if let Some(element) = last.or_else(first) {
            focus(&element);
        }
    }

    /// The part that an element of the scene stands for, or that holds it.
    pub fn part_of(self, element: &Element) -> Option<Part> {
        let holder = element.closest("[data-place]").ok().flatten()?;
        let part = self.part_at(holder.get_attribute("data-place")?.parse().ok()?)?;
        Some(match part {
            Part::Blocks { stage, blocks } if holder.has_attribute("data-arc") => Part::Arc { stage, blocks },
            part => part,
        })
    }

    /// The element of a part, if it is near enough to be on the page.
    fn element_of(self, part: &Part) -> Option<Element> {
        let place = self.place_of(part)?;
        let arc = if matches!(part, Part::Arc { .. }) { "[data-arc]" } else { ":not([data-arc])" };
        self.scene.get_untracked()?.query_selector(&format!("[data-place='{place}']{arc}")).ok().flatten()
    }
}

/// A tap does so too: not every browser focuses SVG by itself.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<SvgElement>() {
        // Refused only by an element that has left the page.
        let _ = element.focus();
    }
}
