// borch.ts, from pyborch's wheel: its layers, its Adam, and its way to record a step once and replay it.
import { Device, Tensor, compiled, init, isSoftwareAdapter, nn, optim, scope } from '/libraries/pyborch/borch_webgpu/_borch.js';
import { channelsFirst, kernelChannelsFirst } from './case.js';
import { ADAM, BATCH_NORM, forward, isTrained } from './network.js';

/** What borch.ts counts of old moving statistics is what it takes of new ones. */
const MOMENTUM = 1 - BATCH_NORM.kept;

/** Weights of `[out, in]`, as its dense layers want them; they come as `[in, out]`. */
function transposed({ shape: [inner, outer], values }) {
  const moved = new Float32Array(values.length);
  values.forEach((value, index) => (moved[(index % outer) * inner + Math.floor(index / outer)] = value));
  return { shape: [outer, inner], values: moved };
}

/** Its parameters by the names of ours, and its batch norms, which hold theirs themselves. */
function makeWeights(weights) {
  const parameters = new Map();
  const batchNorms = new Map();
  for (const [name, weight] of weights) {
    const [layer, role] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)];
    if (role === 'gamma') {
      const norm = new nn.BatchNorm2d(weight.shape[0], BATCH_NORM.epsilon, MOMENTUM);
      const values = (part) => Tensor.from(weights.get(`${layer}.${part}`).values, weight.shape);
      const [mean, variance] = [values('moving_mean'), values('moving_variance')];
      norm.loadStateDict({ weight: values('gamma'), bias: values('beta'), running_mean: mean, running_var: variance }, false);
      batchNorms.set(layer, norm);
    } else if (isTrained(name) && role !== 'beta') {
      const { shape, values } = weight.shape.length === 2 ? transposed(weight) : kernelChannelsFirst(weight);
      parameters.set(name, nn.Parameter(Tensor.from(values, shape)));
    }
  }
  return { parameters, batchNorms };
}

function operations({ parameters, batchNorms }) {
  const of = (layer) => [parameters.get(`${layer}.kernel`), parameters.get(`${layer}.bias`)];
  return {
    share: (maps) => maps,
    relu: (maps) => maps.relu(),
    add: (one, other) => one.add(other),
    averagePool: (maps) => maps.mean(3).mean(2),
    dense(layer, inputs) {
      const [kernel, bias] = of(layer);
      return inputs.linear(kernel).add(bias);
    },
    convolution(layer, maps, stride) {
      const [kernel, bias] = of(layer);
      return maps.convND(kernel, bias, stride, (kernel.shape[2] - 1) / 2);
    },
    batchNorm: (layer, maps) => batchNorms.get(layer).forward(maps),
    // Both in one kernel: what its `Sequential` does with a batch norm that a ReLU follows.
    activated: (layer, maps) => batchNorms.get(layer).forwardRelu(maps),
  };
}

/** A network with its optimizer: one step from the images to the new weights, recorded at its first call and replayed from then on. */
function makeStep({ description, weights }, tune) {
  const made = makeWeights(weights);
  const [kernels, others] = [[], []];
  // Keras' L2 is a decay of convolution kernels, without the factor 1/2 of weight decay.
  for (const parameter of made.parameters.values()) (parameter.shape.length === 4 ? kernels : others).push(parameter);
  for (const norm of made.batchNorms.values()) others.push(norm.weight, norm.bias);
  const groups = [{ params: kernels, weightDecay: 2 * description.l2 }, { params: others }];
  const optimizer = new optim.Adam(groups, description.learning_rate, [ADAM.beta1, ADAM.beta2], ADAM.epsilon, 0, true);
  const ops = operations(made);
  return compiled((images, labels) => {
    optimizer.zeroGrad();
    const loss = forward(ops, description, images).crossEntropy(labels);
    loss.backward();
    optimizer.step();
    return loss;
  }, { tune });
}

/** Trains one batch; gives the loss, which is read when the whole step has been. */
function train(step, pixels, labels) {
  return scope(async () => {
    const images = Tensor.from(pixels, [labels.length, 3, 32, 32]);
    const loss = await step.call(images, Tensor.from(Float32Array.from(labels), [labels.length], { dtype: 'int64' }));
    return loss.item();
  });
}

/**
 * Lets borch.ts choose its kernels by measuring, and keep its choice. A step that writes weights uses what was chosen only when it
 * is recorded again: this one belongs to a network that is thrown away.
 */
async function chooseKernels(testCase) {
  const step = makeStep(testCase, true);
  const { images, labels } = testCase.batch(0);
  await train(step, channelsFirst(images), labels);
  await step.settle();
  step.dispose();
}

export async function start(testCase, { subgroupMatrices }) {
  await init();
  if (subgroupMatrices && !Device.subgroupMatrix) {
    throw new Error(`“${Device.adapterInfo}” has no subgroup matrices of 8 × 8 32-bit numbers, the only ones that borch.ts trains with`);
  }
  Device.subgroupMatrix = subgroupMatrices;
  // On a graphics adapter by software that takes many minutes; its rules choose there.
  if (!isSoftwareAdapter(Device.adapterInfo)) await chooseKernels(testCase);
  const step = makeStep(testCase, false);
  let done = 0;
  return {
    runsOn: 'webgpu',
    async step() {
      const { images, labels } = testCase.batch(done);
      const pixels = channelsFirst(images);
      self.probe.mark();
      const started = performance.now();
      const loss = await train(step, pixels, labels);
      const ms = performance.now() - started;
      done += 1;
      return { loss, ms, figures: self.probe.take() };
    },
    profile: () => self.probe.profile(),
  };
}
