//! The arc of a skip connection: from the trunk before a block, around it, to the plus behind it.

use super::{Point, Rectangle};
use crate::spec::Shortcut;

/// A skip connection as a cubic Bézier curve that leaves and meets the trunk at right angles.
///
/// ```text
///        ⌒⌒⌒         height of the curve = ¾ · reach of its control points
///      ⌒  ___  ⌒
///     │  |   |  │
///  ───┴──|___|──⊕──   trunk
///   start       end
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arc {
    /// On the trunk, before the block.
    pub start: Point,
    /// On the trunk, behind the block: where the plus is.
    pub end: Point,
    /// Control points above (or beside) start and end.
    pub controls: [Point; 2],
    /// Identity or projection.
    pub shortcut: Shortcut,
}

/// Side of the trunk an arc bulges to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bulge {
    /// Above a trunk that runs rightwards.
    Up,
    /// Right of a trunk that runs downwards.
    Right,
}

impl Arc {
    /// The arc around `obstacle`, `margin` away from it along the trunk and at least `clearance` away
    /// everywhere else. `trunk` is the trunk's y for [`Bulge::Up`], its x for [`Bulge::Right`].
    pub(super) fn around(obstacle: &Rectangle, trunk: f64, margin: f64, clearance: f64, bulge: Bulge, shortcut: Shortcut) -> Self {
        let (begin, length, rise) = match bulge {
            Bulge::Up => (obstacle.x, obstacle.width, trunk - obstacle.y),
            Bulge::Right => (obstacle.y, obstacle.height, obstacle.right() - trunk),
        };
        let reach = reach(length, rise, margin, clearance);
        let (from, to) = (begin - margin, begin + length + margin);
        let point = |along: f64, away: f64| match bulge {
            Bulge::Up => Point::new(along, trunk - away),
            Bulge::Right => Point::new(trunk + away, along),
        };
        Self { start: point(from, 0.0), end: point(to, 0.0), controls: [point(from, reach), point(to, reach)], shortcut }
    }

    /// The `d` of its path.
    pub fn path(&self) -> String {
        let [first, second] = self.controls;
        format!(
            "M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}",
            self.start.x, self.start.y, first.x, first.y, second.x, second.y, self.end.x, self.end.y
        )
    }

    /// The point at `t`, 0 at the start and 1 at the end.
    pub fn point_at(&self, t: f64) -> Point {
        let [first, second] = self.controls;
        let u = 1.0 - t;
        let mix = |a: f64, b: f64, c: f64, d: f64| u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d;
        Point::new(mix(self.start.x, first.x, second.x, self.end.x), mix(self.start.y, first.y, second.y, self.end.y))
    }

    /// Its middle, farthest from the trunk: where a projection's chip sits.
    pub fn apex(&self) -> Point {
        self.point_at(0.5)
    }
}

/// Distance of the control points from the trunk.
///
/// Along the trunk the curve has covered 3t² − 2t³ of its way, away from it 3t(1 − t) of the reach.
/// Where it passes the obstacle's corner it must already be `rise + clearance` away.
fn reach(length: f64, rise: f64, margin: f64, clearance: f64) -> f64 {
    let whole = length + 2.0 * margin;
    let corner = (margin - clearance).max(margin / 2.0) / whole;
    // The covered way rises with t, so halving finds the t of the corner.
    let (mut low, mut high) = (0.0, 0.5);
    for _ in 0..40 {
        let t: f64 = (low + high) / 2.0;
        if 3.0 * t * t - 2.0 * t * t * t < corner { low = t } else { high = t }
    }
    (rise + clearance) / (3.0 * low * (1.0 - low))
}
