//! The kernels of our own that one training step launches, from the layers of the network.

use resnet_kernels::ConvolutionShape;
use resnet_kernels::images::WORD_BYTES;
use resnet_kernels::wgsl::{self, Rows, Tile, WgslKernel};
use resnet_playground::spec::{Activation, BATCH_NORM_MOMENTUM, LayerKind, LayerSpec, ResNetSpec};

/// Values that change no text and no size: of batch norm, and how much of a weight is added to its gradient.
const EPSILON: f32 = 1e-3;
const IN_GRADIENT: f32 = 2e-4;

/// A kernel, and what it works on.
#[derive(Debug, Clone, PartialEq)]
pub struct Launch {
    /// For people: the sizes it is launched for.
    pub sizes: String,
    pub kernel: WgslKernel,
    /// Numbers in the buffers that it reads and writes, each once.
    pub numbers_read: usize,
    pub numbers_written: usize,
    pub multiply_adds: usize,
}

/// All launches of a step, in no particular order: forward, backward, the optimizer.
pub fn of_step(spec: &ResNetSpec, batch: usize, tile: Tile) -> Vec<Launch> {
    let layers = spec.layers();
    let mut launches = vec![images(spec, batch)];
    for (place, layer) in layers.iter().enumerate() {
        match layer.kind {
            LayerKind::Convolution { kernel, stride } => {
                // Nobody needs the gradient of the images.
                convolution(&mut launches, &convolution_shape(layer, batch, kernel, stride), tile, place > 0);
            }
            LayerKind::Dense { .. } => convolution(&mut launches, &dense_shape(layer, batch), tile, true),
            LayerKind::BatchNorm => {
                let relu = layers.get(place + 1).is_some_and(|next| next.kind == LayerKind::Activation(Activation::Relu));
                batch_norm(&mut launches, layer, batch, relu, tile);
            }
            LayerKind::Dropout => dropout(&mut launches, layer, batch),
            // Burn's own: element by element, and means.
            LayerKind::Activation(_) | LayerKind::Add | LayerKind::AveragePool { .. } | LayerKind::Flatten => {}
        }
    }
    launches.push(cross_entropy(batch, spec.classes()));
    launches.extend(layers.iter().filter_map(weights).map(optimizer_step));
    launches
}

fn images(spec: &ResNetSpec, batch: usize) -> Launch {
    let choices = spec.choices();
    let numbers = choices.image_edge * choices.image_edge * choices.image_channels;
    let words = numbers / WORD_BYTES;
    launch(format!("{batch} images"), wgsl::gather_images(batch, words), batch * words, batch * numbers, 0)
}

fn convolution_shape(layer: &LayerSpec, batch: usize, kernel: usize, stride: usize) -> ConvolutionShape {
    let [height, width, channels_in] = layer.input;
    ConvolutionShape { batch, height, width, channels_in, channels_out: layer.output[2], kernel, stride }
}

/// A dense layer is a convolution of a map of one row, a pixel an image.
fn dense_shape(layer: &LayerSpec, batch: usize) -> ConvolutionShape {
    let [channels_in, channels_out] = [&layer.input, &layer.output].map(|shape| shape.iter().product());
    ConvolutionShape { batch: 1, height: 1, width: batch, channels_in, channels_out, kernel: 1, stride: 1 }
}

fn convolution(launches: &mut Vec<Launch>, shape: &ConvolutionShape, tile: Tile, with_input_gradient: bool) {
    let ConvolutionShape { height, width, channels_in, channels_out, kernel, stride, .. } = *shape;
    let stride = if stride == 1 { String::new() } else { format!(", stride {stride}") };
    let sizes = format!("{kernel}×{kernel}, {height} × {width} × {channels_in} → {channels_out}{stride}");
    let (input, weights, output) = (shape.input_len(), shape.kernel_len(), shape.output_len());
    let multiply_adds = output * kernel * kernel * channels_in;
    let partial = wgsl::shares_of(shape) * (weights + channels_out);
    let mut add = |kernel, read, written, multiply_adds| launches.push(launch(sizes.clone(), kernel, read, written, multiply_adds));
    add(wgsl::convolve(shape, tile), input + weights + channels_out, output, multiply_adds);
    if with_input_gradient {
        add(wgsl::input_gradient(shape, tile), output + weights, input, multiply_adds);
    }
    add(wgsl::kernel_gradient(shape, tile), input + output, partial, multiply_adds);
    add(wgsl::sum_shares(shape, tile), partial, weights + channels_out, 0);
}

fn batch_norm(launches: &mut Vec<Launch>, layer: &LayerSpec, batch: usize, relu: bool, tile: Tile) {
    let [height, width, channels] = layer.output;
    let rows = Rows { rows: batch * height * width, channels, relu, tile };
    let sizes = format!("{} × {channels}", rows.rows);
    let (all, partial) = (rows.rows * channels, rows.partial_len());
    let mut add = |kernel, read, written| launches.push(launch(sizes.clone(), kernel, read, written, 0));
    add(rows.sums(), all, partial);
    add(rows.statistics(EPSILON, BATCH_NORM_MOMENTUM), partial + 3 * channels, 4 * channels);
    add(rows.output(), all + 4 * channels, all);
    add(rows.gradient_sums(), 2 * all + 4 * channels, partial);
    add(rows.gradients(), partial, 4 * channels);
    add(rows.input_gradient(), 2 * all + 6 * channels, all);
}

/// Forward and back.
fn dropout(launches: &mut Vec<Launch>, layer: &LayerSpec, batch: usize) {
    let units = batch * layer.output_elements() as usize;
    let words = units.div_ceil(resnet_kernels::dropout::MASK_BITS);
    let one = launch(units.to_string(), wgsl::drop_units(units, 1.25), units + words, units, 0);
    launches.extend([one.clone(), one]);
}

fn cross_entropy(batch: usize, classes: usize) -> Launch {
    let kernel = wgsl::cross_entropy(batch, classes);
    launch(format!("{batch} × {classes}"), kernel, batch * (classes + 1), batch * (classes + 2), 0)
}

/// Numbers of the two trained tensors of a layer: kernel and bias, or gamma and beta.
fn weights(layer: &LayerSpec) -> Option<[usize; 2]> {
    let (channels_in, channels_out) = (layer.input[2], layer.output[2]);
    match layer.kind {
        LayerKind::Convolution { kernel, .. } => Some([kernel * kernel * channels_in * channels_out, channels_out]),
        LayerKind::Dense { .. } => Some([channels_in * channels_out, channels_out]),
        LayerKind::BatchNorm => Some([channels_out; 2]),
        _ => None,
    }
}

fn optimizer_step(lens @ [one, other]: [usize; 2]) -> Launch {
    let numbers = one + other;
    launch(format!("{one} and {other}"), wgsl::amsgrad(lens.map(|len| (len, IN_GRADIENT))), 5 * numbers + 1, 4 * numbers, 0)
}

fn launch(sizes: String, kernel: WgslKernel, numbers_read: usize, numbers_written: usize, multiply_adds: usize) -> Launch {
    Launch { sizes, kernel, numbers_read, numbers_written, multiply_adds }
}

#[cfg(test)]
mod tests;
