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

/** Runs a reference case in a trainer of its own, and gives what the trainer measured. */
async function compare(page: Page, trainer: string, name: string): Promise<Report> {
  await page.route('**/reference-case/*', async (route) => {
    const file = route.request().url().split('/').pop() ?? '';
    await route.fulfill({ body: await readFile(new URL(`${name}/${file}`, CASES)) });
  });
  await page.route('**/data/full/**', (route) => route.fulfill({ status: 404 }));
  await page.goto('.');
  const answer = await page.evaluate(
    ([script]) =>
      new Promise<string>((resolve, reject) => {
        const worker = new Worker(new URL(script, document.baseURI), { type: 'module' });
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = (message: MessageEvent<ArrayBuffer>) => {
          const bytes = new Uint8Array(message.data);
          // Places of the variants in TrainEvent and TrainCommand of src/protocol.rs.
          const [READY, COMPARED, FAILED] = [0, 7, 8];
          if (bytes[0] === READY) {
            const url = new TextEncoder().encode(new URL('reference-case/', document.baseURI).href);
            const COMPARE = 6;
            worker.postMessage(new Uint8Array([COMPARE, url.length, ...url]).buffer);
          }
          const text = new TextDecoder().decode(bytes);
          if (bytes[0] === COMPARED) resolve(text.slice(text.indexOf('{')));
          if (bytes[0] === FAILED) reject(new Error(text));
        };
      }),
    [`./${trainer}_loader.js`],
  );
  return JSON.parse(answer) as Report;
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
