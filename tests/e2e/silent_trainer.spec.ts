// A trainer that is gone, hangs or never answers tells nothing: the page notices it, and nothing that was saved is lost.
import { type Page, type Route, expect, test } from './fixtures';
import { Playground } from './playground';

const RUN = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1000&depth=20';
const LOADER = /\/trainer_cpu_(start|loader)[^/]*\.js$/;
// A trainer that is lost while it looks at held-out images, or over what the page asked it for, is waited for a minute.
const ALERT_MS = 120_000;

/** Lets the test end workers as the system does where memory is short: the page is told nothing. */
async function keepHoldOfWorkers(page: Page) {
  await page.addInitScript(() => {
    const held: Worker[] = ((window as unknown as { held: Worker[] }).held = []);
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (String(url).includes('/trainer_')) held.push(this);
      }
    };
  });
}

const endTrainer = (page: Page) => page.evaluate(() => (window as unknown as { held: Worker[] }).held.at(-1)!.terminate());

const script = (body: string) => (route: Route) => route.fulfill({ contentType: 'text/javascript', body });

test('a run whose worker is gone goes on by itself from where it was saved, then asks', async ({ page }) => {
  await keepHoldOfWorkers(page);
  const playground = await Playground.open(page, RUN);
  await playground.play();
  await expect(playground.thisRun).toContainText(/saved up to step [1-9]/);
  await playground.waitForMoreStepsThan(5);
  const before = await playground.stepsDone();
  await endTrainer(page);
  const wentOn = page.getByText(/said nothing for \d+ seconds\. The run went on by itself from step \d+/).first();
  await expect(wentOn).toBeVisible({ timeout: ALERT_MS });
  // More than were done before, or it may not train yet.
  await playground.waitForMoreStepsThan(before + 50, 60_000);

  await endTrainer(page);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/said nothing for \d+ seconds/, { timeout: ALERT_MS });
  await expect(alert.getByRole('button').first(), 'the first way out loses least').toHaveText(/^Go on from step [1-9]\d*$/);
  await alert.getByRole('button').first().click();
  await expect(alert).toBeHidden();
  await playground.waitForMoreStepsThan(5);
  await playground.pause();
});

test('a paused run is not taken for a silent one', async ({ page }) => {
  await page.clock.install();
  const playground = await Playground.open(page, RUN);
  await playground.step();
  await playground.waitForStatus(/Paused/);
  await page.clock.runFor(600_000);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await playground.step();
});

test('a trainer that says it is ready, and then nothing, is silent too', async ({ page }) => {
  await page.clock.install();
  // The version is the page's own: the first byte that a real trainer says after the place of `Ready`.
  let version = 0;
  await page.exposeFunction('heardVersion', (said: number) => (version = said));
  await page.addInitScript(() => {
    const Original = Worker;
    window.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener('message', ({ data }) => {
          const bytes = new Uint8Array(data instanceof ArrayBuffer ? data : []);
          if (bytes[0] === 0) void (window as unknown as { heardVersion(said: number): void }).heardVersion(bytes[1]);
        });
      }
    };
  });
  const playground = await Playground.open(page, RUN);
  await playground.step();
  expect(version).toBeGreaterThan(0);
  await playground.reset();
  await page.route(LOADER, script(`postMessage(new Uint8Array([0, ${version}, 3, 67, 80, 85]).buffer)`));
  await playground.play();
  await expect(page.getByText('Starting the trainer…').first()).toBeVisible();
  await page.clock.runFor(70_000);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/said nothing for 6\d seconds/);
  await page.unroute(LOADER);
  await alert.getByRole('button', { name: 'Restart' }).click();
  await playground.waitForMoreStepsThan(0);
});

test('a trainer that is long on its way is not given up', async ({ page }) => {
  await page.clock.install();
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route(/\/trainer_cpu_bg[^/]*\.wasm$/, async (route) => {
    // The page's own question, whether the server still has it, is answered at once.
    if (route.request().method() === 'GET') await arrived;
    await route.continue();
  });
  const playground = await Playground.open(page, RUN);
  await playground.play();
  await page.clock.runFor(180_000);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('Fetching the trainer…').first()).toBeVisible();
  arrive();
  await playground.waitForMoreStepsThan(0);
});

test('a trainer that arrives slowly says how much of it is there', async ({ page, context, baseURL }) => {
  await context.addCookies([{ name: 'slow', value: '1000', url: baseURL! }]);
  const playground = await Playground.open(page, RUN);
  await playground.play();
  await playground.waitForStatus(/Fetching the trainer/);
  const told = page.getByText(/\d+\.\d of \d+\.\d MB/).first();
  await expect(told).toBeVisible();
  const megabytes = async () => Number(/([\d.]+) of [\d.]+ MB/.exec(await told.innerText())![1]);
  const before = await megabytes();
  await expect.poll(megabytes).toBeGreaterThan(before);
  await playground.waitForMoreStepsThan(0);
  playground.expectNoComplaints();
});

test('a GPU that never answers leaves the CPU after ten seconds', async ({ page }) => {
  await page.route(/\/trainer_webgpu_loader[^/]*\.js$/, async (route) => {
    const body = await (await route.fetch()).text();
    // Imports come first, whatever stands before them: the program asks for its GPU once all of them are there.
    await route.fulfill({ contentType: 'text/javascript', body: `GPU.prototype.requestAdapter = () => new Promise(() => {});${body}` });
  });
  const playground = await Playground.open(page, RUN.replace('device=cpu', 'device=webgpu'));
  await playground.play();
  await expect(page.getByText(/has not answered for 1\d seconds/).first()).toBeVisible({ timeout: ALERT_MS });
  await playground.waitForMoreStepsThan(0);
  await expect(playground.device).toHaveText(/^CPU/);
});
