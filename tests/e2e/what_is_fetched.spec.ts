import { type Page, expect, test } from '@playwright/test';
import { Playground } from './playground';

function requestsOf(page: Page): string[] {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  return requests;
}

test('a trainer is fetched only when its device is used, and nothing comes from elsewhere', async ({ page }) => {
  const requests = requestsOf(page);
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1');
  expect(requests.filter((url) => url.includes('trainer_')), 'before Play').toEqual([]);
  await playground.train();
  expect(requests.some((url) => /trainer_cpu_bg[^/]*\.wasm/.test(url)), 'the CPU trainer came').toBe(true);
  expect(requests.filter((url) => url.includes('trainer_webgpu')), 'the WebGPU trainer did not').toEqual([]);
  const origin = new URL(page.url()).origin;
  expect(requests.filter((url) => !url.startsWith(origin) && !url.startsWith('data:')), 'other origins').toEqual([]);
});

test('without WebGPU the page says so in a sentence and trains on the CPU', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined }));
  const playground = await Playground.open(page, 'filters=2&batch=8&images=80&held-out=16&epochs=1');
  const why = /so the network trains on the CPU/;
  await expect(page.getByRole('banner').getByTitle(why), 'beside the device').toHaveText(/^CPU/);
  await expect((await playground.openSettings('Device')).getByText(why), 'and where it is chosen').toBeVisible();
  await playground.train();
  await expect(playground.thisRun, 'and at the run').toContainText(why);
  await expect(playground.device).toHaveText(/^CPU/);
});

test('images cut short on the way become a sentence naming the file, and Restart works', async ({ page }) => {
  let broken = true;
  await page.route('**/train-000.png', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    await route.fulfill({ response, body: broken ? body.subarray(0, body.length / 2) : body, headers: { 'content-type': 'image/png' } });
  });
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1');
  await playground.play();
  await expect(page.getByRole('alert')).toContainText('train-000.png');
  broken = false;
  await page.getByRole('alert').getByRole('button', { name: 'Restart' }).click();
  await playground.waitForStatus(/Finished/);
});

test('a trainer that cannot be fetched becomes a sentence, and Restart works', async ({ page }) => {
  let broken = true;
  await page.route('**/trainer_cpu*.wasm*', (route) => (broken ? route.abort() : route.continue()));
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1');
  await playground.play();
  await expect(page.getByRole('alert')).toContainText(/\w/);
  broken = false;
  await page.getByRole('alert').getByRole('button', { name: 'Restart' }).click();
  await playground.waitForStatus(/Finished/);
});
