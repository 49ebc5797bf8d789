//! What brings the camera somewhere else.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::SvgElement;

use super::Explorer;
use super::aim::{Aim, Flight};
use crate::app::services::clock::now_ms;
use crate::drawing::network::{Camera, Legibility, Part, Room};

/// How long the camera takes from one place to another.
const FLIGHT_MS: f64 = 250.0;
/// Room around what the camera is brought to, in units of the drawing.
const AROUND: f64 = 8.0;

impl Explorer {
    /// Brings the camera somewhere else, smoothly unless the visitor wants no motion.
    pub fn fly(self, to: Camera) {
        let from = self.camera.get_untracked();
        let Some(from) = from.filter(|_| !prefers_no_motion()) else { return self.jump(to) };
        let is_flying = self.flight.with_value(Option::is_some);
        self.flight.set_value(Some(Flight { from, to, start_ms: now_ms() }));
        if !is_flying {
            request_animation_frame(move || self.fly_on());
        }
    }

    /// Brings the camera somewhere else at once.
    pub fn jump(self, to: Camera) {
        self.flight.set_value(None);
        self.aim_at(to);
    }

    fn aim_at(self, camera: Camera) {
        if let Some(room) = self.room() {
            self.aim.set(Some(Aim { camera, canvas: room.canvas }));
        }
    }

    fn fly_on(self) {
        let Some(Flight { from, to, start_ms }) = self.flight.try_get_value().flatten() else { return };
        let way = ((now_ms() - start_ms) / FLIGHT_MS).clamp(0.0, 1.0);
        if way >= 1.0 {
            return self.jump(to);
        }
        // Slow at both ends.
        self.aim_at(from.towards(&to, way * way * (3.0 - 2.0 * way)));
        request_animation_frame(move || self.fly_on());
    }

    /// Changes the camera by what a gesture says.
    pub fn steer(self, change: impl FnOnce(&Camera, &Room) -> Camera) {
        if let (Some(camera), Some(room)) = (self.camera.get_untracked(), self.room()) {
            self.jump(change(&camera, &room));
        }
    }

    /// Closer or farther by a factor, about what is focused, or the middle.
    pub fn zoom(self, factor: f64) {
        let (Some(camera), Some(room)) = (self.camera.get_untracked(), self.room()) else { return };
        // A second press while the first is under way goes on from where that leads.
        let camera = self.flight.with_value(|flight| flight.as_ref().map(|flight| flight.to)).unwrap_or(camera);
        let focused = self.focused.with_untracked(|part| part.as_ref().and_then(|part| self.rectangle_of(part)));
        let about = focused.map(|rectangle| rectangle.centre()).filter(|centre| camera.view.contains(*centre));
        self.fly(camera.zoomed(factor, about.unwrap_or_else(|| camera.view.centre()), &room));
    }

    /// Shows the whole drawing.
    pub fn fit(self) {
        if let Some(room) = self.room() {
            self.fly(Camera::whole(&room));
        }
    }

    /// Shows a stage as large as it fits.
    pub fn fit_stage(self, index: usize) {
        let frame = self.drawing.with_untracked(|drawing| drawing.as_ref().and_then(|drawing| Some(drawing.stages.get(index)?.frame)));
        if let (Some(frame), Some(room)) = (frame, self.room()) {
            self.fly(Camera::fit(&frame, &room));
        }
    }

    /// Shows a part with a little around it, as large as it fits.
    pub fn fit_part(self, part: &Part) {
        if let (Some(whole), Some(room)) = (self.rectangle_of(part), self.room()) {
            self.fly(Camera::fit(&whole.grown(AROUND), &room));
        }
    }

    /// One level farther away; where there is none, the focus is given up.
    pub fn level_out(self) {
        let out = self.drawing.with_untracked(|drawing| self.camera.get_untracked()?.level_out(drawing.as_ref()?));
        match out {
            Some(camera) => self.fly(camera),
            None => {
                self.focused.set(None);
                // Who reads another page is let out of the drawing; the Tab key goes on from there.
                if self.is_embedded {
                    leave_focus();
                }
            }
        }
    }

    /// Brings a part into view, as near as it takes to be told apart.
    pub fn reveal(self, part: &Part) {
        let (Some(rectangle), Some(camera), Some(room)) = (self.rectangle_of(part), self.camera.get_untracked(), self.room()) else {
            return;
        };
        let near = camera.revealing(&rectangle, &room);
        // From afar there are no single layers and no arcs.
        let is_lost = matches!(part, Part::Layer(_) | Part::Arc { .. }) && near.legibility(&room) == Legibility::Outlines;
        let block = self.block_of(part).filter(|_| is_lost).map(super::part_of_block);
        let closer = block.and_then(|block| self.rectangle_of(&block)).map(|whole| Camera::fit(&whole, &room));
        self.jump(closer.unwrap_or(near));
    }
}

fn leave_focus() {
    let focused = document().active_element();
    if let Some(focused) = focused.and_then(|element| element.dyn_into::<SvgElement>().ok()) {
        // Refused by nothing that has the focus.
        let _ = focused.blur();
    }
}

fn prefers_no_motion() -> bool {
    window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|query| query.matches())
}
