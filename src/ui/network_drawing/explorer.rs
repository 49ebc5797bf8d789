//! What of the network is drawn, what of the drawing is seen, and what is pointed at.

use web_sys::Element;

use crate::drawing::network::{
    Camera, Detail, Drawing, LayerGraph, Legibility, Part, Place, Rectangle, Room, Unfolding, explain, explain_network, find_layers,
    layout_unfolded,
};
use crate::spec::{BlockPlace, LayerKind, ResNetSpec};
use crate::ui::browser::{next_frame, now_ms, window};
use crate::ui::element_width::element_width;
use crate::ui::follow::follow;
use crate::ui::markup::element;
use crate::ui::session::Session;

use super::CANVAS;
use crate::ui::signals::{Kept, Memo, Signal};

/// How long the camera takes from one place to another.
const FLIGHT_MS: f64 = 250.0;
/// Room around what the camera is brought to, in units of the drawing.
const AROUND: f64 = 8.0;

/// The camera on its way.
#[derive(Clone)]
struct Flight {
    from: Camera,
    to: Camera,
    start_ms: f64,
}

/// Handle to the state of the drawing. It takes no room: closures are full of it.
#[derive(Clone, Copy)]
pub struct Explorer(());

thread_local! {
    static OF_PAGE: &'static State = Box::leak(Box::new(State::new(Session::of_page())));
}

impl std::ops::Deref for Explorer {
    type Target = State;

    // One call at each use is less to download than the look-up at each.
    #[inline(never)]
    fn deref(&self) -> &State {
        OF_PAGE.with(|state| *state)
    }
}

/// What is drawn, seen and pointed at.
pub struct State {
    pub session: Session,
    pub spec: Memo<ResNetSpec>,
    pub graph: Memo<LayerGraph>,
    pub unfolding: Signal<Unfolding>,
    /// Nothing before the browser has laid the page out.
    pub drawing: Memo<Option<Drawing>>,
    /// Everything that can be walked to, in forward order; a part's place in it is its `data-place`.
    pub parts: Memo<Vec<Part>>,
    pub camera: Signal<Option<Camera>>,
    pub hovered: Signal<Option<Part>>,
    pub focused: Signal<Option<Part>>,
    /// The drawing's stop on the way of the tab key.
    pub tab_stop: Signal<Option<Part>>,
    flight: Kept<Option<Flight>>,
    /// What gets the focus once it is on the page.
    wants_focus: Kept<Option<Part>>,
    /// A block that was opened to show a layer that was looked for.
    opened_by_search: Kept<Option<BlockPlace>>,
}

impl State {
    fn new(session: Session) -> Self {
        let (spec, width) = (session.spec, element_width(CANVAS));
        let unfolding = Signal::new(Unfolding::default());
        let graph = Memo::new(move |_| spec.with(LayerGraph::new));
        let drawing = Memo::new(move |_| {
            let width = width.get()?;
            Some(spec.with(|spec| graph.with(|graph| unfolding.with(|unfolding| layout_unfolded(spec, graph, width, unfolding)))))
        });
        let parts = Memo::new(move |_| drawing.with(|drawing| drawing.as_ref().map(Drawing::parts).unwrap_or_default()));
        Self {
            session,
            spec,
            graph,
            unfolding,
            drawing,
            parts,
            camera: Signal::new(None),
            hovered: Signal::new(None),
            focused: Signal::new(None),
            tab_stop: Signal::new(None),
            flight: Kept::new(None),
            wants_focus: Kept::new(None),
            opened_by_search: Kept::new(None),
        }
    }
}

impl Explorer {
    /// The one there is.
    pub fn begun() -> Self {
        Self(())
    }

    /// Everything folded and seen whole; the panel is on the page.
    pub fn of_page() -> Self {
        let explorer = Self(());
        let room_before = Kept::new(None::<Room>);
        follow(move || {
            let Some(room) = explorer.drawing.with(|drawing| drawing.as_ref().map(Drawing::room)) else { return };
            let same_canvas = room_before.get().is_some_and(|before| before.canvas == room.canvas);
            let folded = explorer.unfolding.with_untracked(Unfolding::is_folded);
            match explorer.camera.get_untracked() {
                Some(camera) if same_canvas => explorer.camera.set(Some(camera.within(&room))),
                _ if folded => explorer.camera.set(Some(Camera::whole(&room))),
                _ => explorer.camera.set(Some(Camera::home(&room))),
            }
            room_before.set(Some(room));
        });
        explorer
    }

    /// Sizes of drawing and canvas.
    pub fn room(self) -> Option<Room> {
        self.drawing.with_untracked(|drawing| drawing.as_ref().map(Drawing::room))
    }

    /// What is to be explained.
    pub fn shown(self) -> Option<Part> {
        self.hovered.get().or_else(|| self.focused.get())
    }

    /// The place of a part, or of the one that holds its first block.
    pub fn place_of(self, part: &Part) -> Option<usize> {
        let holds = |other: &Part| match (other, part) {
            (Part::Blocks { stage, blocks }, Part::Blocks { stage: wanted, blocks: first }) => {
                stage == wanted && blocks.contains(&first.start)
            }
            _ => other == part,
        };
        self.parts.with_untracked(|parts| parts.iter().position(holds))
    }

    /// The part at a place.
    pub fn part_at(self, place: usize) -> Option<Part> {
        self.parts.with_untracked(|parts| parts.get(place).cloned())
    }

    /// What is read aloud for the part at a place.
    pub fn text_at(self, place: usize) -> String {
        let explained = |part: Part| self.spec.with_untracked(|spec| self.graph.with_untracked(|graph| explain(spec, graph, &part)));
        self.part_at(place).map_or_else(|| self.spec.with_untracked(explain_network), explained).text()
    }

    /// Where a part is drawn.
    pub fn rectangle_of(self, part: &Part) -> Option<Rectangle> {
        self.drawing.with_untracked(|drawing| {
            let drawing = drawing.as_ref()?;
            match part {
                Part::End(end) => drawing.ends.iter().find(|drawn| drawn.end == *end).map(|drawn| drawn.outline),
                Part::Blocks { stage, blocks } | Part::Arc { stage, blocks } => {
                    let drawn = drawing.blocks().find(|drawn| drawn.stage == *stage && drawn.blocks.contains(&blocks.start));
                    drawn.map(|drawn| drawn.whole())
                }
                Part::Layer(node) => {
                    let layer = drawing.blocks().flat_map(|block| &block.layers).find(|layer| layer.node == *node);
                    layer.map(|layer| layer.outline)
                }
            }
        })
    }

    /// Brings the camera somewhere else, smoothly unless the visitor wants no motion.
    pub fn fly(self, to: Camera) {
        let Some(from) = self.camera.get_untracked() else { return self.camera.set(Some(to)) };
        if prefers_no_motion() {
            return self.jump(to);
        }
        let is_flying = self.flight.with(Option::is_some);
        self.flight.set(Some(Flight { from, to, start_ms: now_ms() }));
        if !is_flying {
            next_frame(move || self.fly_on());
        }
    }

    /// Brings the camera somewhere else at once.
    pub fn jump(self, to: Camera) {
        self.flight.set(None);
        self.camera.set(Some(to));
    }

    fn fly_on(self) {
        let Some(Flight { from, to, start_ms }) = self.flight.get() else { return };
        let way = ((now_ms() - start_ms) / FLIGHT_MS).clamp(0.0, 1.0);
        if way >= 1.0 {
            return self.jump(to);
        }
        // Slow at both ends.
        self.camera.set(Some(from.towards(&to, way * way * (3.0 - 2.0 * way))));
        next_frame(move || self.fly_on());
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

    /// One level farther away; where there is none, the focus is given up.
    pub fn level_out(self) {
        let out = self.drawing.with_untracked(|drawing| self.camera.get_untracked()?.level_out(drawing.as_ref()?));
        match out {
            Some(camera) => self.fly(camera),
            None => self.focused.set(None),
        }
    }

    /// Draws the whole network that close.
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
        self.unfolding.set(Unfolding::of(detail));
        self.opened_by_search.set(None);
        let Some(room) = self.room() else { return };
        let home = Camera::home(&room);
        let around = seen.filter(|_| !was_home && detail != Detail::Stages).and_then(|part| self.rectangle_of(&part));
        // What was in the middle stays there.
        let goal =
            around.map(|target| home.panned(target.centre().x - home.view.centre().x, target.centre().y - home.view.centre().y, &room));
        self.jump(goal.unwrap_or(home));
    }

    /// A bundle comes apart, a block shows its layers or hides them.
    pub fn open(self, part: &Part) {
        // What the pointer was over is gone.
        self.hovered.set(None);
        match part {
            Part::Blocks { stage, blocks } if blocks.len() > 1 => {
                self.unfolding.update(|unfolding| unfolding.unfold(*stage));
                self.focus_soon(part);
            }
            Part::Blocks { stage, blocks } => self.turn(BlockPlace { stage: *stage, block: blocks.start }),
            Part::Layer(_) => {
                if let Some(place) = self.block_of(part) {
                    self.turn(place);
                }
            }
            Part::Arc { .. } | Part::End(_) => {}
        }
    }

    fn turn(self, place: BlockPlace) {
        self.unfolding.update(|unfolding| unfolding.turn(place));
        self.opened_by_search.set(None);
        let part = Part::Blocks { stage: place.stage, blocks: place.block..place.block + 1 };
        if let (Some(whole), Some(room)) = (self.rectangle_of(&part), self.room()) {
            let is_open = self.unfolding.with_untracked(|unfolding| unfolding.is_open(place));
            let home = Camera::home(&room);
            self.fly(if is_open { Camera::fit(&whole.grown(AROUND), &room) } else { home.revealing(&whole, &room) });
        }
        self.focus_soon(&part);
    }

    /// The block that a layer belongs to, or that is a part by itself.
    pub fn block_of(self, part: &Part) -> Option<BlockPlace> {
        match part {
            Part::Blocks { stage, blocks } | Part::Arc { stage, blocks } => Some(BlockPlace { stage: *stage, block: blocks.start }),
            Part::Layer(node) => match self.graph.with_untracked(|graph| graph.nodes.get(*node).map(|node| node.place))? {
                Place::Block { stage, index } => Some(BlockPlace { stage, block: index }),
                _ => None,
            },
            Part::End(_) => None,
        }
    }

    /// The block that a layer or an arc belongs to, as a part.
    fn block_part(self, part: &Part) -> Option<Part> {
        self.block_of(part).map(|place| Part::Blocks { stage: place.stage, blocks: place.block..place.block + 1 })
    }

    /// Switches the skip connection of a block; of a bundle that of the first, which then stands alone.
    pub fn switch(self, part: &Part) {
        let is_on_arc = |node: usize| {
            let sum = crate::drawing::network::Operation::Layer(LayerKind::Add);
            self.graph
                .with_untracked(|graph| graph.nodes.get(node).is_some_and(|node| node.operation == sum || node.name.ends_with(".shortcut")))
        };
        if matches!(part, Part::Layer(node) if !is_on_arc(*node)) {
            return;
        }
        if let Some(place) = self.block_of(part) {
            self.session.experiment.update(|experiment| experiment.network.switch_block(place));
            self.focus_soon(&Part::Blocks { stage: place.stage, blocks: place.block..place.block + 1 });
        }
    }

    /// Brings a layer into view; its block is opened, the one that the last search opened is closed. The layer gets
    /// the focus if asked for.
    pub fn show_layer(self, node: usize, takes_focus: bool) {
        let before = self.opened_by_search.get();
        let part = self.part_of(node);
        let place = self.block_of(&part);
        if let Some(place) = place.filter(|place| before != Some(*place)) {
            let is_closed = !self.unfolding.with_untracked(|unfolding| unfolding.is_open(place));
            self.unfolding.update(|unfolding| {
                before.into_iter().for_each(|before| unfolding.turn(before));
                if is_closed {
                    unfolding.turn(place);
                }
            });
            self.opened_by_search.set(is_closed.then_some(place));
        }
        let around = self.block_part(&part).unwrap_or_else(|| part.clone());
        if let (Some(whole), Some(room)) = (self.rectangle_of(&around), self.room()) {
            self.fly(Camera::fit(&whole.grown(AROUND), &room));
        }
        self.hovered.set(None);
        self.focused.set(Some(part.clone()));
        self.tab_stop.set(Some(part.clone()));
        if takes_focus {
            self.focus_soon(&part);
        }
    }

    /// A layer of a block, or the end that a layer outside of blocks is drawn in.
    fn part_of(self, node: usize) -> Part {
        self.graph.with_untracked(|graph| crate::drawing::network::end_of_layer(graph, node)).map_or(Part::Layer(node), Part::End)
    }

    /// The layers that a text means.
    pub fn find(self, text: &str) -> Vec<usize> {
        self.graph.with_untracked(|graph| find_layers(graph, text))
    }

    /// Moves the focus to a place, bringing it into view.
    pub fn walk_to(self, place: usize) {
        let Some(part) = self.part_at(place) else { return };
        // The keyboard took over: a pointer left lying on the drawing no longer decides.
        self.hovered.set(None);
        if let (Some(rectangle), Some(camera), Some(room)) = (self.rectangle_of(&part), self.camera.get_untracked(), self.room()) {
            let near = camera.revealing(&rectangle, &room);
            // From afar there are no single layers.
            let is_lost = matches!(part, Part::Layer(_)) && near.legibility(&room) == Legibility::Outlines;
            let closer = self
                .block_part(&part)
                .filter(|_| is_lost)
                .and_then(|block| self.rectangle_of(&block))
                .map(|whole| Camera::fit(&whole, &room));
            self.jump(closer.unwrap_or(near));
        }
        self.focus_soon(&part);
    }

    /// Gives the focus to a part once what is on the page follows.
    pub fn focus_soon(self, part: &Part) {
        self.wants_focus.set(Some(part.clone()));
        next_frame(move || self.give_focus());
    }

    /// Gives the focus to what wants it, once that is on the page and in view: focused from afar, it would scroll the page.
    pub fn give_focus(self) {
        let Some(part) = self.wants_focus.get() else { return };
        let is_seen = self.rectangle_of(&part).zip(self.camera.get_untracked()).is_some_and(|(drawn, camera)| camera.view.overlaps(&drawn));
        if !is_seen {
            return;
        }
        let element_of = |part: &Part| self.place_of(part).and_then(|place| self.element_at(place));
        // From afar a layer is not there, but its block is.
        let of_block = || element_of(&self.block_part(&part)?);
        if let Some(element) = element_of(&part).or_else(of_block) {
            self.wants_focus.set(None);
            focus(&element);
        }
    }

    /// Whether something will get the focus as soon as it is seen.
    pub fn awaits_focus(self) -> bool {
        self.wants_focus.with(Option::is_some)
    }

    /// The element of the part at a place, if it is near enough to be on the page.
    pub fn element_at(self, place: usize) -> Option<Element> {
        element(CANVAS)?.query_selector(&format!("[data-place='{place}']")).ok().flatten()
    }
}

/// A tap does so too: not every browser focuses SVG by itself.
pub fn focus(element: &Element) {
    use wasm_bindgen::JsCast;
    if let Some(element) = element.dyn_ref::<web_sys::SvgElement>() {
        // Refused only by an element that has left the page.
        let _ = element.focus();
    }
}

fn prefers_no_motion() -> bool {
    window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|query| query.matches())
}
