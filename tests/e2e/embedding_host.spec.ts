// The playground on other people's pages, at another origin: the example hosts of docs/embedding, and what authors and readers
// complain of in other embeds. What shows in the frame alone is in embed.spec.ts and embed_in_a_page.spec.ts, the element's own ways in embed_element.spec.ts.
import { readFile } from 'node:fs/promises';
import { type Browser, type FrameLocator, type Page, expect, test } from './fixtures';
import { type Heard, call, embedded, heard, listen, openExample, openHost } from './host';

const LONG = 'depth="20" device="cpu" filters="2" batch="8" images="80" held-out="16" epochs="1000"';
const SHORT = LONG.replace('epochs="1000"', 'epochs="2"');
const element = (attributes: string) => `<resnet-playground ${attributes}></resnet-playground>`;
const tall = (height: number) => `<div style="height:${height}px">text between</div>`;

test.beforeEach(async ({ page }) => {
  // The committed images, whether or not the full set was built in this checkout.
  await page.route('**/data/data-sets.json', (route) => route.fulfill({ json: ['starter'] }));
});

async function open(page: Page, baseURL: string | undefined, body: string, head = '') {
  await openHost(page, baseURL!, body, head);
  await page.evaluate(() => customElements.whenDefined('resnet-playground'));
  await listen(page);
}

/** The newest event of that name, once there is one. */
async function told(page: Page, event: string, element = 0): Promise<Heard> {
  const find = async () => (await heard(page)).findLast((one) => one.event === event && one.element === element);
  await expect.poll(find, { message: event, timeout: 120_000 }).toBeDefined();
  return (await find())!;
}

const activity = async (page: Page, element: number) =>
  (await heard(page)).findLast((one) => one.element === element && one.event === 'state')?.detail.activity;
// By the keyboard: right after scrolling Chromium may still send a click to the frame that was there before.
const poster = (page: Page, element = 0) => page.locator('resnet-playground').nth(element).getByRole('button', { name: /^(Play|Continue|Show again|Try again)/ });
const inside = (page: Page, element = 0): FrameLocator => page.locator('resnet-playground').nth(element).frameLocator('iframe');
const trainers = (page: Page) => page.workers().filter((worker) => worker.url().includes('trainer'));

test.describe('the example hosts, from another origin', () => {
  /** On the CPU and short, where the example leaves both to the reader's machine. */
  const quick = (text: string) =>
    text.replaceAll('epochs="2"', 'epochs="2" device="cpu" batch="8"').replace('epochs=2', 'epochs=2&amp;device=cpu&amp;batch=8').replaceAll('200', '80');

  /** Keeps every sentence that the host's own line says from now on, for `said`: a run as short as these ends between two looks. */
  const keepSaid = (page: Page) =>
    page.locator('body > p > output').evaluate((line) => {
      const said: string[] = ((window as unknown as { said: string[] }).said = []);
      new MutationObserver(() => said.push(line.textContent!)).observe(line, { childList: true });
    });
  const said = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said);

  test('plain HTML: three playgrounds, of which the page plays one and hears what it does', async ({ page, baseURL }) => {
    await openExample(page, baseURL!, 'plain.html', quick);
    await listen(page);
    await expect(page.getByRole('button', { name: /^Play/ })).toHaveCount(3);
    expect(embedded(page)).toEqual([]);
    await keepSaid(page);
    await page.getByRole('button', { name: 'Train my network' }).click();
    await expect(page.getByText(/^Done: \d+ % of held-out images right$/)).toBeVisible({ timeout: 240_000 });
    expect(await said(page), 'on the way').toContainEqual(expect.stringMatching(/^Step \d+ of \d+$/));
    expect(embedded(page)).toHaveLength(1);
    const done = await told(page, 'done', 2);
    expect(done.detail).toMatchObject({ activity: 'finished', goal: { text: expect.stringContaining('loss:2') } });
    await poster(page, 0).press('Enter');
    await told(page, 'step', 0);
    await poster(page, 1).press('Enter');
    await told(page, 'step', 1);
    expect(embedded(page), 'the first of the three is parked').toHaveLength(2);
    await expect(poster(page, 2), 'it had finished').toHaveText(/^Show again/);
  });

  test('a frame alone: the page speaks the messages itself', async ({ page, baseURL }) => {
    await openExample(page, baseURL!, 'iframe.html', quick);
    const button = page.getByRole('button', { name: 'Train' });
    await expect(button).toBeEnabled({ timeout: 60_000 });
    await keepSaid(page);
    await button.click();
    await expect(page.getByText(/^Done: \d+ % of held-out images right$/)).toBeVisible({ timeout: 240_000 });
    expect(await said(page), 'on the way').toContainEqual(expect.stringMatching(/^Step \d+ of \d+$/));
  });

  test('every other example names the playground in one place and asks for what the page has', async () => {
    const files = ['mdbook/playground.js', 'docusaurus/ResNetPlayground.tsx', 'pretext/skip-connections.ptx', 'notebook.ipynb', 'plain.html', 'iframe.html'];
    for (const file of files) {
      const text = await readFile(new URL(`../../docs/embedding/${file}`, import.meta.url), 'utf8');
      expect(text.split('https://playground.example/').length - 1, file).toBe(1);
    }
    JSON.parse(await readFile(new URL('../../docs/embedding/notebook.ipynb', import.meta.url), 'utf8'));
  });
});

test('every event comes with its data, in an order that can be followed', async ({ page, baseURL }) => {
  await open(page, baseURL, element(LONG.replace('epochs="1000"', 'epochs="40"')));
  // From within the page: many epochs can be over before a test looks.
  await page.evaluate(() => {
    const playground = document.querySelector('resnet-playground') as unknown as EventTarget & { pause(): Promise<void> };
    playground.addEventListener('epoch', () => void playground.pause(), { once: true });
  });
  await poster(page).press('Enter');
  await told(page, 'epoch');
  const paused = await told(page, 'paused');
  expect(paused.detail.step).toBeGreaterThan(0);
  await call(page, 0, 'play');
  const done = await told(page, 'done');
  expect(done.detail).toMatchObject({ activity: 'finished', epoch: 40, heldOutAccuracy: expect.any(Number) });
  const events = await heard(page);
  expect(events[0].event).toBe('ready');
  expect(events[0].detail).toMatchObject({ version: 1, link: expect.stringContaining('depth=20') });
  expect([...new Set(events.map(({ event }) => event))].sort()).toEqual(['done', 'epoch', 'paused', 'ready', 'resize', 'state', 'step']);
  const steps = events.filter(({ event }) => event === 'step').map(({ detail }) => detail.step as number);
  expect(steps).toEqual([...steps].sort((one, other) => one - other));

  await open(page, baseURL, element(`${LONG} batch-norm="off" rate="1000" optimizer="sgd"`));
  await call(page, 0, 'play');
  expect((await told(page, 'diverged')).detail).toMatchObject({ step: expect.any(Number), reason: expect.stringMatching(/number/) });
});

test('complaint 1: an embed takes neither the focus nor the scroll position, even when it starts by itself', async ({ page, baseURL }) => {
  await open(page, baseURL, `<p><button>Before</button></p>${tall(300)}${element(`${SHORT} start="visible"`)}${tall(2000)}`);
  await page.getByRole('button', { name: 'Before' }).focus();
  await told(page, 'done');
  await expect(page.getByRole('button', { name: 'Before' })).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test('complaint 2: the wheel over an embed scrolls the page', async ({ page, baseURL }) => {
  await open(page, baseURL, element('depth="56"') + tall(3000));
  await call(page, 0, 'getMetrics');
  const drawing = inside(page).getByRole('application', { name: 'Network drawing' });
  await drawing.hover();
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
});

test('complaint 3: the Tab key goes through an embed in few steps', async ({ page, baseURL }) => {
  await open(page, baseURL, `<p><button id="first">Before</button></p>${element('depth="56"')}<p><button id="last">After</button></p>`);
  await page.locator('#first').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.locator('#last'), 'a poster has a button and a link').toBeFocused();
  await call(page, 0, 'getMetrics');
  await page.locator('#first').focus();
  let stops = 0;
  do {
    await page.keyboard.press('Tab');
    stops += 1;
  } while (stops < 60 && !(await page.evaluate(() => document.activeElement?.id === 'last')));
  expect(stops).toBeLessThanOrEqual(22);
});

test('complaint 4: of several embeds on a page one trains, whoever starts them', async ({ page, baseURL }) => {
  await open(page, baseURL, element(`${LONG} start="visible" height="420"`).repeat(2) + tall(1500) + element(`${LONG} start="visible"`));
  await told(page, 'step', 0);
  expect(await poster(page, 1).isVisible(), 'the second waits for the first').toBe(true);
  await poster(page, 1).press('Enter');
  await told(page, 'step', 1);
  await expect.poll(() => activity(page, 0)).toBe('paused');
  await expect.poll(() => trainers(page).length).toBe(1);
  expect(embedded(page)).toHaveLength(2);
  expect(await call(page, 2, 'getState'), 'the third was never on screen').toEqual({ state: null });
});

test('complaint 5: an embed that waits holds no GPU and no trainer, and goes on where it was', async ({ page, baseURL }) => {
  await open(page, baseURL, element(LONG) + element(LONG) + tall(3000));
  await call(page, 0, 'play');
  const before = await told(page, 'epoch', 0);
  await call(page, 1, 'play');
  await told(page, 'step', 1);
  await expect(inside(page, 0).getByRole('button', { name: 'Continue' })).toBeVisible();
  await expect.poll(() => trainers(page).length).toBe(1);
  await page.evaluate(() => scrollTo(0, 3000));
  await expect.poll(() => embedded(page).length, { timeout: 60_000 }).toBe(0);
  await expect.poll(() => trainers(page).length).toBe(0);
  await page.evaluate(() => scrollTo(0, 0));
  await expect(poster(page, 0)).toHaveText(/^Continue/);
  await poster(page, 0).press('Enter');
  await expect(poster(page, 0)).toBeHidden({ timeout: 60_000 });
  const metrics = (await call(page, 0, 'getMetrics')) as { epoch: number; step: number };
  expect(metrics.epoch).toBeGreaterThanOrEqual(before.detail.epoch as number);
  const reached = metrics.step;
  await expect.poll(async () => ((await call(page, 0, 'getMetrics')) as { step: number }).step, { timeout: 120_000 }).toBeGreaterThan(reached);
});

test('complaint 6: where a browser blocks the storage of frames, an embed trains all the same', async ({ page, baseURL }) => {
  await page.addInitScript(() => {
    if (self === top) return;
    const refuse = () => {
      throw new DOMException('The user denied permission.', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) Object.defineProperty(window, name, { get: refuse });
    Object.defineProperty(navigator.storage, 'getDirectory', { value: refuse });
  });
  await open(page, baseURL, element(SHORT));
  await poster(page).press('Enter');
  expect((await told(page, 'done')).detail).toMatchObject({ activity: 'finished' });
  await expect(inside(page).getByText(/not kept/)).toBeVisible();
});

test('complaint 7: the page around needs no headers for isolation', async ({ page, baseURL }) => {
  await open(page, baseURL, element(SHORT));
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await poster(page).press('Enter');
  const done = await told(page, 'done');
  expect(done.detail.device).toMatch(/CPU/);
  expect(await embedded(page)[0].evaluate(() => crossOriginIsolated)).toBe(false);
});

test('complaint 8: the height is right after the first paint and after a change of width', async ({ page, baseURL }) => {
  await page.setViewportSize({ width: 900, height: 900 });
  await open(page, baseURL, element('depth="29"'));
  await call(page, 0, 'getMetrics');
  /** Nothing in the frame is cut off, and the frame is as high as the playground says. */
  const fits = async () => {
    const { height } = (await told(page, 'resize')).detail as { height: number };
    const frame = (await page.locator('iframe').boundingBox())!;
    const inner = await embedded(page)[0].evaluate(() => document.documentElement.scrollHeight);
    return Math.abs(frame.height - Math.max(height, 240)) <= 1 && inner <= frame.height;
  };
  await expect.poll(fits).toBe(true);
  await page.setViewportSize({ width: 360, height: 900 });
  await expect.poll(fits).toBe(true);
});

test('complaint 9: a page talks with its embed', async ({ page, baseURL }) => {
  await open(page, baseURL, element(SHORT));
  expect(await call(page, 0, 'setLink', '?depth=29&device=cpu&filters=2')).toMatchObject({ link: expect.stringContaining('depth=29'), notices: [] });
  expect(await call(page, 0, 'setLink', '?depth=30&device=cpu')).toMatchObject({ notices: [expect.stringContaining('30')] });
  const { url } = (await call(page, 0, 'getLink')) as { url: string };
  expect(url).not.toContain('embed');
  expect(await call(page, 0, 'setState', 'nonsense'), 'a sentence').toMatch(/\.$/);
  expect(await call(page, 0, 'getMetrics')).toMatchObject({ activity: 'idle', step: 0, goal: null });
});

test('complaint 10: an embed can fill the screen, and one that does not start says so and leads to the full page', async ({ page, baseURL }) => {
  await open(page, baseURL, element(SHORT));
  await call(page, 0, 'getMetrics');
  await inside(page).getByRole('button', { name: 'Full screen' }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.tagName)).toBe('RESNET-PLAYGROUND');
  await page.evaluate(() => document.exitFullscreen());

  await page.route('**/playground/app*.wasm', (route) => route.abort());
  await open(page, baseURL, element(SHORT));
  await poster(page).press('Enter');
  expect((await told(page, 'unsupported')).detail.reason).toMatch(/could not be fetched/);
  await expect(page.getByRole('status').first()).toHaveText(/could not be fetched/);
  await expect(page.getByRole('link', { name: 'Open the full page' })).toHaveAttribute('href', /\/playground\/\?depth=20/);
  await page.unroute('**/playground/app*.wasm');
  await poster(page).press('Enter');
  await told(page, 'step');
});

test('complaint 11: every embed asks for the same files, which a browser keeps', async ({ page, baseURL }) => {
  const asked: string[][] = [[], []];
  let of = 0;
  page.on('request', (request) => {
    if (/\.(js|wasm|png)$/.test(request.url())) asked[of].push(request.url());
  });
  await open(page, baseURL, element(SHORT) + element(SHORT));
  await call(page, 0, 'step');
  await told(page, 'paused', 0);
  of = 1;
  await call(page, 1, 'step');
  await told(page, 'paused', 1);
  const [first, second] = asked.map((urls) => [...new Set(urls)].filter((url) => !url.endsWith('resnet-playground.js')).sort());
  expect(second).toEqual(first);
});

/** Memory of the processes that show pages and compute for them, in bytes; shared pages count in parts. */
async function memory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = await Promise.all(
    processInfo.map(async ({ id, type }) => {
      if (!/renderer|gpu/i.test(type)) return 0;
      const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
      return 1024 * Number(rollup.match(/^Pss:\s+(\d+)/m)?.[1] ?? 0);
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

test('three embeds take less than 1.5 times the memory of one: one trains, the others wait', async ({ page, baseURL, browser }) => {
  test.skip(process.platform !== 'linux', 'memory is read from /proc');
  await open(page, baseURL, element(`${LONG} height="420"`).repeat(3));
  const empty = await memory(browser);
  await poster(page, 0).press('Enter');
  await told(page, 'epoch', 0);
  const one = await memory(browser);
  for (const next of [1, 2]) {
    await poster(page, next).press('Enter');
    await told(page, 'epoch', next);
  }
  await expect.poll(() => embedded(page).length).toBe(2);
  await expect.poll(() => trainers(page).length).toBe(1);
  const times = async () => ((await memory(browser)) - empty) / (one - empty);
  await expect.poll(times, { message: `times the ${Math.round((one - empty) / 1e6)} MB of one`, timeout: 60_000 }).toBeLessThan(1.5);
});
