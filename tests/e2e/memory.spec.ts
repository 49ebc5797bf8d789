import { type CDPSession, type Page, expect, test } from './fixtures';
import { Playground } from './playground';

// The smallest network, two images a step: what is measured is what a run leaves behind, not what it computes.
const LONG = 'device=cpu&depth=8&stages=1&convolutions=2&filters=2&batch=2&images=40&held-out=1&epochs=400&classes=0-1';
/** `cargo xtask soak` trains for hours. */
const STEPS = 8_000;

const MEBIBYTE = 2 ** 20;

interface Memory {
  /** Of JavaScript after garbage collection. */
  heap: number;
  nodes: number;
  listeners: number;
  /** WebAssembly memory of the page's program. */
  wasm: number;
}

/** Keeps hold of the memory of the WebAssembly programs that the page starts. */
async function holdWasmMemory(page: Page) {
  await page.addInitScript(() => {
    const memories: WebAssembly.Memory[] = [];
    Object.assign(window, { memories });
    for (const name of ['instantiate', 'instantiateStreaming'] as const) {
      const instantiate = WebAssembly[name] as (...given: unknown[]) => Promise<unknown>;
      (WebAssembly as unknown as Record<string, unknown>)[name] = async (...given: unknown[]) => {
        const made = (await instantiate.apply(WebAssembly, given)) as WebAssembly.Instance | { instance: WebAssembly.Instance };
        const { exports } = 'instance' in made ? made.instance : made;
        if (exports.memory instanceof WebAssembly.Memory) memories.push(exports.memory);
        return made;
      };
    }
  });
}

async function measure(page: Page, devtools: CDPSession): Promise<Memory> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  const wasm = await page.evaluate(() =>
    (window as unknown as { memories: WebAssembly.Memory[] }).memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
  );
  return { heap: metric('JSHeapUsedSize'), nodes: metric('Nodes'), listeners: metric('JSEventListeners'), wasm };
}

test('a run of 8,000 steps leaves nothing behind from a quarter to its end', { tag: '@long' }, async ({ page }) => {
  test.setTimeout(12 * 60_000);
  await holdWasmMemory(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const playground = await Playground.open(page, LONG);
  await playground.play();
  await playground.waitForMoreStepsThan(STEPS / 4, 5 * 60_000);
  const quarter = await measure(page, devtools);
  expect(quarter.wasm, 'the page’s program was seen').toBeGreaterThan(MEBIBYTE);
  await playground.waitForStatus(/Finished/, 10 * 60_000);
  expect((await playground.progress())[0]).toBe(STEPS);
  const end = await measure(page, devtools);
  const said = JSON.stringify({ quarter, end });
  console.log(said);
  expect(end.heap, `JavaScript: ${said}`).toBeLessThan(1.25 * quarter.heap + MEBIBYTE);
  expect(end.nodes, `elements: ${said}`).toBeLessThan(quarter.nodes + 400);
  expect(end.listeners, `listeners: ${said}`).toBeLessThan(quarter.listeners + 50);
  // Six thousand steps with their losses are less than a megabyte, a vector that grows needs as much again.
  expect(end.wasm, `WebAssembly: ${said}`).toBeLessThan(quarter.wasm + 4 * MEBIBYTE);
  playground.expectNoComplaints();
});
