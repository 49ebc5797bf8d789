//! Where everything goes: lays a network out rightwards or downwards, whichever the width allows.

use super::shared::Closer;
use super::{Drawing, LayerGraph, Orientation, Unfolding, WIDEST, narrow, wide};
use crate::spec::ResNetSpec;

/// Lays out a network in `width` pixels. What it takes does not grow with depth, see [`super::fold`].
pub fn layout(spec: &ResNetSpec, width: f64) -> Drawing {
    // Folded, no layer is drawn, and none is asked for.
    let closer = Closer { unfolding: &Unfolding::default(), graph: &LayerGraph::default() };
    layout_closer(spec, width, &closer)
}

/// As [`layout`], with what is unfolded and opened; `graph` is that of the network. What stands before an unfolded
/// bundle or an opened block stays where it was, what stands behind moves along the trunk.
pub fn layout_unfolded(spec: &ResNetSpec, graph: &LayerGraph, width: f64, unfolding: &Unfolding) -> Drawing {
    let folded = layout(spec, width);
    if unfolding.is_folded() {
        return folded;
    }
    Drawing { canvas: [folded.width, folded.height], ..layout_closer(spec, width, &Closer { unfolding, graph }) }
}

fn layout_closer(spec: &ResNetSpec, width: f64, closer: &Closer) -> Drawing {
    match Orientation::for_width(width) {
        Orientation::Wide => wide::layout(spec, width.min(WIDEST), closer),
        Orientation::Narrow => narrow::layout(spec, width, closer),
    }
}
