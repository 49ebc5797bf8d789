// TensorFlow.js, on the backend that was asked for.
import { ADAM, BATCH_NORM, forward, isTrained, stepLength } from './network.js';

const PACKAGES = '/modules/@tensorflow';

/** tfjs' bundles are scripts that put `tf` into the window. */
function loadScript(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { src: source, onload: resolve, onerror: () => reject(new Error(`${source} does not load`)) });
    document.head.append(script);
  });
}

async function load(backend) {
  await loadScript(`${PACKAGES}/tfjs/dist/tf.min.js`);
  if (backend === 'webgpu') await loadScript(`${PACKAGES}/tfjs-backend-webgpu/dist/tf-backend-webgpu.min.js`);
  if (backend === 'wasm') {
    await loadScript(`${PACKAGES}/tfjs-backend-wasm/dist/tf-backend-wasm.min.js`);
    self.tf.wasm.setWasmPaths(`${PACKAGES}/tfjs-backend-wasm/dist/`);
  }
  if (!(await self.tf.setBackend(backend))) throw new Error(`tfjs has no backend ${backend} here`);
  await self.tf.ready();
  return self.tf;
}

/**
 * The wasm backend has no kernel for the gradient of a convolution's filter. This makes it from what the backend has:
 * for each place of the kernel, the product of the shifted images with the gradient.
 */
function withFilterGradient(tf) {
  const filterGradient = (images, gradient, [height, width, inner, outer], stride) => {
    const [batch, rows, columns] = gradient.shape;
    const flat = gradient.reshape([-1, outer]);
    // Odd kernels of stride 1, and 1×1 kernels of stride 2: all that this network has.
    const [above, before] = [(height - 1) / 2, (width - 1) / 2];
    const padded = above + before > 0 ? tf.pad(images, [[0, 0], [above, above], [before, before], [0, 0]]) : images;
    const products = [];
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const end = [batch, row + (rows - 1) * stride + 1, column + (columns - 1) * stride + 1, inner];
        const shifted = tf.stridedSlice(padded, [0, row, column, 0], end, [1, stride, stride, 1]);
        products.push(tf.matMul(shifted.reshape([-1, inner]), flat, true, false));
      }
    }
    return tf.stack(products).reshape([height, width, inner, outer]);
  };
  return (images, kernel, stride) =>
    tf.customGrad((input, filter, save) => {
      save([input, filter]);
      const value = tf.conv2d(input, filter, stride, 'same');
      const gradFunc = (gradient, [savedInput, savedFilter]) => [
        tf.conv2dTranspose(gradient, savedFilter, savedInput.shape, stride, 'same'),
        filterGradient(savedInput, gradient, savedFilter.shape, stride),
      ];
      return { value, gradFunc };
    })(images, kernel);
}

function operations(tf, convolve, weights, seen) {
  return {
    share: (maps) => maps,
    relu: (maps) => tf.relu(maps),
    add: (one, other) => tf.add(one, other),
    averagePool: (maps) => tf.mean(maps, [1, 2]),
    convolution: (layer, maps, stride) => convolve(maps, weights[`${layer}.kernel`], stride).add(weights[`${layer}.bias`]),
    dense: (layer, inputs) => tf.matMul(inputs, weights[`${layer}.kernel`]).add(weights[`${layer}.bias`]),
    batchNorm(layer, maps) {
      const { mean, variance } = tf.moments(maps, maps.rank === 4 ? [0, 1, 2] : [0]);
      seen[`${layer}.moving_mean`] = tf.keep(mean.clone());
      seen[`${layer}.moving_variance`] = tf.keep(variance.clone());
      return tf.batchNorm(maps, mean, variance, weights[`${layer}.beta`], weights[`${layer}.gamma`], BATCH_NORM.epsilon);
    },
  };
}

export async function start({ description, weights, batch }, { backend }) {
  const tf = await load(backend);
  const convolve = backend === 'wasm' ? withFilterGradient(tf) : (maps, kernel, stride) => tf.conv2d(maps, kernel, stride, 'same');
  const { batch_size: size, classes, learning_rate: rate, l2 } = description;
  const variables = new Map([...weights].map(([name, { shape, values }]) => [name, tf.variable(tf.tensor(values, shape), isTrained(name))]));
  const trained = [...variables.keys()].filter(isTrained);
  const zeros = (name) => tf.variable(tf.zerosLike(variables.get(name)), false);
  const moments = new Map(trained.map((name) => [name, { first: zeros(name), second: zeros(name), largest: zeros(name) }]));

  function differentiate(images, oneHot) {
    const seen = {};
    const named = Object.fromEntries(trained.map((name) => [name, variables.get(name)]));
    const loss = () => {
      const scores = forward(operations(tf, convolve, named, seen), description, images);
      return tf.logSoftmax(scores).mul(oneHot).sum(1).mean().neg();
    };
    const { value, grads } = tf.variableGrads(loss, Object.values(named));
    const gradients = Object.fromEntries(trained.map((name) => [name, grads[variables.get(name).name]]));
    return { value, gradients, seen };
  }

  function update(name, gradient, length) {
    const weight = variables.get(name);
    const { first, second, largest } = moments.get(name);
    const pulled = weight.rank === 4 && l2 > 0 ? gradient.add(weight.mul(2 * l2)) : gradient;
    first.assign(first.mul(ADAM.beta1).add(pulled.mul(1 - ADAM.beta1)));
    second.assign(second.mul(ADAM.beta2).add(pulled.square().mul(1 - ADAM.beta2)));
    largest.assign(tf.maximum(largest, second));
    weight.assign(weight.sub(first.div(largest.sqrt().add(ADAM.epsilon)).mul(length)));
  }

  function trainingStep(pixels, places, length) {
    return tf.tidy(() => {
      const images = tf.tensor4d(pixels, [size, 32, 32, 3]);
      const { value, gradients, seen } = differentiate(images, tf.tensor2d(places, [size, classes]));
      for (const name of trained) update(name, gradients[name], length);
      for (const [name, measured] of Object.entries(seen)) {
        const moving = variables.get(name);
        moving.assign(moving.mul(BATCH_NORM.kept).add(measured.mul(1 - BATCH_NORM.kept)));
        measured.dispose();
      }
      return value;
    });
  }

  let done = 0;
  return {
    runsOn: backend,
    async step() {
      const { images, labels } = batch(done);
      const places = new Float32Array(size * classes);
      labels.forEach((label, image) => (places[image * classes + label] = 1));
      self.probe.mark();
      const started = performance.now();
      const loss = trainingStep(images, places, stepLength(rate, done));
      const [value] = await loss.data();
      loss.dispose();
      // The loss needs no update of the weights: wait for one of them, too.
      await variables.get('stem.conv.bias').data();
      const ms = performance.now() - started;
      done += 1;
      return { loss: value, ms, figures: self.probe.take() };
    },
    profile: () => self.probe.profile(),
  };
}
