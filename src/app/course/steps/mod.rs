//! The steps, one file each.

mod block;
mod convolutions;
mod depth;
mod depth_formula;
mod gradient;
mod head;
mod order;
mod projection;
mod result;
mod shapes;
mod shared;
mod sum;
mod training;

use crate::experiment::permalink::LessonStep;

use super::step::Step;

/// The step of a place in the course.
pub fn step(id: LessonStep) -> &'static Step {
    match id {
        LessonStep::Depth => &depth::STEP,
        LessonStep::Block => &block::STEP,
        LessonStep::Sum => &sum::STEP,
        LessonStep::Order => &order::STEP,
        LessonStep::Projection => &projection::STEP,
        LessonStep::Shapes => &shapes::STEP,
        LessonStep::DepthFormula => &depth_formula::STEP,
        LessonStep::Convolutions => &convolutions::STEP,
        LessonStep::Head => &head::STEP,
        LessonStep::Training => &training::STEP,
        LessonStep::Gradient => &gradient::STEP,
        LessonStep::Result => &result::STEP,
    }
}
