// jax-js: the whole step is one jitted function. It counts references, so a value that is used twice says so with `.ref`.
import { blockUntilReady, defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from '/modules/@jax-js/jax/dist/index.js';
import { channelsFirst, kernelChannelsFirst } from './case.js';
import { ADAM, BATCH_NORM, forward, isTrained, stepLength } from './network.js';

/** How jax-js computes; moving statistics of the batch norms are put into `seen`. */
function operations(weights, seen) {
  const perChannel = (value, axes) => (axes === 4 ? value.reshape([1, -1, 1, 1]) : value.reshape([1, -1]));
  return {
    share: (maps) => maps.ref,
    relu: (maps) => nn.relu(maps),
    add: (one, other) => one.add(other),
    averagePool: (maps) => np.mean(maps, [2, 3]),
    convolution: (layer, maps, stride) =>
      lax.conv(maps, weights[`${layer}.kernel`], [stride, stride], 'SAME').add(perChannel(weights[`${layer}.bias`], 4)),
    dense: (layer, inputs) => np.matmul(inputs, weights[`${layer}.kernel`]).add(weights[`${layer}.bias`]),
    batchNorm(layer, maps) {
      const axes = maps.shape.length === 4 ? [0, 2, 3] : [0];
      const count = maps.shape.length;
      const mean = np.mean(maps.ref, axes);
      const centred = maps.sub(perChannel(mean.ref, count));
      const variance = np.mean(np.square(centred.ref), axes);
      const scale = weights[`${layer}.gamma`].div(np.sqrt(variance.ref.add(BATCH_NORM.epsilon)));
      seen[`${layer}.moving_mean`] = mean;
      seen[`${layer}.moving_variance`] = variance;
      return centred.mul(perChannel(scale, count)).add(perChannel(weights[`${layer}.beta`], count));
    },
  };
}

function lossOf(description) {
  return (weights, images, oneHot) => {
    const seen = {};
    const scores = forward(operations(weights, seen), description, images);
    const picked = np.sum(nn.logSoftmax(scores, 1).mul(oneHot), 1);
    return [np.mean(picked).neg(), seen];
  };
}

function trainingStep({ l2, ...description }) {
  const differentiated = valueAndGrad(lossOf(description), { hasAux: true });
  return (state, images, oneHot, length) => {
    const weights = Object.fromEntries(Object.entries(state.weights).map(([name, weight]) => [name, weight.ref]));
    const [[loss, seen], gradients] = differentiated(weights, images, oneHot);
    const next = { weights: {}, first: {}, second: {}, largest: {}, moving: {} };
    for (const [name, weight] of Object.entries(state.weights)) {
      let gradient = gradients[name];
      if (weight.shape.length === 4 && l2 > 0) gradient = gradient.add(weight.ref.mul(2 * l2));
      const first = state.first[name].mul(ADAM.beta1).add(gradient.ref.mul(1 - ADAM.beta1));
      const second = state.second[name].mul(ADAM.beta2).add(np.square(gradient).mul(1 - ADAM.beta2));
      const largest = np.maximum(state.largest[name], second.ref);
      const scaled = first.ref.div(np.sqrt(largest.ref).add(ADAM.epsilon));
      next.weights[name] = weight.sub(scaled.mul(length.ref));
      Object.assign(next.first, { [name]: first });
      Object.assign(next.second, { [name]: second });
      Object.assign(next.largest, { [name]: largest });
    }
    for (const [name, moving] of Object.entries(state.moving)) {
      next.moving[name] = moving.mul(BATCH_NORM.kept).add(seen[name].mul(1 - BATCH_NORM.kept));
    }
    length.dispose();
    return [loss, next];
  };
}

export async function start({ description, weights, batch }) {
  const devices = await init('webgpu');
  if (!devices.includes('webgpu')) throw new Error('jax-js finds no WebGPU here');
  defaultDevice('webgpu');
  const state = { weights: {}, first: {}, second: {}, largest: {}, moving: {} };
  for (const [name, weight] of weights) {
    const { shape, values } = kernelChannelsFirst(weight);
    const array = (numbers) => np.array(numbers, { shape, dtype: np.float32 });
    if (!isTrained(name)) {
      state.moving[name] = array(values);
      continue;
    }
    state.weights[name] = array(values);
    for (const moment of ['first', 'second', 'largest']) state[moment][name] = array(new Float32Array(values.length));
  }
  await blockUntilReady(state);
  const { batch_size: size, classes, learning_rate: rate } = description;
  const step = jit(trainingStep(description));
  let current = state;
  let done = 0;
  return {
    runsOn: 'webgpu',
    async step() {
      const { images, labels } = batch(done);
      const pixels = channelsFirst(images);
      const places = new Float32Array(size * classes);
      labels.forEach((label, image) => (places[image * classes + label] = 1));
      self.probe.mark();
      const started = performance.now();
      const inputs = [
        np.array(pixels, { shape: [size, 3, 32, 32], dtype: np.float32 }),
        np.array(places, { shape: [size, classes], dtype: np.float32 }),
        np.array(new Float32Array([stepLength(rate, done)]), { shape: [], dtype: np.float32 }),
      ];
      const [loss, next] = step(current, ...inputs);
      current = next;
      const [value] = await loss.data();
      // The loss needs no update of the weights: wait for one of them, too.
      await blockUntilReady(current.weights['stem.conv.bias']);
      const ms = performance.now() - started;
      done += 1;
      return { loss: value, ms, figures: self.probe.take() };
    },
    profile: () => self.probe.profile(),
  };
}
