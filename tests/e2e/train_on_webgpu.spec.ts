import { type Page, type Worker, expect, test } from './fixtures';
import { Playground, type StepLoss, cells } from './playground';

// Software WebGPU takes most of a second for a step, so the network is small. Agreement within a thousandth holds for these
// settings, not for all: with two classes, 16 images and 4 start filters the devices differed by 0.8 % at step 1 (learning
// rate 0.003) and by 1.1 % at step 9 (0.0003). On Keras' cases every gradient agrees to 1e-5 (matches_keras.spec.ts). On the first
// batch of the two-class setting one gradient, of a batch norm's offset, is 8e-4 away from the native CPU's, by the same
// amount on WebGPU and on the CPU in wasm, which looks like a ReLU within rounding of 0 that flips. That such flips, blown up
// by Adam, are all of the difference is likely but not shown.
const link = (device: string, epochs = 6) => `device=${device}&filters=2&batch=8&images=80&held-out=8&epochs=${epochs}&seed=3&rate=0.0003`;

async function run(page: Page, device: string, options = link(device)): Promise<{ listed: StepLoss[]; device: string }> {
  const playground = await Playground.open(page, options);
  await playground.train(280_000);
  const result = { listed: await playground.stepLosses(), device: await playground.device.innerText() };
  playground.expectNoComplaints();
  return result;
}

/** The first losses are the same on both devices, within a thousandth. */
function expectAlike(gpu: StepLoss[], cpu: StepLoss[], steps: number) {
  for (let place = 0; place < steps; place += 1) {
    const [on, off] = [gpu[place], cpu[place]];
    const said = `step ${on.step}: ${on.loss} on WebGPU, ${off.loss} on the CPU`;
    expect(on.step, said).toBe(off.step);
    expect(Math.abs(on.loss / off.loss - 1), said).toBeLessThan(1e-3);
  }
}

/** The worker that trains. */
function trainer(page: Page): Worker {
  return page.workers().find((worker) => worker.url().includes('/trainer_webgpu'))!;
}

/** `[['cat', 62], …]` from the words of a list, by name: classes of equal probability may change places. */
function byClass(items: string[]): [string, number][] {
  const read = (item: string): [string, number] => [/\p{L}+/u.exec(item)![0], Number(/(\d+)\s%/.exec(item)![1])];
  return items.map(read).sort(([one], [other]) => one.localeCompare(other));
}

/** What a step took of WebGPU. */
interface Step {
  launches: number;
  bindGroups: number;
}

/** Puts a script before the trainer's own in its worker. */
async function beforeTheTrainer(page: Page, script: string) {
  await page.route('**/trainer_webgpu_loader*.js', async (route) => {
    const loader = await (await route.fetch()).text();
    await route.fulfill({ contentType: 'text/javascript', body: `${script}\n${loader}` });
  });
}

/** In the worker: what each step took that was finished, told from the next by the loss' own kernel, which runs once a step. */
const COUNT_STEPS = `self.counted = [];
  {
    let kernel, launches = 0, bindGroups = 0;
    const names = new WeakMap();
    for (const name of ['createComputePipeline', 'createComputePipelineAsync']) {
      const create = GPUDevice.prototype[name];
      GPUDevice.prototype[name] = function (wanted) {
        const made = create.call(this, wanted);
        const remember = (pipeline) => (names.set(pipeline, wanted.compute.entryPoint), pipeline);
        return made instanceof Promise ? made.then(remember) : remember(made);
      };
    }
    const pass = GPUComputePassEncoder.prototype;
    const { setPipeline, dispatchWorkgroups } = pass;
    pass.setPipeline = function (pipeline) { kernel = names.get(pipeline); return setPipeline.call(this, pipeline); };
    pass.dispatchWorkgroups = function (...groups) {
      launches += 1;
      if (kernel === 'cross_entropy') { self.counted.push({ launches, bindGroups }); launches = bindGroups = 0; }
      return dispatchWorkgroups.apply(this, groups);
    };
    const { createBindGroup } = GPUDevice.prototype;
    GPUDevice.prototype.createBindGroup = function (wanted) { bindGroups += 1; return createBindGroup.call(this, wanted); };
  }`;

test('WebGPU in the worker trains, and its losses are those of the CPU', async ({ page }) => {
  await beforeTheTrainer(page, `self.bufferBytes = 0;
    const create = GPUDevice.prototype.createBuffer;
    GPUDevice.prototype.createBuffer = function (wanted) { self.bufferBytes += wanted.size; return create.call(this, wanted); };`);
  const gpu = await run(page, 'webgpu');
  expect(gpu.device, 'trained on the adapter, not on a fallback').toMatch(/WebGPU/);
  const bytes = await trainer(page).evaluate(() => (self as unknown as { bufferBytes: number }).bufferBytes);
  expect(bytes, 'buffers have the size of what is in them, and serve again in the next step').toBeLessThan(10 * 2 ** 20);
  const cpu = await run(page, 'cpu');
  expect(cpu.device).toMatch(/^CPU/);

  const losses = gpu.listed.map(({ loss }) => loss);
  expect(losses.length, 'at least the first and the last twenty of sixty steps').toBeGreaterThanOrEqual(40);
  expect([gpu.listed[0].step, gpu.listed[19].step, gpu.listed.at(-20)?.step, gpu.listed.at(-1)?.step]).toEqual([1, 20, 41, 60]);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(losses.slice(-20)), 'the loss falls').toBeLessThan(0.9 * mean(losses.slice(0, 20)));
  expectAlike(gpu.listed, cpu.listed, 10);
});

test('a step at depth 20 launches at most 300 kernels, and most steps are replayed', async ({ page }) => {
  await beforeTheTrainer(page, COUNT_STEPS);
  const playground = await Playground.open(page, 'device=webgpu&depth=20&filters=2&batch=8&images=160&held-out=8&epochs=1&seed=3');
  await playground.train(280_000);
  // The passes over held-out images come after the twenty steps. Every tenth step is looked into, and fusion tries several ways
  // at first: the least is what most steps launch.
  const steps = (await trainer(page).evaluate(() => (self as unknown as { counted: Step[] }).counted)).slice(2, 20);
  expect(steps.length, 'the kernel of the loss tells the steps apart').toBe(18);
  const launches = steps.map((step) => step.launches);
  expect(Math.min(...launches), `${launches}`).toBeLessThanOrEqual(300);
  expect(Math.min(...launches), `all of a step is counted: ${launches}`).toBeGreaterThan(200);
  // A step that is made anew makes more than a hundred of them; a replayed one has those of the recording.
  const bindGroups = steps.map((step) => step.bindGroups);
  expect(bindGroups.filter((count) => count < 20).length, `${bindGroups}`).toBeGreaterThanOrEqual(10);
});

test('100 images in batches of 32 are four steps an epoch on WebGPU as on the CPU', async ({ page }) => {
  const options = (device: string) => `device=${device}&filters=2&batch=32&images=100&held-out=8&epochs=2&seed=3&rate=0.0003`;
  const gpu = await run(page, 'webgpu', options('webgpu'));
  expect(gpu.device, 'trained on the adapter, not on a fallback').toMatch(/WebGPU/);
  const cpu = await run(page, 'cpu', options('cpu'));
  expect(gpu.listed.map(({ step }) => step), 'the fourth step of each epoch has four images').toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expectAlike(gpu.listed, cpu.listed, 8);
});

test('a run whose GPU is taken away goes on by itself, then becomes a sentence, and Restart works', async ({ page }) => {
  // Keeps hold of the device that the trainer opens, to destroy it later.
  await beforeTheTrainer(page, `const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (...wanted) { return (self.device = await request.apply(this, wanted)); };`);
  const playground = await Playground.open(page, link('webgpu', 1000));
  await playground.play();
  await playground.waitForMoreStepsThan(0, 120_000);
  await expect(playground.thisRun).toContainText(/saved up to step [1-9]/);
  const takeAway = () => trainer(page).evaluate(() => (self as unknown as { device: { destroy(): void } }).device.destroy());
  const before = await playground.stepsDone();
  await takeAway();
  await expect(page.getByText(/the GPU device was lost[^]*The run went on by itself from step [1-9]/i).first()).toBeVisible({ timeout: 60_000 });
  // More than were done before, or it may not train yet.
  await playground.waitForMoreStepsThan(before + 1, 120_000);
  await takeAway();
  const failure = page.getByRole('alert');
  await expect(failure).toContainText(/the GPU device was lost/i, { timeout: 60_000 });
  await failure.getByRole('button', { name: 'Restart' }).click();
  await expect(failure).toBeHidden();
  await playground.waitForMoreStepsThan(0, 120_000);
});

test('a GPU with nothing beyond what the specification promises trains', async ({ page }) => {
  // No feature at all, and the limits that every adapter has.
  await beforeTheTrainer(page, `const limits = Object.getOwnPropertyDescriptor(GPUAdapter.prototype, 'limits').get;
    const promised = {
      maxStorageBuffersPerShaderStage: 8, maxComputeWorkgroupStorageSize: 16384, maxComputeInvocationsPerWorkgroup: 256,
      maxComputeWorkgroupSizeX: 256, maxComputeWorkgroupSizeY: 256, maxComputeWorkgroupSizeZ: 64,
      maxComputeWorkgroupsPerDimension: 65535, maxStorageBufferBindingSize: 134217728, maxBufferSize: 268435456,
      maxUniformBufferBindingSize: 65536, maxBindGroups: 4, maxUniformBuffersPerShaderStage: 12,
    };
    Object.defineProperty(GPUAdapter.prototype, 'features', { get: () => new Set() });
    Object.defineProperty(GPUAdapter.prototype, 'limits', { get() {
      return new Proxy(limits.call(this), { get: (all, name) => promised[name] ?? all[name] });
    } });
    const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (wanted) {
      self.wanted = { features: [...wanted.requiredFeatures], buffers: wanted.requiredLimits.maxStorageBuffersPerShaderStage };
      return request.call(this, wanted);
    };`);
  const playground = await Playground.open(page, link('webgpu', 1));
  await playground.train(280_000);
  await expect(playground.device, 'no fallback').toHaveText(/WebGPU/);
  const wanted = await trainer(page).evaluate(() => (self as unknown as { wanted: object }).wanted);
  expect(wanted, 'nothing more is asked for').toEqual({ features: [], buffers: 8 });
  playground.expectNoComplaints();
});

test('on a graphics card the fastest kernels are found at its first start, and remembered', async ({ page }) => {
  await beforeTheTrainer(page, `Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { get: () => false });`);
  const kernels = async () => {
    const playground = await Playground.open(page, link('webgpu', 1));
    await playground.play();
    await playground.waitForMoreStepsThan(0, 120_000);
    playground.expectNoComplaints();
    const sheet = await playground.openSettings('Device');
    return sheet.getByText(/tiles of \d × \d/).innerText();
  };
  const measured = /(tiles of \d × \d(?:, \d ahead)?), the fastest of 5, tried for [\d.]+\ss/.exec(await kernels());
  expect(measured, 'measured at the first start').not.toBeNull();
  expect(await kernels()).toContain(`${measured![1]}, the fastest when this GPU was first used here`);
});

test('what is asked of a trained network is answered on WebGPU as on the CPU', async ({ page }) => {
  const answers = async (device: string) => {
    const playground = await Playground.open(page, `device=${device}&filters=2&batch=8&images=8&held-out=8&epochs=1&rate=0.0003&classes=0-3-5`);
    await playground.train(120_000);
    const maps = await playground.openTab('Feature maps');
    await maps.getByRole('button', { name: 'Look at an image' }).click();
    const prediction = maps.getByRole('status', { name: 'Prediction' });
    await expect(prediction).toHaveText(/After 1 step.*predicts \w+ \(\d+\s%\)/s, { timeout: 60_000 });
    const probabilities = await maps.getByRole('list', { name: 'Probabilities' }).getByRole('listitem').allInnerTexts();
    const evaluation = await playground.openTab('Evaluate');
    await evaluation.getByRole('button', { name: 'Evaluate on all test images' }).click();
    await expect(evaluation.getByRole('status', { name: 'Result' })).toContainText(/\d of 8/, { timeout: 60_000 });
    const matrix = await cells(evaluation.getByRole('table', { name: 'Confusion matrix' }));
    playground.expectNoComplaints();
    return { shares: byClass(probabilities), matrix };
  };
  const [gpu, cpu] = [await answers('webgpu'), await answers('cpu')];
  expect(gpu.matrix).toEqual(cpu.matrix);
  expect(gpu.shares).toHaveLength(3);
  gpu.shares.forEach(([name, share], place) => {
    expect(name).toBe(cpu.shares[place][0]);
    expect(Math.abs(share - cpu.shares[place][1]), `probability of ${name} in percent`).toBeLessThanOrEqual(1);
  });
});
