/**
 * The network, once for all libraries: `ops` says how each computes.
 *
 * `ops.share(maps)` is called where a value is used a second time. A library that has batch norm and ReLU in one gives
 * `ops.activated`.
 */
export function forward(ops, description, images) {
  const activated = ops.activated ?? ((layer, maps) => ops.relu(ops.batchNorm(layer, maps)));
  let maps = activated('stem.bn', ops.convolution('stem.conv', images, 1));
  for (const block of description.blocks) maps = residualBlock(ops, activated, block, maps);
  const pooled = ops.averagePool(activated('head.bn', maps));
  const hidden = ops.batchNorm('head.dense_bn', ops.relu(ops.dense('head.dense1', pooled)));
  return ops.dense('head.dense2', hidden);
}

function residualBlock(ops, activated, { name, stride, convolutions, shortcut, first_preactivation }, input) {
  const carried = shortcut === 'absent' ? undefined : ops.share(input);
  let branch = first_preactivation ? activated(`${name}.bn1`, input) : input;
  branch = ops.convolution(`${name}.conv1`, branch, stride);
  for (let place = 2; place <= convolutions; place += 1) {
    branch = ops.convolution(`${name}.conv${place}`, activated(`${name}.bn${place}`, branch), 1);
  }
  if (carried === undefined) return branch;
  return ops.add(shortcut === 'projection' ? ops.convolution(`${name}.shortcut`, carried, stride) : carried, branch);
}

/** Keras' constants, which our trainer has too. */
export const BATCH_NORM = { epsilon: 1e-3, kept: 0.99 };
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** Length of step `step`, counted from 0, with Adam's corrections for its start. */
export function stepLength(learningRate, step) {
  const done = step + 1;
  return (learningRate * Math.sqrt(1 - ADAM.beta2 ** done)) / (1 - ADAM.beta1 ** done);
}

/** Whether training moves this weight; the rest are moving statistics. */
export const isTrained = (name) => !name.includes('.moving_');
