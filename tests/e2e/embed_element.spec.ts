// What <resnet-playground> does on a host's page, with a stand-in for the playground: fast, and able to go wrong on purpose.
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { type Page, expect, test } from './fixtures';
import { call, embedded, heard, listen, openHost } from './host';

const standIn = readFileSync(new URL('../fixtures/embedding/frame.html', import.meta.url), 'utf8');

/** A host whose playgrounds are stand-ins. */
async function open(page: Page, baseURL: string | undefined, body: string, head = '') {
  await page.route(/\/playground\/\?.*embed=1/, (route) => route.fulfill({ contentType: 'text/html', body: standIn }));
  await page.route('**/posters/*.svg', (route) =>
    route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="300"/>' }),
  );
  await openHost(page, baseURL!, body, head);
  await page.evaluate(() => customElements.whenDefined('resnet-playground'));
  await listen(page);
}

const buttons = (page: Page) => page.getByRole('button', { name: /Play|Continue|Show again|Try again/ });
const steps = async (page: Page, element: number) => (await heard(page)).filter((one) => one.element === element && one.event === 'step').length;
const tall = (gap: number) => `<div style="height:${gap}px">text between</div>`;

// An author may show the poster of a playground that is hosted elsewhere.
test.use({ elsewhere: /^https:\/\/elsewhere\.test\/p\/posters\// });

test('before a click there is a poster with a button, and nothing of the playground is fetched', async ({ page, baseURL }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await open(page, baseURL, '<resnet-playground depth="29" skips="off" theme="dark"><a href="https://elsewhere.test/">A link</a></resnet-playground>');
  const button = buttons(page);
  await expect(button).toHaveAccessibleName(/^Play.*depth 29 without skip connections/);
  await expect(page.getByRole('img', { name: /depth 29/ })).toHaveAttribute('src', /posters\/29-plain-dark\.svg$/);
  await expect(page.getByRole('link', { name: 'Open the full page' })).toHaveAttribute('href', /\/playground\/\?depth=29&skips=off&theme=dark$/);
  await expect(page.getByRole('link', { name: 'A link' }), 'it is for browsers without the element').toBeHidden();
  expect(fetched.filter((url) => url.includes('/playground/')).map((url) => url.split('/playground/')[1])).toEqual([
    'resnet-playground.js',
    'posters/29-plain-dark.svg',
  ]);
  expect(embedded(page)).toEqual([]);
});

test('its language is that of its attribute, and the poster stays', async ({ page, baseURL }) => {
  await open(page, baseURL, '<resnet-playground depth="29" lang="de"></resnet-playground>');
  await expect(page.getByRole('img', { name: /depth 29/ })).toHaveAttribute('src', /posters\/29-/);
  await expect(page.getByRole('link', { name: 'Open the full page' })).toHaveAttribute('href', /\?depth=29&lang=de$/);
});

test('without its script the link inside the element is what a reader sees', async ({ page, baseURL }) => {
  await openHost(page, baseURL!, '<resnet-playground depth="29"><a href="https://elsewhere.test/">A link</a></resnet-playground>', '', false);
  await expect(page.getByRole('link', { name: 'A link' })).toBeVisible();
});

test('a network without a poster is named in words', async ({ page, baseURL }) => {
  for (const attributes of ['depth="200"', 'depth="29" blocks="3-4-2"', 'depth="29" filters="4"', 'link="?depth=21"']) {
    await open(page, baseURL, `<resnet-playground ${attributes}></resnet-playground>`);
    await expect(page.getByRole('img')).toHaveCount(0);
    await expect(buttons(page)).toHaveAccessibleName(/depth (200|29|21)/);
  }
});

test('a poster of the author’s own, and a title', async ({ page, baseURL }) => {
  await open(page, baseURL, `<resnet-playground poster="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='600' height='300'/>" title="Where skips matter"></resnet-playground>`);
  await expect(page.getByRole('img', { name: 'Where skips matter' })).toHaveAttribute('src', /^data:/);
  await expect(buttons(page)).toHaveAccessibleName(/Play\s*Where skips matter/);
  await buttons(page).click();
  await expect(page.locator('iframe')).toHaveAttribute('title', 'Where skips matter');
});

test('attributes are keys of the link, whatever else the page writes there', async ({ page, baseURL }) => {
  const inLink = async (attributes: string) => {
    await open(page, baseURL, `<resnet-playground ${attributes}></resnet-playground>`);
    const href = await page.getByRole('link', { name: 'Open the full page' }).getAttribute('href');
    return Object.fromEntries(new URL(href!).searchParams);
  };
  expect(await inLink('depth="29" held-out="100" data="starter" class="wide" id="a" data-v-7="" aria-label="x" style="margin:0" start="click" _ngcontent-a')).toEqual({
    depth: '29',
    'held-out': '100',
    data: 'starter',
  });
  expect(await inLink('link="?depth=20&amp;seed=7" seed="8" classes="0-3"')).toEqual({ depth: '20', seed: '8', classes: '0-3' });
  expect(await inLink('link="depth=20"')).toEqual({ depth: '20' });
  expect(await inLink('link="https://elsewhere.test/p/?depth=20&amp;embed=1"')).toEqual({ depth: '20' });
  await open(page, baseURL, '<resnet-playground src="https://elsewhere.test/p/?depth=20"></resnet-playground>');
  await expect(page.getByRole('link', { name: 'Open the full page' })).toHaveAttribute('href', 'https://elsewhere.test/p/?depth=20');
});

test('Play loads and trains, every method gives what the protocol says, events come with their data', async ({ page, baseURL }) => {
  await open(page, baseURL, '<resnet-playground depth="29"></resnet-playground>');
  await buttons(page).click();
  await expect.poll(() => steps(page, 0)).toBeGreaterThan(3);
  await expect(buttons(page)).toHaveCount(0);
  expect(embedded(page)).toHaveLength(1);
  expect(await call(page, 0, 'pause')).toEqual({});
  expect(await call(page, 0, 'getMetrics')).toMatchObject({ activity: 'paused', steps: 1000 });
  const { state } = (await call(page, 0, 'getState')) as { state: string };
  expect(await call(page, 0, 'step')).toEqual({});
  expect(await call(page, 0, 'getMetrics')).toMatchObject({ step: JSON.parse(state).step + 1 });
  expect(await call(page, 0, 'reset')).toEqual({});
  expect(await call(page, 0, 'setState', state)).toEqual({ link: '?depth=29&embed=1' });
  expect(await call(page, 0, 'getMetrics')).toMatchObject(JSON.parse(state));
  expect(await call(page, 0, 'setLink', '?depth=20')).toEqual({ link: '?depth=20', notices: [] });
  expect(await call(page, 0, 'setLink', '?boom'), 'the playground’s sentence').toBe('This link cannot be used.');
  expect(await call(page, 0, 'getLink')).toHaveProperty('url');
  const events = await heard(page);
  expect(new Set(events.map(({ event }) => event))).toEqual(new Set(['ready', 'state', 'step', 'paused', 'resize']));
  expect(events[0]).toEqual({ element: 0, event: 'ready', detail: { version: 1, link: '?depth=29&embed=1', build: 'stand-in' } });
});

test('a method loads the playground, and only what needs one', async ({ page, baseURL }) => {
  await open(page, baseURL, '<resnet-playground depth="29"></resnet-playground>');
  expect(await call(page, 0, 'pause')).toEqual({ state: null });
  expect(await call(page, 0, 'getState')).toEqual({ state: null });
  expect(await call(page, 0, 'park')).toEqual({ state: null });
  expect(embedded(page)).toEqual([]);
  expect(await call(page, 0, 'getMetrics')).toMatchObject({ activity: 'idle' });
  expect(embedded(page)).toHaveLength(1);
});

test('a changed attribute is another link for the loaded playground', async ({ page, baseURL }) => {
  await open(page, baseURL, '<resnet-playground depth="29"></resnet-playground>');
  await call(page, 0, 'getMetrics');
  const before = (await heard(page)).length;
  await page.evaluate(() => document.querySelector('resnet-playground')!.setAttribute('depth', '20'));
  await expect.poll(async () => (await heard(page)).length).toBeGreaterThan(before);
  await expect(page.locator('iframe')).toHaveCount(1);
});

test('the height follows the playground, never below a minimum, unless the page gives one', async ({ page, baseURL }) => {
  await open(page, baseURL, '<resnet-playground images="777"></resnet-playground><resnet-playground images="3"></resnet-playground><resnet-playground images="777" height="500"></resnet-playground>');
  const height = async (element: number) => (await page.locator('resnet-playground').nth(element).boundingBox())!.height;
  expect(await height(0)).toBe(420);
  expect(await height(2)).toBe(500);
  for (const [element, expected] of [[0, 777], [1, 240], [2, 500]]) {
    await call(page, element, 'getMetrics');
    await expect.poll(() => height(element)).toBe(expected);
  }
});

test('a playground that is silent is told, and its poster leads to the full page and tries again', async ({ page, baseURL }) => {
  await open(page, baseURL, '<resnet-playground depth="29" seed="1"></resnet-playground>');
  await buttons(page).click();
  await expect(page.getByRole('status')).toHaveText(/Loading/);
  await expect(page.getByRole('link', { name: 'Open the full page' })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText(/does not answer/);
  expect(await heard(page)).toEqual([
    { element: 0, event: 'error', detail: { message: expect.stringMatching(/does not answer/), remedy: expect.stringMatching(/full page/) } },
  ]);
  await expect(page.locator('iframe')).toHaveCount(0);
  await page.evaluate(() => document.querySelector('resnet-playground')!.removeAttribute('seed'));
  await page.getByRole('button', { name: /Try again/ }).click();
  await expect.poll(() => steps(page, 0)).toBeGreaterThan(0);
});

test('where the playground cannot run its reason is told', async ({ page, baseURL }) => {
  await open(page, baseURL, '<resnet-playground seed="2"></resnet-playground>');
  expect(await call(page, 0, 'play')).toBe('This browser cannot run it.');
  await expect(page.getByRole('status')).toHaveText('This browser cannot run it.');
  expect(await heard(page)).toEqual([{ element: 0, event: 'unsupported', detail: { reason: 'This browser cannot run it.' } }]);
  await open(page, baseURL, '<resnet-playground seed="5"></resnet-playground>');
  expect(await call(page, 0, 'play')).toBe('The program does not start.');
  expect(await heard(page)).toEqual([{ element: 0, event: 'unsupported', detail: { reason: 'The program does not start.' } }]);
});

test('a playground that hears late, or answers twice, loses no command', async ({ page, baseURL }) => {
  await open(page, baseURL, '<resnet-playground seed="3"></resnet-playground><resnet-playground seed="4"></resnet-playground>');
  const [late, twice] = await Promise.all([call(page, 0, 'step'), call(page, 1, 'getMetrics')]);
  expect([late, twice]).toEqual([{}, expect.objectContaining({ activity: 'idle' })]);
  expect(await call(page, 0, 'getMetrics')).toMatchObject({ step: 1 });
});

test('other windows are not listened to', async ({ page, baseURL }) => {
  await open(page, baseURL, '<resnet-playground seed="1"></resnet-playground>');
  const answer = call(page, 0, 'getMetrics');
  await expect(page.locator('iframe')).toHaveCount(1);
  await page.evaluate(() => {
    for (const resnetPlayground of ['here', 'port']) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => document.body.append('a stranger heard a command');
      port1.postMessage({ event: 'ready', data: { version: 1 } });
      window.postMessage({ resnetPlayground, version: 1, id: '1' }, '*', [port2]);
    }
  });
  expect(await answer).toMatch(/does not answer/);
  await expect(page.getByText('a stranger heard')).toHaveCount(0);
});

test('one trains and at most two are loaded: the others pause, the one used longest ago is parked and goes on later', async ({ page, baseURL }) => {
  const element = '<resnet-playground depth="29" height="150"></resnet-playground>';
  await open(page, baseURL, element.repeat(3));
  const running = async () => {
    const before = await Promise.all([0, 1, 2].map((one) => steps(page, one)));
    await page.waitForTimeout(400);
    const after = await Promise.all([0, 1, 2].map((one) => steps(page, one)));
    return [0, 1, 2].filter((one) => after[one] > before[one]);
  };
  await call(page, 0, 'play');
  await expect.poll(running).toEqual([0]);
  await call(page, 1, 'play');
  await expect.poll(running).toEqual([1]);
  expect(embedded(page)).toHaveLength(2);
  await call(page, 2, 'play');
  await expect.poll(running).toEqual([2]);
  expect(embedded(page)).toHaveLength(2);
  const reached = await steps(page, 0);
  await page.getByRole('button', { name: /Continue/ }).click();
  await expect.poll(() => steps(page, 0)).toBeGreaterThan(reached);
  const next = (await heard(page)).filter((one) => one.element === 0 && one.event === 'step')[reached];
  expect(next.detail.step, 'it takes up where it was').toBe(reached + 1);
  expect(embedded(page)).toHaveLength(2);
  // A visitor's own click inside a frame counts, too.
  for (const frame of embedded(page)) if ((await frame.locator('#says').textContent())!.startsWith('paused')) await frame.getByRole('button').click();
  await expect.poll(running).toHaveLength(1);
});

test('three that are started at once end with one that trains and two that are loaded', async ({ page, baseURL }) => {
  await open(page, baseURL, '<resnet-playground depth="29" height="150"></resnet-playground>'.repeat(3));
  await Promise.all([0, 1, 2].map((one) => call(page, one, 'play')));
  await expect.poll(() => embedded(page).length).toBe(2);
  await expect
    .poll(async () => (await Promise.all(embedded(page).map((frame) => frame.locator('#says').textContent()))).filter((says) => says!.startsWith('training')).length)
    .toBe(1);
});

test('off screen it pauses, goes on when it is back soon, and is parked after a while', async ({ page, baseURL }) => {
  await open(page, baseURL, `<resnet-playground depth="29"></resnet-playground>${tall(4000)}`);
  await buttons(page).click();
  await expect.poll(() => steps(page, 0)).toBeGreaterThan(2);
  await page.evaluate(() => scrollTo(0, 3000));
  await expect(embedded(page)[0].getByText(/paused/)).toBeAttached();
  await page.evaluate(() => scrollTo(0, 0));
  await expect(embedded(page)[0].getByText(/training/)).toBeAttached();
  await page.evaluate(() => scrollTo(0, 3000));
  await expect.poll(() => embedded(page).length).toBe(0);
  await page.evaluate(() => scrollTo(0, 0));
  const reached = ((await call(page, 0, 'getState')) as { state: string }).state;
  await expect(page.getByRole('status')).toHaveText(`Stopped at step ${JSON.parse(reached).step}.`);
  await page.getByRole('button', { name: /Continue/ }).click();
  await expect.poll(async () => Number(((await call(page, 0, 'getMetrics')) as { step: number }).step)).toBeGreaterThan(JSON.parse(reached).step);
});

test('start=visible starts what comes on screen, one after another, and never takes the focus', async ({ page, baseURL }) => {
  await open(page, baseURL, `<p><button>Before</button></p>${tall(2000)}<resnet-playground depth="29" start="visible"></resnet-playground>${tall(2000)}<resnet-playground depth="20" start="visible"></resnet-playground>`);
  await page.getByRole('button', { name: 'Before' }).focus();
  expect(embedded(page)).toEqual([]);
  await page.evaluate(() => scrollTo(0, 1900));
  await expect.poll(() => steps(page, 0)).toBeGreaterThan(2);
  expect(await steps(page, 1)).toBe(0);
  await page.evaluate(() => scrollTo(0, 9000));
  await expect.poll(() => steps(page, 1)).toBeGreaterThan(2);
  await expect(page.getByRole('button', { name: 'Before' })).toBeFocused();
  await expect.poll(() => embedded(page).length, { message: 'the first one, off screen, is parked' }).toBe(1);
});

test('the keyboard plays, and its focus goes on into the playground', async ({ page, baseURL }) => {
  await open(page, baseURL, '<p><button>Before</button></p><resnet-playground depth="29"></resnet-playground>');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(buttons(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('iframe')).toBeFocused();
});

test('an element that leaves the page takes its playground along', async ({ page, baseURL }) => {
  await open(page, baseURL, '<resnet-playground depth="29"></resnet-playground>');
  await call(page, 0, 'play');
  await page.evaluate(() => {
    const element = document.querySelector('resnet-playground')!;
    element.remove();
    (window as unknown as { gone: Element }).gone = element;
  });
  await expect.poll(() => embedded(page).length).toBe(0);
  const answer = await page.evaluate(() => (window as unknown as { gone: { play(): Promise<unknown> } }).gone.play().catch((error: Error) => error.message));
  expect(answer).toMatch(/not on the page/);
  await page.evaluate(() => document.body.append((window as unknown as { gone: Element }).gone));
  await buttons(page).click();
  await expect.poll(() => embedded(page).length).toBe(1);
});

test('it works under a strict content security policy', async ({ page, baseURL }) => {
  const origin = new URL(baseURL!).origin;
  const policy = `default-src 'none'; script-src ${origin}; frame-src ${origin}; img-src ${origin}; require-trusted-types-for 'script'`;
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await open(page, baseURL, '<resnet-playground depth="29"></resnet-playground>', `<meta http-equiv="content-security-policy" content="${policy}">`);
  expect(await page.locator('resnet-playground').evaluate((element) => getComputedStyle(element).display)).toBe('block');
  await buttons(page).click();
  await expect.poll(() => embedded(page).length).toBe(1);
  expect(complaints.filter((text) => /policy/i.test(text))).toEqual([]);
});

test('the poster is clean for axe in both themes', async ({ page, baseURL }) => {
  for (const theme of ['light', 'dark']) {
    const body = ['depth="29"', 'depth="200"', 'depth="20" seed="2"'].map((attributes) => `<resnet-playground ${attributes} theme="${theme}"></resnet-playground>`).join('');
    await open(page, baseURL, `<main><h1>A chapter</h1>${body}</main>`);
    await call(page, 2, 'play'); // cannot: its poster says why
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`), theme).toEqual([]);
  }
});
