//! Which part of a drawing is shown, and how it moves.

use super::{Drawing, Point, Rectangle, Room};

/// Pixels a unit of the drawing takes at most.
const CLOSEST: f64 = 4.0;
/// Below these scales small texts, and then everything but outlines, can no longer be told apart.
const TEXT_IS_LEGIBLE: f64 = 0.62;
const SHAPES_ARE_LEGIBLE: f64 = 0.24;
/// Room around what is brought into view, in units of the drawing.
const SURROUNDINGS: f64 = 10.0;
/// Cameras closer than this share of their width to each other look the same.
const SAME: f64 = 0.01;

/// How much can be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Legibility {
    /// Only where blocks are.
    Outlines,
    /// Bars, arcs and layers, but no small texts.
    Shapes,
    /// Everything.
    Texts,
}

/// The part of the drawing that fills the canvas; always of the canvas's proportions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// What is shown, in units of the drawing.
    pub view: Rectangle,
}

impl Camera {
    /// At scale 1, where the network begins; all of a folded drawing.
    pub fn home(room: &Room) -> Self {
        Self { view: Rectangle { x: 0.0, y: 0.0, width: room.canvas[0], height: room.canvas[1] } }
    }

    /// The whole drawing, however small.
    pub fn whole(room: &Room) -> Self {
        Self::fit(&room.all(), room)
    }

    /// As close as `content` can be shown whole, in its middle as far as the drawing reaches.
    pub fn fit(content: &Rectangle, room: &Room) -> Self {
        let [width, height] = room.canvas;
        let scale = (width / content.width).min(height / content.height);
        let centre = content.centre();
        Self { view: Rectangle::around(centre, width / scale, height / scale) }.within(room)
    }

    /// Pixels that a unit of the drawing takes.
    pub fn scale(&self, room: &Room) -> f64 {
        room.canvas[0] / self.view.width
    }

    /// What can be told apart at its scale.
    pub fn legibility(&self, room: &Room) -> Legibility {
        match self.scale(room) {
            scale if scale >= TEXT_IS_LEGIBLE => Legibility::Texts,
            scale if scale >= SHAPES_ARE_LEGIBLE => Legibility::Shapes,
            _ => Legibility::Outlines,
        }
    }

    /// Closer by `factor`, or farther below 1; the point `about` stays where it is on the canvas.
    pub fn zoomed(&self, factor: f64, about: Point, room: &Room) -> Self {
        let least = room.canvas[0] / CLOSEST;
        let most = Self::whole(room).view.width.max(least);
        // How large the view becomes relative to now.
        let share = (self.view.width / factor).clamp(least, most) / self.view.width;
        let view = Rectangle {
            x: about.x + (self.view.x - about.x) * share,
            y: about.y + (self.view.y - about.y) * share,
            width: self.view.width * share,
            height: self.view.height * share,
        };
        Self { view }.within(room)
    }

    /// Moved by that many units of the drawing, as far as the drawing reaches.
    pub fn panned(&self, right: f64, down: f64, room: &Room) -> Self {
        let view = Rectangle { x: self.view.x + right, y: self.view.y + down, ..self.view };
        Self { view }.within(room)
    }

    /// Moved no farther than `target` needs to be seen whole; farther away where it is larger than the view.
    pub fn revealing(&self, target: &Rectangle, room: &Room) -> Self {
        let target = target.grown(SURROUNDINGS);
        if target.width > self.view.width || target.height > self.view.height.max(room.world[1]) {
            return Self::fit(&target, room);
        }
        let shift = |from: f64, to: f64, least: f64, most: f64| (to - most).max(0.0) + (from - least).min(0.0);
        let right = shift(target.x, target.right(), self.view.x, self.view.right());
        let down = shift(target.y, target.bottom(), self.view.y, self.view.bottom());
        self.panned(right, down, room)
    }

    /// On the way from `self` to `end`: 0 at the start, 1 at the end. Zooms by equal factors in equal times.
    pub fn towards(&self, end: &Self, way: f64) -> Self {
        let (from, to) = (self.view, end.view);
        let growth = to.width / from.width;
        let width = from.width * growth.powf(way);
        // What is seen must keep its course while the size changes: its middle moves as the size does.
        let share = if (growth - 1.0).abs() < 1e-6 { way } else { (width - from.width) / (to.width - from.width) };
        let mix = |from: f64, to: f64| from + (to - from) * share;
        let (start, goal) = (from.centre(), to.centre());
        let centre = Point::new(mix(start.x, goal.x), mix(start.y, goal.y));
        Self { view: Rectangle::around(centre, width, from.height * width / from.width) }
    }

    /// One level farther away: from a block to its stage, from a stage to the whole network; nothing where all is seen.
    pub fn level_out(&self, drawing: &Drawing) -> Option<Self> {
        let room = drawing.room();
        let middle = self.view.centre();
        let distance = |frame: &Rectangle| {
            let gap = |least: f64, at: f64, most: f64| (least - at).max(at - most).max(0.0);
            gap(frame.x, middle.x, frame.right()) + gap(frame.y, middle.y, frame.bottom())
        };
        let stage = drawing.stages.iter().map(|stage| stage.frame).min_by(|one, other| distance(one).total_cmp(&distance(other)));
        let levels = stage.map(|frame| Self::fit(&frame, &room)).into_iter().chain([Self::whole(&room)]);
        levels.into_iter().find(|level| level.view.width > self.view.width * (1.0 + SAME))
    }

    /// Whether it shows all of the drawing.
    pub fn shows_all(&self, room: &Room) -> bool {
        self.view.grown(0.5).encloses(&room.all())
    }

    /// Where the view begins and ends along the network, as shares of the drawing's length.
    pub fn span(&self, room: &Room) -> [f64; 2] {
        let Rectangle { x, y, .. } = self.view;
        let (begin, end) = if room.axis() == 0 { (x, self.view.right()) } else { (y, self.view.bottom()) };
        [begin, end].map(|place| (place / room.world[room.axis()]).clamp(0.0, 1.0))
    }

    /// Its middle moved to a share of the drawing's length.
    pub fn centred_at(&self, share: f64, room: &Room) -> Self {
        let goal = share * room.world[room.axis()];
        let middle = self.view.centre();
        if room.axis() == 0 { self.panned(goal - middle.x, 0.0, room) } else { self.panned(0.0, goal - middle.y, room) }
    }

    /// Of a size that shows anything, and beside the drawing only where the drawing is smaller than the view.
    pub fn within(&self, room: &Room) -> Self {
        let [width, height] = room.canvas;
        let fits_all = (room.world[0] / width).max(room.world[1] / height);
        let size = (self.view.width / width).clamp(1.0 / CLOSEST, fits_all.max(1.0 / CLOSEST));
        let sized = Rectangle::around(self.view.centre(), width * size, height * size);
        let place = |at: f64, view: f64, world: f64| if view >= world { (world - view) / 2.0 } else { at.clamp(0.0, world - view) };
        let view = Rectangle { x: place(sized.x, sized.width, room.world[0]), y: place(sized.y, sized.height, room.world[1]), ..sized };
        Self { view }
    }
}
