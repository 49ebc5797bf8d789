//! Changes of what is drawn, and of the network itself.

use leptos::prelude::*;

use super::{Explorer, part_of_block};
use crate::drawing::network::{Camera, Detail, Drawing, Part, Rectangle, Unfolding, end_of_layer};
use crate::language::{marked, translated};
use crate::spec::BlockPlace;

const LAST_BLOCK: &str = marked!("The last block of a stage stays: fewer stages are among all settings.");
const DEEPEST: &str = marked!("The network is as deep as it can be.");

impl Explorer {
    /// Draws the whole network that close. What was in the middle stays there.
    pub fn set_detail(self, detail: Detail) {
        let middle = self.camera.get_untracked().map(|camera| camera.view.centre());
        let seen_in = |drawing: &Option<Drawing>| {
            let middle = middle?;
            let distance = |rectangle: Rectangle| (rectangle.centre().x - middle.x).hypot(rectangle.centre().y - middle.y);
            let nearest = drawing.as_ref()?.blocks().min_by(|one, other| distance(one.outline).total_cmp(&distance(other.outline)));
            nearest.map(|block| block.part())
        };
        let was_home = self.unfolding.with_untracked(Unfolding::is_folded);
        let seen = self.drawing.with_untracked(seen_in);
        self.selected.set(None);
        self.hovered.set(None);
        self.unfolding.set(Unfolding::of(detail));
        self.opened_by_search.set_value(None);
        let Some(room) = self.room() else { return };
        let home = Camera::home(&room);
        let around = seen.filter(|_| !was_home && detail != Detail::Stages).and_then(|part| self.rectangle_of(&part));
        let goal = around.map(|target| {
            let (target, view) = (target.centre(), home.view.centre());
            home.panned(target.x - view.x, target.y - view.y, &room)
        });
        self.jump(goal.unwrap_or(home));
    }

    /// A bundle comes apart, a block shows its layers or hides them. A bundle's first block takes the focus.
    pub fn open(self, part: &Part) {
        // What the pointer was over is gone.
        self.hovered.set(None);
        match part {
            Part::Blocks { stage, blocks } if blocks.len() > 1 => {
                self.selected.set(None);
                self.unfolding.update(|unfolding| unfolding.unfold(*stage));
                self.focus_soon(&part_of_block(BlockPlace { stage: *stage, block: blocks.start }));
            }
            Part::Blocks { .. } | Part::Layer(_) => {
                if let Some(place) = self.block_of(part) {
                    self.turn(place);
                    self.focus_soon(&part_of_block(place));
                }
            }
            Part::Arc { .. } | Part::End(_) => {}
        }
    }

    /// Shows the layers of a block or hides them, and brings the camera there. The focus stays where it is.
    pub fn turn(self, place: BlockPlace) {
        self.hovered.set(None);
        self.unfolding.update(|unfolding| unfolding.turn(place));
        self.opened_by_search.set_value(None);
        let part = part_of_block(place);
        if self.unfolding.with_untracked(|unfolding| unfolding.is_open(place)) {
            self.fit_part(&part);
        } else if let (Some(whole), Some(room)) = (self.rectangle_of(&part), self.room()) {
            self.fly(Camera::home(&room).revealing(&whole, &room));
        }
    }

    /// Switches the skip connection of a block; of a bundle that of the first, which then stands alone.
    pub fn switch(self, part: &Part) {
        if let Some(place) = self.block_of(part) {
            self.note.set("");
            self.experiment.update(|experiment| experiment.network.switch_block(place));
        }
    }

    /// Takes a block out of the network; of a bundle the last. Its neighbour takes the focus.
    pub fn remove(self, part: &Part) {
        let Some(place) = last_block(part) else { return };
        let blocks = self.spec.with_untracked(|spec| spec.blocks_in_stage(place.stage));
        let mut experiment = self.experiment.get_untracked();
        if !experiment.network.drop_block(place) {
            return self.note.set(translated(LAST_BLOCK));
        }
        self.note.set("");
        self.hovered.set(None);
        self.selected.set(None);
        self.experiment.set(experiment);
        self.focus_soon(&part_of_block(BlockPlace { block: place.block.min(blocks.saturating_sub(2)), ..place }));
    }

    /// Puts another block behind one; of a bundle behind the last. False, with a note, where the network is too deep for that.
    pub fn add_after(self, part: &Part) -> bool {
        let Some(place) = last_block(part) else { return false };
        let mut experiment = self.experiment.get_untracked();
        if !experiment.network.add_block_behind(place) {
            self.note.set(translated(DEEPEST));
            return false;
        }
        self.note.set("");
        self.experiment.set(experiment);
        true
    }

    /// Brings a layer into view; its block is opened, the one that the last search opened is closed. The layer gets the focus
    /// if asked for.
    pub fn show_layer(self, node: usize, takes_focus: bool) {
        let before = self.opened_by_search.get_value();
        let end = self.graph.with_untracked(|graph| end_of_layer(graph, node));
        let part = end.map_or(Part::Layer(node), Part::End);
        let place = self.block_of(&part);
        if let Some(place) = place.filter(|place| before != Some(*place)) {
            let is_closed = !self.unfolding.with_untracked(|unfolding| unfolding.is_open(place));
            self.unfolding.update(|unfolding| {
                before.into_iter().for_each(|before| unfolding.turn(before));
                if is_closed {
                    unfolding.turn(place);
                }
            });
            self.opened_by_search.set_value(is_closed.then_some(place));
        }
        self.fit_part(&place.map_or_else(|| part.clone(), part_of_block));
        self.selected.set(None);
        self.hovered.set(None);
        self.focused.set(Some(part.clone()));
        self.tab_stop.set(Some(part.clone()));
        if takes_focus {
            self.focus_soon(&part);
        }
    }
}

/// The block that is meant; of a bundle of equal ones the last.
fn last_block(part: &Part) -> Option<BlockPlace> {
    match part {
        Part::Blocks { stage, blocks } | Part::Arc { stage, blocks } => {
            Some(BlockPlace { stage: *stage, block: blocks.end.checked_sub(1)? })
        }
        Part::End(_) | Part::Layer(_) => None,
    }
}
