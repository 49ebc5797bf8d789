import { readFile } from 'node:fs/promises';
import { type Page, expect, test } from '@playwright/test';

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

// Places of the variants in TrainCommand of src/protocol/trainer.rs.
const COMPARE = 6;
const COMPARE_OPERATIONS = 10;

/** Runs a reference case in a trainer of its own, and gives what the trainer measured. */
async function compare(page: Page, trainer: string, name: string): Promise<Report> {
  await page.route('**/reference-case/*', async (route) => {
    const file = route.request().url().split('/').pop() ?? '';
    await route.fulfill({ body: await readFile(new URL(`${name}/${file}`, CASES)) });
  });
  await page.route('**/data/full/**', (route) => route.fulfill({ status: 404 }));
  await page.goto('.');
  const url = new TextEncoder().encode(await page.evaluate(() => new URL('reference-case/', document.baseURI).href));
  return JSON.parse(await ask(page, trainer, [COMPARE, url.length, ...url])) as Report;
}

/** Sends a command to a trainer of its own, and gives the report that it answers with. */
async function ask(page: Page, trainer: string, command: number[]): Promise<string> {
  return page.evaluate(
    ([script, command]) =>
      new Promise<string>((resolve, reject) => {
        const worker = new Worker(new URL(script, document.baseURI), { type: 'module' });
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = (message: MessageEvent<ArrayBuffer>) => {
          const bytes = new Uint8Array(message.data);
          // Places of the variants in TrainEvent of src/protocol/trainer.rs.
          const [READY, COMPARED, FAILED] = [0, 7, 8];
          if (bytes[0] === READY) worker.postMessage(new Uint8Array(command).buffer);
          const text = new TextDecoder().decode(bytes);
          if (bytes[0] === COMPARED) resolve(text.slice(text.indexOf('{')));
          if (bytes[0] === FAILED) reject(new Error(text));
        };
      }),
    [`./${trainer}_loader.js`, command] as const,
  );
}

for (const trainer of ['trainer_cpu', 'trainer_webgpu']) {
  for (const name of ['keras_depth11_filters8', 'keras_depth20_filters8']) {
    test(`${trainer} gives the numbers of ${name}`, async ({ page }) => {
      const report = await compare(page, trainer, name);
      console.log(trainer, name, JSON.stringify(report));
      expect(report.within_bounds, JSON.stringify(report, null, 1)).toBe(true);
      expect(report.gradients_compared).toBeGreaterThan(38);
      expect(report.weights_compared).toBeGreaterThan(100_000);
    });
  }
}

test('the kernels of our own compute on the GPU what the CPU computes, on sizes drawn at random', async ({ page }) => {
  await page.goto('.');
  const report = JSON.parse(await ask(page, 'trainer_webgpu', [COMPARE_OPERATIONS])) as Record<string, number[]>;
  console.log(JSON.stringify(report));
  expect(report.convolution, 'output, gradients at input, kernel and bias').toHaveLength(4);
  expect(report.batch_norm, 'output, mean, variance, gradients at input, gamma and beta').toHaveLength(6);
  expect(report.optimizer_step, 'weight and moments').toHaveLength(4);
  expect(report.cross_entropy, 'losses, what is right, gradient at the logits').toHaveLength(3);
  expect(report.dropout, 'output and gradient').toHaveLength(2);
  expect(report.moving_statistics, 'mean and variance').toHaveLength(2);
  expect(report.images, 'images').toHaveLength(1);
  expect(report.tiles, 'each smaller tile against the largest').toEqual([0, 0, 0]);
  for (const distance of Object.values(report).flat()) {
    expect(distance, JSON.stringify(report)).toBeLessThan(1e-4);
  }
});
