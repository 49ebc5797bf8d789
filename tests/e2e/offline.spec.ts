// The service worker: the page without a network, a newer build, and threads where the host sends no headers for them.
import { type BrowserContext, type Page, expect, test } from './fixtures';
import { Playground } from './playground';

test.use({ serviceWorkers: 'allow' });

const LINK = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1&seed=7';

/** Waits until the page is kept for visits without a network. */
async function kept(page: Page) {
  const state = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state);
  await expect.poll(state, { timeout: 60_000 }).toBe('activated');
}

/** The page as its first visit leaves it. */
async function visited(page: Page): Promise<Playground> {
  const playground = await Playground.open(page, LINK);
  await kept(page);
  return playground;
}

test('after one visit the page opens and trains in airplane mode, the guide with it', async ({ page, context }) => {
  await visited(page);
  await context.setOffline(true);
  const playground = await Playground.open(page, `${LINK}&depth=29`);
  await expect(playground.field('Depth')).toHaveValue('29');
  await playground.train();
  await page.goto('guide/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('from the second visit on the CPU trains on several threads, with the losses of one', async ({ page }) => {
  const first = await visited(page);
  await first.train();
  await expect(first.device).toHaveText(/^CPU(?!,)/);
  const losses = await first.losses();
  await first.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const second = await Playground.open(page, LINK);
  await second.train();
  await expect(second.device).toHaveText(/^CPU, [2-8] threads/);
  expect(await second.losses()).toEqual(losses);
});

test('an embed is not isolated and registers nothing', async ({ page }) => {
  await page.goto(`./?${LINK}&embed=1`);
  await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled();
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await visited(page);
  await page.goto(`./?${LINK}&embed=1`);
  await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
});

/** What the host sends from now on (`serve.mjs`). */
const hostSends = (context: BrowserContext, baseURL: string | undefined, value: string) => context.addCookies([{ name: 'host', value, url: baseURL! }]);

test('a newer build waits until the visitor takes it', async ({ page, context, baseURL }) => {
  const playground = await visited(page);
  await hostSends(context, baseURL, 'another-build');
  await playground.reload();
  const mark = page.locator('meta[name="build"]');
  await expect(mark, 'the build that is kept').toHaveCount(0);
  await expect(page.getByText(/There is a newer version of this page/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Use it now' }).click();
  await expect(mark).toHaveCount(1);
  await playground.waitUntilReady();
  await expect(page.getByText(/There is a newer version/)).toHaveCount(0);
  expect(await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('resnet-playground ')).length), 'the build before stays for other tabs').toBe(2);
});

test('a browser can install the page', async ({ page }) => {
  await page.goto('.');
  const session = await page.context().newCDPSession(page);
  const { errors, data } = (await session.send('Page.getAppManifest')) as { errors: unknown[]; data?: string };
  expect(errors).toEqual([]);
  const { icons } = JSON.parse(data!) as { icons: { src: string; sizes: string }[] };
  for (const { src, sizes } of icons) {
    const icon = await page.evaluate(async (src) => {
      const { width, height } = await createImageBitmap(await (await fetch(src)).blob());
      return `${width}x${height}`;
    }, src);
    expect(icon, src).toBe(sizes);
  }
});

test('a build of which a file is missing is not kept, and the visit goes on', async ({ page, context, baseURL }) => {
  await hostSends(context, baseURL, 'lost-images');
  const playground = await Playground.visit(page, LINK);
  const ends = page.evaluate(async () => {
    for (;;) {
      const registration = await navigator.serviceWorker.getRegistration();
      const worker = registration?.installing;
      if (worker) return new Promise((resolve) => worker.addEventListener('statechange', () => resolve(worker.state)));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  expect(await ends).toBe('redundant');
  await playground.waitUntilReady();
});
