// Hours of training on each device, with figures every minute: nothing may grow.
// `cargo xtask soak --minutes 120` runs it; the tables also go to target/soak/cpu.md and target/soak/webgpu.md.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type Browser, type CDPSession, type Page, expect, test } from '@playwright/test';
import { Playground } from '../e2e/playground';
import { trend, verdict } from './trend';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 120);
/** The first quarter warms up: pools fill, code is compiled. */
const WARM_UP = 0.25;
const MEBIBYTE = 2 ** 20;

/** What is read every minute, in this order. Memory is in MiB. */
const FIGURES = {
  steps: { title: 'steps', bound: undefined },
  renderer: { title: 'renderer', bound: 0.5 },
  gpu: { title: 'GPU process', bound: 0.5 },
  browser: { title: 'browser process', bound: 0.5 },
  heap: { title: 'JS heap', bound: 0.1 },
  page: { title: 'page’s wasm', bound: 0.25 },
  trainer: { title: 'trainer’s wasm', bound: 0.25 },
  buffers: { title: 'GPU buffers', bound: 0.25 },
  processes: { title: 'processes', bound: 0.02 },
  workers: { title: 'workers', bound: 0.02 },
  nodes: { title: 'elements', bound: 10 },
} as const;

type Figure = keyof typeof FIGURES;
type Reading = Record<Figure, number>;

/** Keeps hold of the memory of WebAssembly programs, in the page or a worker. */
const HOLD_MEMORY = `
self.memories = [];
for (const name of ['instantiate', 'instantiateStreaming']) {
  const instantiate = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await instantiate.apply(WebAssembly, given);
    const { memory } = (made.instance ?? made).exports;
    if (memory instanceof WebAssembly.Memory) self.memories.push(memory);
    return made;
  };
}`;
/** Counts the bytes of GPU buffers that were made and not destroyed. */
const COUNT_BUFFERS = `
self.bufferBytes = 0;
if (self.GPUDevice) {
  const create = GPUDevice.prototype.createBuffer;
  GPUDevice.prototype.createBuffer = function (wanted) { self.bufferBytes += wanted.size; return create.call(this, wanted); };
  const destroy = GPUBuffer.prototype.destroy;
  const destroyed = new WeakSet();
  GPUBuffer.prototype.destroy = function () {
    if (!destroyed.has(this)) self.bufferBytes -= this.size;
    destroyed.add(this);
    return destroy.call(this);
  };
}`;

interface Held {
  memories: WebAssembly.Memory[];
  bufferBytes?: number;
}

const held = () => {
  const { memories, bufferBytes } = self as unknown as Held;
  return { wasm: memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0), buffers: bufferBytes ?? 0 };
};

/** Memory that a process has in RAM, of the processes of one kind. */
async function residentBytes(processes: { type: string; id: number }[], kind: string): Promise<number> {
  let bytes = 0;
  for (const { id } of processes.filter(({ type }) => type === kind)) {
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    bytes += 1024 * Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0);
  }
  return bytes;
}

async function read(browser: Browser, page: Page, devtools: CDPSession, playground: Playground): Promise<Reading> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  const [ofPage, ofTrainer] = [await page.evaluate(held), await playground.worker('trainer_').evaluate(held)];
  return {
    steps: await playground.stepsDone(),
    renderer: (await residentBytes(processInfo, 'renderer')) / MEBIBYTE,
    gpu: (await residentBytes(processInfo, 'GPU')) / MEBIBYTE,
    browser: (await residentBytes(processInfo, 'browser')) / MEBIBYTE,
    heap: metric('JSHeapUsedSize') / MEBIBYTE,
    page: ofPage.wasm / MEBIBYTE,
    trainer: ofTrainer.wasm / MEBIBYTE,
    buffers: ofTrainer.buffers / MEBIBYTE,
    processes: processInfo.length,
    workers: page.workers().length,
    nodes: metric('Nodes'),
  };
}

const names = Object.keys(FIGURES) as Figure[];
const shown = (figure: Figure, value: number) => (/^(steps|processes|workers|nodes)$/.test(figure) ? String(value) : value.toFixed(1));

function table(readings: Reading[]): string {
  const head = ['minute', ...names.map((name) => FIGURES[name].title)];
  const rows = readings.map((reading, minute) => [minute, ...names.map((name) => shown(name, reading[name]))]);
  return [head, head.map(() => '--:'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** A line for each figure that must not grow. */
function trends(readings: Reading[]) {
  const from = Math.ceil(WARM_UP * readings.length);
  return names.flatMap((name) => {
    const { title, bound } = FIGURES[name];
    if (bound === undefined) return [];
    const found = trend(readings.slice(from).map((reading, place) => [from + place, reading[name]]));
    return [{ title, ...found, bound, said: verdict(found, bound) }];
  });
}

// Long enough for hours: no run has more than a thousand epochs.
const EXPERIMENTS = {
  cpu: 'device=cpu&filters=8&batch=16&images=1000&held-out=100&epochs=1000&seed=1',
  webgpu: 'device=webgpu&filters=2&batch=8&images=400&held-out=40&epochs=1000&seed=1',
};

for (const [device, link] of Object.entries(EXPERIMENTS)) {
  test(`${MINUTES} minutes on ${device}`, async ({ browser, page }) => {
    await page.addInitScript(HOLD_MEMORY);
    await page.route(/\/trainer_\w+_loader[^/]*\.js$/, async (route) => {
      const loader = await (await route.fetch()).text();
      await route.fulfill({ contentType: 'text/javascript', body: `${HOLD_MEMORY}${COUNT_BUFFERS}\n${loader}` });
    });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    const playground = await Playground.open(page, link);
    await playground.play();
    await playground.waitForMoreStepsThan(0, 5 * 60_000);
    const readings: Reading[] = [];
    const start = Date.now();
    await mkdir('target/soak', { recursive: true });
    for (let minute = 0; minute <= MINUTES; minute += 1) {
      await page.waitForTimeout(Math.max(0, start + 60_000 * minute - Date.now()));
      readings.push(await read(browser, page, devtools, playground));
      console.log(`${device} ${JSON.stringify(readings.at(-1))}`);
      await writeFile(`target/soak/${device}.md`, `${table(readings)}\n`);
    }
    const found = trends(readings);
    const lines = found.map(({ title, slope, uncertainty, bound, said }) => {
      return `${title}: ${slope.toFixed(3)} ± ${uncertainty.toFixed(3)} a minute, bound ${bound}: ${said}`;
    });
    const report = `${table(readings)}\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`;
    await writeFile(`target/soak/${device}.md`, report);
    console.log(`\n${device}\n${report}`);
    expect(readings.at(-1)!.steps, 'it still trains').toBeGreaterThan(readings.at(-2)!.steps);
    expect(found.filter(({ said }) => said === 'grows').map(({ title }) => title), lines.join('\n')).toEqual([]);
    playground.expectNoComplaints();
  });
}
