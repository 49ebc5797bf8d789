//! Moving statistics of batch norm: mean and variance in one launch.

use super::text::{bindings, entry_point};
use super::{Extents, Text, Variant, WgslKernel};

/// Reads `moving_mean`, `moving_variance`, `mean` and `variance`, writes `new_mean` and `new_variance`, all `[channels]`;
/// each as [`follow`](crate::follow).
pub fn moving_statistics(channels: usize, momentum: f64) -> WgslKernel {
    let mut extents = Extents::default();
    extents[0] = channels as u32;
    extents[1] = (momentum as f32).to_bits();
    extents[2] = ((1.0 - momentum) as f32).to_bits();
    WgslKernel { variant: Variant(Text::MovingStatistics), threads: channels, extents }
}

pub(super) fn source() -> String {
    let read = [("moving_mean", "f32"), ("moving_variance", "f32"), ("mean", "f32"), ("variance", "f32")];
    let body = "new_mean[index] = moving_mean[index] * kept + mean[index] * new_share;
new_variance[index] = moving_variance[index] * kept + variance[index] * new_share;
";
    let sizes = "let kept = bitcast<f32>(extents[1]);\nlet new_share = bitcast<f32>(extents[2]);";
    bindings(&read, &[("new_mean", "f32"), ("new_variance", "f32")])
        + &entry_point(Variant(Text::MovingStatistics).entry_point(), sizes, "extents[0]", body)
}
