//! Names and axes of the two layouts.

use std::borrow::Cow;

use crate::experiment::weight_init::WeightLayout;

use super::ExpectedWeight;

/// Name and shape of a weight in a file of that layout.
pub(super) fn in_file(weight: &ExpectedWeight, layout: WeightLayout) -> (String, Vec<usize>) {
    match layout {
        WeightLayout::Keras => (weight.name.clone(), weight.shape.clone()),
        WeightLayout::PyTorch => {
            let (path, part) = weight.name.rsplit_once('.').unwrap_or(("", &weight.name));
            let part = match part {
                "kernel" | "gamma" => "weight",
                "beta" => "bias",
                "moving_mean" => "running_mean",
                "moving_variance" => "running_var",
                other => other,
            };
            (format!("{path}.{part}"), torch_shape(&weight.shape))
        }
    }
}

/// `[height, width, in, out]` → `[out, in, height, width]`; `[in, out]` → `[out, in]`.
fn torch_shape(shape: &[usize]) -> Vec<usize> {
    match *shape {
        [height, width, channels_in, channels_out] => vec![channels_out, channels_in, height, width],
        [channels_in, channels_out] => vec![channels_out, channels_in],
        _ => shape.to_vec(),
    }
}

/// Keras' shape of a weight that has this one in a file of that layout.
pub(super) fn keras_shape(shape: &[usize], layout: WeightLayout) -> Vec<usize> {
    match (layout, shape) {
        (WeightLayout::PyTorch, [channels_out, channels_in, height, width]) => vec![*height, *width, *channels_in, *channels_out],
        (WeightLayout::PyTorch, [channels_out, channels_in]) => vec![*channels_in, *channels_out],
        _ => shape.to_vec(),
    }
}

/// Values of a Keras weight in the order of a file of that layout.
pub(super) fn to_file<'a>(values: &'a [f32], shape: &[usize], layout: WeightLayout) -> Cow<'a, [f32]> {
    match (layout, rows_and_columns(shape)) {
        // As a matrix `[positions · in, out]` becomes `[out, in · positions]`.
        (WeightLayout::PyTorch, Some([positions, channels_in, channels_out])) => {
            let mut moved = vec![0.0; values.len()];
            for_each_place([positions, channels_in, channels_out], |keras, torch| moved[torch] = values[keras]);
            Cow::Owned(moved)
        }
        _ => Cow::Borrowed(values),
    }
}

/// Values of a file of that layout in Keras' order.
pub(super) fn from_file(values: Vec<f32>, shape: &[usize], layout: WeightLayout) -> Vec<f32> {
    match (layout, rows_and_columns(shape)) {
        (WeightLayout::PyTorch, Some(extents)) => {
            let mut moved = vec![0.0; values.len()];
            for_each_place(extents, |keras, torch| moved[keras] = values[torch]);
            moved
        }
        _ => values,
    }
}

/// `[positions, in, out]` of a kernel; nothing for other weights.
fn rows_and_columns(shape: &[usize]) -> Option<[usize; 3]> {
    match *shape {
        [height, width, channels_in, channels_out] => Some([height * width, channels_in, channels_out]),
        [channels_in, channels_out] => Some([1, channels_in, channels_out]),
        _ => None,
    }
}

/// Calls with the place of each value in Keras' order and in PyTorch's.
fn for_each_place([positions, channels_in, channels_out]: [usize; 3], mut each: impl FnMut(usize, usize)) {
    for position in 0..positions {
        for input in 0..channels_in {
            for output in 0..channels_out {
                each((position * channels_in + input) * channels_out + output, (output * channels_in + input) * positions + position);
            }
        }
    }
}
