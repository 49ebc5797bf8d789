/** Bytes of a file of the case. */
async function bytes(name, file) {
  const response = await fetch(`/cases/${name}/${file}`);
  if (!response.ok) throw new Error(`${file} of the case ${name} is not there`);
  return response.arrayBuffer();
}

/** Named weights of a safetensors file. */
function readSafetensors(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const weights = new Map();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const [begin, end] = entry.data_offsets;
    weights.set(name, { shape: entry.shape, values: new Float32Array(buffer.slice(8 + length + begin, 8 + length + end)) });
  }
  return weights;
}

/** What all trainers share: the network, its first weights, and the batches in their order. */
export async function loadCase(name) {
  const description = JSON.parse(new TextDecoder().decode(await bytes(name, 'case.json')));
  const files = ['first_weights.safetensors', 'pixels.u8', 'labels.u8', 'order.u32'];
  const [weights, pixels, labels, order] = await Promise.all(files.map((file) => bytes(name, file)));
  return {
    description,
    file: (file) => bytes(name, file),
    weights: readSafetensors(weights),
    batch: batches(description, new Uint8Array(pixels), new Uint8Array(labels), new Uint32Array(order)),
  };
}

const IMAGE = 32 * 32 * 3;

/** Gives, for a step, its labels and its normalised images, `[batch, 32, 32, 3]`. */
function batches({ batch_size: size, channel_mean: mean, channel_deviation: deviation }, pixels, labels, order) {
  return (step) => {
    const places = order.subarray(step * size, (step + 1) * size);
    if (places.length < size) throw new Error(`the case has no batch for step ${step}`);
    const images = new Float32Array(size * IMAGE);
    places.forEach((place, index) => {
      for (let value = 0; value < IMAGE; value += 1) {
        const channel = value % 3;
        images[index * IMAGE + value] = (pixels[place * IMAGE + value] / 255 - mean[channel]) / deviation[channel];
      }
    });
    return { images, labels: Int32Array.from(places, (place) => labels[place]) };
  };
}

/** The same images as `[batch, 3, 32, 32]`. */
export function channelsFirst(images) {
  const moved = new Float32Array(images.length);
  const area = 32 * 32;
  for (let index = 0; index < images.length; index += 1) {
    const [image, place, channel] = [Math.floor(index / IMAGE), Math.floor((index % IMAGE) / 3), index % 3];
    moved[image * IMAGE + channel * area + place] = images[index];
  }
  return moved;
}

/** A convolution kernel `[height, width, in, out]` as `[out, in, height, width]`; anything else as it is. */
export function kernelChannelsFirst({ shape, values }) {
  if (shape.length !== 4) return { shape, values };
  const [height, width, inner, outer] = shape;
  const moved = new Float32Array(values.length);
  let from = 0;
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1)
      for (let channel = 0; channel < inner; channel += 1)
        for (let out = 0; out < outer; out += 1, from += 1)
          moved[((out * inner + channel) * height + row) * width + column] = values[from];
  return { shape: [outer, inner, height, width], values: moved };
}
