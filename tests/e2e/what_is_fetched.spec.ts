import { type Page, expect, test } from './fixtures';
import { Playground } from './playground';

function requestsOf(page: Page): string[] {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  return requests;
}

const CPU_TRAINER = /trainer_cpu_bg[^/]*\.wasm$/;
const FIRST_IMAGES = /train-000\.png$/;
const of = (requests: string[], file: RegExp) => requests.filter((url) => file.test(url)).length;

test('a trainer is fetched only when its device is used, and nothing comes from elsewhere', async ({ page }) => {
  const requests = requestsOf(page);
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1');
  await playground.train();
  expect(of(requests, CPU_TRAINER), 'the CPU trainer came').toBeGreaterThan(0);
  expect(requests.filter((url) => url.includes('trainer_webgpu')), 'the WebGPU trainer did not').toEqual([]);
  const origin = new URL(page.url()).origin;
  expect(requests.filter((url) => !url.startsWith(origin) && !url.startsWith('data:')), 'other origins').toEqual([]);
});

test('once the page has settled the likely trainer and the first images come before Play is pressed', async ({ page }) => {
  const requests = requestsOf(page);
  await page.clock.install();
  await Playground.open(page, 'device=cpu');
  expect([of(requests, CPU_TRAINER), of(requests, FIRST_IMAGES)], 'the page itself comes first').toEqual([0, 0]);
  await page.clock.runFor(3_000);
  await expect.poll(() => [of(requests, CPU_TRAINER), of(requests, FIRST_IMAGES)]).toEqual([1, 1]);
  expect(of(requests, /trainer_webgpu|test-000/)).toBe(0);
});

test('a visitor who saves data gets nothing before it is needed', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  const requests = requestsOf(page);
  await page.clock.install();
  const playground = await Playground.open(page, 'device=cpu');
  await page.clock.runFor(3_000);
  await playground.playButton.hover();
  await playground.openSettings('Device');
  expect(of(requests, /trainer_|\d\.png$/)).toBe(0);
});

test('an embed fetches them when the pointer comes to its Play button', async ({ page }) => {
  const requests = requestsOf(page);
  await page.clock.install();
  const playground = await Playground.open(page, 'device=cpu&embed=1');
  await page.clock.runFor(3_000);
  expect(of(requests, CPU_TRAINER)).toBe(0);
  await playground.playButton.hover();
  await expect.poll(() => [of(requests, CPU_TRAINER), of(requests, FIRST_IMAGES)]).toEqual([1, 1]);
});

test('held-out images delay no step', async ({ page }) => {
  let letCome = () => {};
  const come = new Promise<void>((resolve) => { letCome = resolve; });
  await page.route('**/data/starter/test-000.png', async (route) => {
    await come;
    await route.continue();
  });
  const playground = await Playground.open(page, 'device=cpu&filters=2&images=200&batch=50&held-out=20&epochs=1');
  await playground.play();
  await expect(page.getByText('Waiting for the next images…').first()).toBeVisible({ timeout: 60_000 });
  expect(await playground.stepsDone(), 'the last step of the epoch needs them').toBe(3);
  letCome();
  await playground.waitForStatus(/Finished/);
  expect(await playground.stepsDone()).toBe(4);
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
