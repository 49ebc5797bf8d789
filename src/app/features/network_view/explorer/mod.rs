//! What of the network is drawn, what of the drawing is seen, and what is pointed at.
//!
//! ```text
//! experiment ─► spec ─► graph ─┐
//! width of the canvas ─────────┼─► drawing ─► parts
//! unfolding ───────────────────┘      └─► room ─┐
//! aim (gestures, keys, tools) ──────────────────┴─► camera
//! ```

mod aim;
mod camera;
mod change;
mod focus;

pub use focus::focus;

use leptos::{prelude::*, svg};

use crate::app::context::{ExperimentContext, use_experiment, use_view};
use crate::drawing::network::{
    BlockDrawing, Camera, Drawing, LayerGraph, Part, Place, Rectangle, Room, ShownPath, Unfolding, find_layers, layout_unfolded,
};
use crate::spec::{BlockPlace, ResNetSpec};

use aim::{Aim, Flight};

/// Handle to the state of the drawing.
#[derive(Clone, Copy)]
pub struct Explorer {
    pub experiment: ExperimentContext,
    pub spec: Memo<ResNetSpec>,
    pub graph: Memo<LayerGraph>,
    /// What is drawn closer than folded.
    pub unfolding: RwSignal<Unfolding>,
    /// Nothing before the browser has laid the page out.
    pub drawing: Memo<Option<Drawing>>,
    /// Everything that can be walked to, in forward order. A part's place in it is the `data-place` of its element.
    pub parts: Memo<Vec<Part>>,
    pub camera: Memo<Option<Camera>>,
    pub hovered: RwSignal<Option<Part>>,
    pub focused: RwSignal<Option<Part>>,
    /// The part that was focused last: where the tab key comes back to.
    pub tab_stop: RwSignal<Option<Part>>,
    /// The block whose toolbar is open; of a bundle, its first.
    pub selected: RwSignal<Option<BlockPlace>>,
    pub path: RwSignal<ShownPath>,
    /// Why the last wish could not be met; empty where it was.
    pub note: RwSignal<&'static str>,
    /// The element of the drawing, and the group of its parts.
    pub picture: NodeRef<svg::Svg>,
    pub scene: NodeRef<svg::G>,
    aim: RwSignal<Option<Aim>>,
    flight: StoredValue<Option<Flight>>,
    wants_focus: StoredValue<Option<Part>>,
    /// A block that was opened to show a layer that was looked for.
    opened_by_search: StoredValue<Option<BlockPlace>>,
    /// Whether the page is in the frame of another one.
    is_embedded: bool,
    /// Raised when the toolbar was opened by the keyboard, which then goes on in it.
    pub toolbar_entered: RwSignal<u32>,
}

impl Explorer {
    /// Everything folded and seen whole, in a canvas of that width in pixels.
    pub fn new(width: Signal<Option<f64>>) -> Self {
        let experiment = use_experiment();
        let spec = experiment.spec();
        let unfolding = RwSignal::new(Unfolding::default());
        let graph = Memo::new(move |_| spec.with(LayerGraph::new));
        let drawing = Memo::new(move |_| {
            let width = width.get()?;
            Some(spec.with(|spec| graph.with(|graph| unfolding.with(|unfolding| layout_unfolded(spec, graph, width, unfolding)))))
        });
        let parts = Memo::new(move |_| drawing.with(|drawing| drawing.as_ref().map(Drawing::parts).unwrap_or_default()));
        let aim = RwSignal::new(None::<Aim>);
        let camera = Memo::new(move |_| {
            let room = drawing.with(|drawing| drawing.as_ref().map(Drawing::room))?;
            let folded = unfolding.with(Unfolding::is_folded);
            Some(
                aim.get()
                    .filter(|aim| aim.is_for(&room))
                    .map_or_else(|| if folded { Camera::whole(&room) } else { Camera::home(&room) }, |aim| aim.camera.within(&room)),
            )
        });
        Self {
            experiment,
            spec,
            graph,
            unfolding,
            drawing,
            parts,
            camera,
            hovered: RwSignal::new(None),
            focused: RwSignal::new(None),
            tab_stop: RwSignal::new(None),
            selected: RwSignal::new(None),
            path: RwSignal::new(ShownPath::None),
            note: RwSignal::new(""),
            picture: NodeRef::new(),
            scene: NodeRef::new(),
            aim,
            flight: StoredValue::new(None),
            wants_focus: StoredValue::new(None),
            opened_by_search: StoredValue::new(None),
            is_embedded: use_view().is_embedded(),
            toolbar_entered: RwSignal::new(0),
        }
    }

    /// Sizes of drawing and canvas. Does not track.
    pub fn room(self) -> Option<Room> {
        self.drawing.with_untracked(|drawing| drawing.as_ref().map(Drawing::room))
    }

    /// What is to be explained. Tracks.
    pub fn shown(self) -> Option<Part> {
        self.hovered.get().or_else(|| self.focused.get())
    }

    /// The place of a part, or of the one that holds its first block. An arc has the place of its block.
    pub fn place_of(self, part: &Part) -> Option<usize> {
        let holds = |other: &Part| match (other, part) {
            (
                Part::Blocks { stage, blocks },
                Part::Blocks { stage: wanted, blocks: first } | Part::Arc { stage: wanted, blocks: first },
            ) => stage == wanted && blocks.contains(&first.start),
            _ => other == part,
        };
        self.parts.with_untracked(|parts| parts.iter().position(holds))
    }

    /// The part at a place.
    pub fn part_at(self, place: usize) -> Option<Part> {
        self.parts.with_untracked(|parts| parts.get(place).cloned())
    }

    /// Something about the block or bundle that holds a block. Tracks.
    pub fn of_block<T>(self, place: BlockPlace, look: impl FnOnce(&BlockDrawing) -> T) -> Option<T> {
        self.drawing.with(|drawing| {
            let mut blocks = drawing.as_ref()?.blocks();
            blocks.find(|drawn| drawn.stage == place.stage && drawn.blocks.contains(&place.block)).map(look)
        })
    }

    /// Where a part is drawn. Does not track.
    pub fn rectangle_of(self, part: &Part) -> Option<Rectangle> {
        match part {
            Part::End(end) => self
                .drawing
                .with_untracked(|drawing| drawing.as_ref()?.ends.iter().find(|drawn| drawn.end == *end).map(|drawn| drawn.outline)),
            Part::Blocks { stage, blocks } | Part::Arc { stage, blocks } => {
                untrack(|| self.of_block(BlockPlace { stage: *stage, block: blocks.start }, BlockDrawing::whole))
            }
            Part::Layer(node) => self.drawing.with_untracked(|drawing| {
                let mut layers = drawing.as_ref()?.blocks().flat_map(|block| &block.layers);
                layers.find(|layer| layer.node == *node).map(|layer| layer.outline)
            }),
        }
    }

    /// The block that a part belongs to; of a bundle, its first. Does not track.
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

    /// The layers that a text means.
    pub fn find(self, text: &str) -> Vec<usize> {
        self.graph.with_untracked(|graph| find_layers(graph, text))
    }

    /// Opens the toolbar of the block that a part belongs to; anything else closes it.
    pub fn select(self, part: &Part) {
        self.note.set("");
        self.selected.set(self.block_of(part));
    }

    /// The same by keyboard: the focus goes on into the toolbar.
    pub fn select_and_enter(self, part: &Part) {
        self.select(part);
        if self.selected.get_untracked().is_some() {
            self.toolbar_entered.update(|count| *count += 1);
        }
    }

    /// Nothing is selected, and nothing is focused any more.
    pub fn leave(self) {
        self.selected.set(None);
        self.focused.set(None);
    }
}

/// A single block as a part.
pub fn part_of_block(BlockPlace { stage, block }: BlockPlace) -> Part {
    Part::Blocks { stage, blocks: block..block + 1 }
}
