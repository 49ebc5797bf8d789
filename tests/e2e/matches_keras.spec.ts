import { readFile } from 'node:fs/promises';
import { type Page, expect, test } from './fixtures';
import { compareOperations, compareWithReference, read } from './messages';

interface Report {
  inference_probabilities: number;
  loss_relative: number;
  gradient_relative: number;
  batch_norm_statistics: number;
  weights_after_3_steps_all_but_a_thousandth: number;
  gradients_compared: number;
  weights_compared: number;
  within_bounds: boolean;
}

const CASES = new URL('../fixtures/', import.meta.url);

/** The script that starts a trainer; of the two for the CPU the one for a single thread. */
async function loaderOf(page: Page, trainer: string): Promise<string> {
  const named = page.locator(`meta[name=worker][data-program=${trainer}]`);
  const script = (await named.count()) ? await named.getAttribute('content') : null;
  return (script ?? `${trainer}_loader.js`).replace('_start', '_loader');
}

/** Sends a command to a trainer of its own, and gives the report that it answers with. */
async function ask<T>(page: Page, trainer: string, command: number[]): Promise<T> {
  const said: Record<string, string> = {};
  await page.exposeFunction('hear', (bytes: number[]) => {
    const { event, text } = read(Uint8Array.from(bytes));
    said[event] = text;
  });
  await page.exposeFunction('hearOfError', (message: string) => (said.Failed = message));
  const worker = await page.evaluateHandle((script) => {
    const { hear, hearOfError } = window as unknown as { hear(bytes: number[]): void; hearOfError(message: string): void };
    const worker = new Worker(new URL(script, document.baseURI), { type: 'module' });
    worker.onerror = (event) => hearOfError(event.message);
    worker.onmessage = (message: MessageEvent<ArrayBuffer>) => hear([...new Uint8Array(message.data)]);
    return worker;
  }, await loaderOf(page, trainer));
  const until = (event: string) =>
    expect(async () => {
      expect('Failed' in said || event in said, `${trainer} says ${event}`).toBe(true);
    }).toPass({ timeout: 9 * 60_000 });
  await until('Ready');
  await worker.evaluate((worker, command) => worker.postMessage(new Uint8Array(command).buffer), command);
  await until('Compared');
  expect(said.Compared, said.Failed).toBeDefined();
  return JSON.parse(said.Compared) as T;
}

/** Runs a reference case in a trainer of its own, and gives what the trainer measured. */
async function compare(page: Page, trainer: string, name: string): Promise<Report> {
  await page.route('**/reference-case/*', async (route) => {
    const file = route.request().url().split('/').pop() ?? '';
    await route.fulfill({ body: await readFile(new URL(`${name}/${file}`, CASES)) });
  });
  await page.route('**/data/data-sets.json', (route) => route.fulfill({ json: ['starter'] }));
  await page.goto('.');
  return ask<Report>(page, trainer, compareWithReference(await page.evaluate(() => new URL('reference-case/', document.baseURI).href)));
}

for (const trainer of ['trainer_cpu', 'trainer_webgpu']) {
  for (const name of ['keras_depth11_filters8', 'keras_depth20_filters8']) {
    // An adapter by software compiles the kernels, then computes for minutes.
    const tag = trainer === 'trainer_webgpu' ? '@long' : [];
    test(`${trainer} gives the numbers of ${name}`, { tag }, async ({ page }) => {
      test.setTimeout(10 * 60_000);
      const report = await compare(page, trainer, name);
      console.log(trainer, name, JSON.stringify(report));
      expect(report.within_bounds, JSON.stringify(report, null, 1)).toBe(true);
      expect(report.gradients_compared).toBeGreaterThan(38);
      expect(report.weights_compared).toBeGreaterThan(100_000);
    });
  }
}

test('the kernels of our own compute on the GPU what the CPU computes, on sizes drawn at random', { tag: '@long' }, async ({ page }) => {
  await page.goto('.');
  const report = await ask<Record<string, number[]>>(page, 'trainer_webgpu', compareOperations());
  console.log(JSON.stringify(report));
  expect(report.convolution, 'output, gradients at input, kernel and bias').toHaveLength(4);
  expect(report.batch_norm, 'output, mean, variance, gradients at input, gamma and beta').toHaveLength(6);
  expect(report.optimizer_step, 'two weights with their moments, and moments that stay').toHaveLength(5);
  expect(report.cross_entropy, 'losses, what is right, gradient at the logits').toHaveLength(3);
  expect(report.dropout, 'output and gradient').toHaveLength(2);
  expect(report.moving_statistics, 'mean and variance').toHaveLength(2);
  expect(report.images, 'images').toHaveLength(1);
  expect(report.tiles, 'each smaller tile against the largest').toEqual([0, 0, 0, 0]);
  for (const distance of Object.values(report).flat()) {
    expect(distance, JSON.stringify(report)).toBeLessThan(1e-4);
  }
});
