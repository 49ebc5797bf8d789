// How long the processor takes to hand a training step to the GPU: the page trains while WebGPU leaves out every dispatch, as a card would
// look that takes no time. Also how many kernels, submits and writes a step has.
// node bench/host_time.mjs   (CHROME=/path/to/chrome; needs a built page, and nginx as tests/hosting/nginx.test.mjs does)
import { chromium } from '@playwright/test';
import { start } from '../tests/hosting/nginx.mjs';

const TRAINED_MS = 30_000;
const NETWORKS = [[11, 8], [20, 16], [56, 16]];

/** Runs in the trainer's worker before its program. The loss has a kernel of its own, which tells steps apart. */
function count() {
  self.counted = { kernels: 0, submits: 0, writes: 0, steps: [] };
  const { counted } = self;
  const names = new WeakMap();
  for (const name of ['createComputePipeline', 'createComputePipelineAsync']) {
    const create = GPUDevice.prototype[name];
    GPUDevice.prototype[name] = function (wanted) {
      const made = create.call(this, wanted);
      const remember = (pipeline) => (names.set(pipeline, wanted.compute.entryPoint), pipeline);
      return made instanceof Promise ? made.then(remember) : remember(made);
    };
  }
  let kernel;
  const { setPipeline } = GPUComputePassEncoder.prototype;
  GPUComputePassEncoder.prototype.setPipeline = function (pipeline) {
    kernel = names.get(pipeline);
    return setPipeline.call(this, pipeline);
  };
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function () {
    counted.kernels += 1;
    if (kernel !== 'cross_entropy') return;
    const { kernels, submits, writes } = counted;
    counted.steps.push({ at: performance.now(), kernels, submits, writes });
    Object.assign(counted, { kernels: 0, submits: 0, writes: 0 });
  };
  for (const [method, what] of [['submit', 'submits'], ['writeBuffer', 'writes']]) {
    const own = GPUQueue.prototype[method];
    GPUQueue.prototype[method] = function (...values) {
      counted[what] += 1;
      return own.apply(this, values);
    };
  }
}

const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];

async function measure(port, depth, filters) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROME,
    channel: process.env.CHROME ? undefined : 'chromium',
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--enable-features=Vulkan', '--use-webgpu-adapter=swiftshader', '--disable-background-networking'],
  });
  const page = await browser.newPage();
  await page.route('**/trainer_webgpu_loader*.js', async (route) => {
    const loader = await (await route.fetch()).text();
    await route.fulfill({ contentType: 'text/javascript', body: `(${count})();\n${loader}` });
  });
  await page.goto(`http://localhost:${port}/?device=webgpu&depth=${depth}&filters=${filters}&batch=32&images=1600&epochs=1000`);
  await page.getByRole('button', { name: 'Play', exact: true, disabled: false }).click({ timeout: 120_000 });
  await page.waitForTimeout(TRAINED_MS);
  const worker = page.workers().find((worker) => worker.url().includes('/trainer_webgpu'));
  const { steps } = await worker.evaluate(() => self.counted);
  await browser.close();
  const of = (what) => median(steps.map((step) => step[what]));
  const between = steps.slice(1).map(({ at }, place) => at - steps[place].at);
  console.log(`| ${depth} / ${filters} | ${of('kernels')} | ${of('submits')} | ${of('writes')} | ${median(between).toFixed(1)} |`);
}

const server = await start();
console.log('| depth / filters | kernels | submits | writes | host ms |\n|---|---:|---:|---:|---:|');
for (const [depth, filters] of NETWORKS) await measure(server.port, depth, filters);
await server.stop();
