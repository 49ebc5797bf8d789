// What goes wrong outside of the page: each ends in training resumed or a plain sentence, and nothing saved is lost.
// docs/reliability.md lists all drills, those of other files too.
import { type BrowserContext, type Page, type Route, expect, test } from './fixtures';
import { Playground } from './playground';

const RUN = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1000&depth=20';
const ON_GPU = 'device=webgpu&filters=2&batch=8&images=80&held-out=8&epochs=1000&rate=0.0003';
const LOST_MS = 120_000;

/** The offer of the run that the browser has saved. */
const offer = (playground: Playground) => playground.page.getByRole('status').filter({ hasText: 'Your last run is saved' });
const wentOn = (page: Page) => page.getByText(/The run went on by itself from step [1-9]\d*/).first();

/** Plays until some of it is saved, then waits for more steps than were saved. */
async function playUntilSaved(playground: Playground) {
  await playground.play();
  await expect(playground.thisRun).toContainText(/saved up to step [1-9]/, { timeout: 120_000 });
}

/** Steps that the browser could go on from. */
const savedStep = async (playground: Playground) => Number(/saved up to step ([\d,]+)/.exec(await playground.thisRun.innerText())?.[1].replace(/,/g, '') ?? 0);

/** Trains a step and waits until it is saved. */
async function saveSteps(playground: Playground, steps: number) {
  for (let step = 0; step < steps; step += 1) await playground.step();
  await expect(playground.thisRun).toContainText(new RegExp(`saved up to step ${await playground.stepsDone()}(?!\\d)`));
}

/** Puts a script before the trainer's own in its worker. */
async function beforeTheTrainer(page: Page, device: 'cpu' | 'webgpu', script: string) {
  await page.route(`**/trainer_${device}_loader*.js`, async (route) => {
    const loader = await (await route.fetch()).text();
    await route.fulfill({ contentType: 'text/javascript', body: `${script}\n${loader}` });
  });
}

test('a GPU process that is killed takes the run no further back than where it was saved', async ({ playwright, launchOptions, channel, baseURL }) => {
  // A browser of its own: after some crashes a browser leaves the GPU alone.
  const browser = await playwright.chromium.launch({ ...launchOptions, channel });
  const page = await browser.newPage({ baseURL, viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  const playground = await Playground.open(page, ON_GPU);
  await playUntilSaved(playground);
  const saved = await savedStep(playground);
  const devtools = await browser.newBrowserCDPSession();
  await devtools.send('Browser.crashGpuProcess').catch(() => undefined); // it dies before it can answer
  await expect(wentOn(page)).toBeVisible({ timeout: LOST_MS });
  await playground.waitForMoreStepsThan(saved, 120_000);
  await browser.close();
});

for (const [what, answer, sentence] of [
  ['refuses its device', "Promise.reject(new DOMException('not today', 'OperationError'))", /WebGPU cannot be used here.*OperationError: not today\), so the network trains on the CPU/],
  ['never gives its device', 'new Promise(() => {})', /has not answered for 1\d seconds/],
] as const) {
  test(`a GPU that ${what} leaves the CPU, with a sentence`, async ({ page }) => {
    await beforeTheTrainer(page, 'webgpu', `GPUAdapter.prototype.requestDevice = () => ${answer};`);
    const playground = await Playground.open(page, RUN.replace('device=cpu', 'device=webgpu'));
    await playground.play();
    await expect(page.getByText(sentence).first()).toBeVisible({ timeout: LOST_MS });
    await playground.waitForMoreStepsThan(0);
    await expect(playground.device).toHaveText(/^CPU/);
  });
}

test('a worker that hangs in an endless loop is ended, and its run goes on by itself', async ({ page }) => {
  const playground = await Playground.open(page, RUN);
  await playUntilSaved(playground);
  const saved = await savedStep(playground);
  // It never answers: what waits for it ends with the worker.
  void playground.worker('trainer_cpu').evaluate(() => { for (;;); }).catch(() => undefined);
  await expect(wentOn(page)).toBeVisible({ timeout: LOST_MS });
  await playground.waitForMoreStepsThan(saved);
  await playground.pause();
});

test('a GPU without memory for a buffer says so, and half of the batch trains', async ({ page }) => {
  await beforeTheTrainer(page, 'webgpu', `
    const create = GPUDevice.prototype.createBuffer;
    GPUDevice.prototype.createBuffer = function (wanted) {
      const error = () => new GPUUncapturedErrorEvent('uncapturederror', { error: new GPUOutOfMemoryError('Out of memory') });
      if (self.isFull) setTimeout(() => this.dispatchEvent(error()));
      return create.call(this, wanted);
    };`);
  const playground = await Playground.open(page, ON_GPU);
  await playUntilSaved(playground);
  const fill = () => playground.worker('trainer_webgpu').evaluate(() => Object.assign(self, { isFull: true }));
  await fill();
  await expect(wentOn(page), 'once by itself: other tabs may have gone').toBeVisible({ timeout: LOST_MS });
  await playground.waitForMoreStepsThan(1, 120_000);
  await fill();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/memory/i, { timeout: LOST_MS });
  await expect(alert).not.toContainText(/\.rs|panicked|unreachable/);
  await expect(alert.getByRole('button').first(), 'the first way out loses least').toHaveText(/^Go on from step [1-9]\d*$/);
  await alert.getByRole('button', { name: /batch/i }).click();
  await playground.waitForMoreStepsThan(0, 120_000);
});

/** A program whose memory may grow to so many pages of 64 KiB and no further. */
function withMemoryLimit(program: Buffer, mostPages: number): Buffer {
  const MEMORY_SECTION = 5;
  const number = (place: number): [value: number, end: number] => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = program[place++];
      value |= (byte & 127) << shift;
      if (byte < 128) return [value, place];
      shift += 7;
    }
  };
  const written = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...written(value >>> 7)]);
  for (let place = 8; place < program.length; ) {
    const [length, start] = number(place + 1);
    if (program[place] === MEMORY_SECTION) {
      const [least] = number(start + 2);
      const section = [1, 1, ...written(least), ...written(Math.max(least, mostPages))];
      return Buffer.concat([program.subarray(0, place), Buffer.from([MEMORY_SECTION, ...written(section.length), ...section]), program.subarray(start + length)]);
    }
    place = start + length;
  }
  throw new Error('a program without memory');
}

test('a browser that gives the CPU trainer no more memory ends in a sentence, and a smaller run trains', async ({ page }) => {
  await page.route('**/trainer_cpu_bg*.wasm', async (route) => {
    const body = await (await route.fetch({ method: 'GET' })).body();
    await route.fulfill({ contentType: 'application/wasm', body: withMemoryLimit(body, 480) });
  });
  const playground = await Playground.open(page, 'device=cpu&filters=16&batch=128&images=256&held-out=16&epochs=10&depth=20');
  await playground.play();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/memory/i, { timeout: LOST_MS });
  for (let tries = 0; tries < 6 && (await alert.isVisible()); tries += 1) {
    await alert.getByRole('button', { name: /batch/i }).click();
    await expect(alert).toBeHidden();
    await expect(alert.or(playground.thisRun.getByText(/saved up to step/)).first()).toBeVisible({ timeout: LOST_MS });
  }
  await playground.waitForMoreStepsThan(0);
});

test('a storage that is full is told, and used again once there is room', async ({ page, baseURL }) => {
  const devtools = await page.context().newCDPSession(page);
  const origin = new URL(baseURL!).origin;
  const playground = await Playground.open(page, RUN);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  await playground.play();
  await expect(page.getByText(/not kept for the next visit/).first()).toBeVisible({ timeout: LOST_MS });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await expect(playground.thisRun).toContainText(/saved up to step [1-9]/, { timeout: LOST_MS });
  await expect(page.getByText(/not kept for the next visit/), 'no longer true').toHaveCount(0);
  await playground.pause();
  await playground.waitForStatus(/Paused/);
  await playground.reload();
  await expect(offer(playground)).toContainText(/step [1-9]/);
});

test('a storage that is emptied under a run is filled again, and an empty one offers nothing', async ({ page, baseURL }) => {
  const devtools = await page.context().newCDPSession(page);
  const evict = () => devtools.send('Storage.clearDataForOrigin', { origin: new URL(baseURL!).origin, storageTypes: 'all' });
  const playground = await Playground.open(page, RUN);
  await playUntilSaved(playground);
  const before = await savedStep(playground);
  await evict();
  await expect.poll(() => savedStep(playground), { timeout: LOST_MS }).toBeGreaterThan(before);
  await playground.pause();
  await playground.waitForStatus(/Paused/);
  const done = await playground.stepsDone();
  await expect.poll(() => savedStep(playground)).toBe(done);
  await playground.reload();
  await expect(offer(playground)).toContainText(`step ${done.toLocaleString('en')} of`);
  await evict();
  await offer(playground).getByRole('button', { name: 'Continue' }).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/does not keep the run any more/);
  await alert.getByRole('button', { name: 'Restart' }).click();
  await playground.waitForMoreStepsThan(0);
  playground.expectNoComplaints();
});

/** Turns a byte of one of the run's files in the storage over, so far from its start as a share of its length. */
const flip = (page: Page, file: string, share: number) =>
  page.evaluate(async ([file, share]) => {
    const store = await caches.open('resnet-playground-run');
    const found = (await store.keys()).find(({ url }) => url.endsWith(file))!;
    const bytes = new Uint8Array(await (await store.match(found))!.arrayBuffer());
    bytes[Math.floor(share * (bytes.length - 1))] ^= 0xff;
    await store.put(found, new Response(bytes));
  }, [file, share] as const);

test('a flipped byte in a saved run or in its note loses at most the last save', async ({ page }) => {
  const playground = await Playground.open(page, RUN);
  for (let saves = 0; saves < 2; saves += 1) await saveSteps(playground, 1);
  const losses = await playground.losses();
  for (const share of [0, 0.2, 0.4]) {
    await flip(page, '-newest', share);
    await playground.reload();
    await expect(offer(playground), `the note, flipped at ${share}`).toContainText('step 2 of');
    await flip(page, '-newest', share); // and back
  }
  await flip(page, '-newest', 0.4);
  // The second step was written into the second slot.
  await flip(page, 'slot-1', 0.5);
  await playground.reload();
  await offer(playground).getByRole('button', { name: 'Continue' }).click();
  await playground.waitForMoreStepsThan(2);
  await playground.pause();
  expect((await playground.losses()).slice(0, 2), 'the same run, to the last bit').toEqual(losses);
  playground.expectNoComplaints();
});

test('a tab that is frozen and thawed trains on, and nothing is taken for lost', async ({ page }) => {
  const devtools = await page.context().newCDPSession(page);
  const playground = await Playground.open(page, RUN);
  await playUntilSaved(playground);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  // By the clock: longer than a trainer that is awake may be silent.
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await expect(page.getByRole('alert')).toHaveCount(0);
  await playground.waitForMoreStepsThan(await playground.stepsDone());
  await expect(wentOn(page)).toHaveCount(0);
  await playground.pause();
  playground.expectNoComplaints();
});

/** Entries of all that the page keeps. */
const entries = (context: BrowserContext) =>
  context.pages()[0].evaluate(async () => {
    const names = await caches.keys();
    const counts = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
    return counts.reduce((sum, count) => sum + count, 0);
  });

test('fifty reloads in a row, most of them half way, leave the saved run and nothing else', { tag: '@long' }, async ({ page, context }) => {
  const playground = await Playground.open(page, RUN);
  await saveSteps(playground, 2);
  await playground.reload();
  await expect(offer(playground)).toContainText('step 2 of');
  const before = await entries(context);
  for (let reload = 1; reload <= 50; reload += 1) {
    await page.reload({ waitUntil: 'domcontentloaded' });
    if (reload % 10 === 0) await playground.waitUntilReady();
  }
  await expect(offer(playground)).toContainText('step 2 of');
  expect(await entries(context)).toBe(before);
  expect(page.workers().length, 'workers of pages that are gone').toBe(0);
  await offer(playground).getByRole('button', { name: 'Continue' }).click();
  await playground.waitForMoreStepsThan(2);
  await playground.pause();
});

const lost = (route: Route) => route.abort('connectionreset');
const cutShort = async (route: Route) => {
  const response = await route.fetch({ method: 'GET' });
  const body = await response.body();
  await route.fulfill({ response, body: body.subarray(0, body.length / 2) });
};

// The worker for tasks is fetched once, so each visit breaks another of its files.
for (const [what, broken, program] of [
  ['lost', lost, '**/tasks_bg*.wasm'],
  ['cut short', cutShort, '**/tasks-*.js'],
] as const) {
  test(`the description of the images and the worker for tasks that are ${what} on their way are told, and tried again when asked`, async ({ page }) => {
    await page.route('**/data/starter/manifest.json', broken);
    const playground = await Playground.visit(page, RUN);
    await expect(page.getByText(/The data set could not be fetched/).first()).toBeVisible();
    await page.unroute('**/data/starter/manifest.json', broken);
    await page.getByRole('button', { name: 'Retry' }).click();
    await playground.waitUntilReady();

    await playground.play();
    await playground.waitForMoreStepsThan(0);
    await playground.pause();
    await playground.waitForStatus(/Paused/);

    await page.route(program, broken);
    const panel = await playground.openTab('Evaluate');
    const evaluate = panel.getByRole('button', { name: 'Evaluate on all test images' });
    await evaluate.click();
    await expect(panel.getByText(/did not arrive|damaged or cut short/).first()).toBeVisible({ timeout: LOST_MS });
    await page.unroute(program, broken);
    await evaluate.click();
    await expect(panel.getByRole('status', { name: 'Result' })).toContainText(/of 16/, { timeout: LOST_MS });
  });
}

test('a list of data sets that does not arrive is told, and Retry brings it', async ({ page }) => {
  for (const broken of [lost, cutShort]) {
    await page.route('**/data/data-sets.json', broken);
    await page.goto(`./?${RUN}`);
    await expect(page.getByText(/The data set could not be fetched/).first()).toBeVisible();
    await page.unroute('**/data/data-sets.json', broken);
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled();
  }
});
