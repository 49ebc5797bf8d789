// The static pages beside the playground, under a sub-path as some host serves them.
import AxeBuilder from '@axe-core/playwright';
import { type Page, expect, test } from './fixtures';
import { Playground } from './playground';

const PRESETS = ['tutorial', 'quick', 'thorough', 'long', 'tutorial-11', 'tutorial-56', 'paper-164', 'plain-56', 'tiny'];
const TEXTS = ['guide/', 'glossary/', 'teach/', 'de/guide/', 'de/glossary/', 'de/teach/'];
const PAGES = [...TEXTS, ...PRESETS.map((name) => `p/${name}/`)];

/** What a page asks for and does not get, what comes from elsewhere, and what it complains of. */
function wrongsOf(page: Page): string[] {
  const wrongs: string[] = [];
  const origin = () => new URL(page.url()).origin;
  page.on('console', (message) => message.type() === 'error' && wrongs.push(message.text()));
  page.on('pageerror', (error) => wrongs.push(error.message));
  page.on('response', (response) => response.status() >= 400 && wrongs.push(`${response.status()} ${response.url()}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && page.url().startsWith('http') && !url.startsWith(origin())) wrongs.push(`elsewhere: ${url}`);
  });
  return wrongs;
}

test('every page opens by itself, says what it is and leads back to the playground', async ({ page }) => {
  const wrongs = wrongsOf(page);
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page, path).toHaveTitle(/ · ResNet Playground$/);
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
    const home = page.getByRole('banner').getByRole('link', { name: 'ResNet Playground' });
    expect(await home.evaluate((link: HTMLAnchorElement) => new URL(link.href).pathname), path).toBe('/playground/');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: path.startsWith('de/') ? 'Zum Text' : 'Skip to the text' }), path).toBeFocused();
  }
  expect(wrongs).toEqual([]);
});

test('axe finds nothing on any kind of page, in both themes', async ({ page }) => {
  test.setTimeout(8 * 60_000);
  const found: string[] = [];
  for (const path of [...TEXTS, 'p/quick/', 'p/plain-56/']) {
    await page.goto(path);
    for (const folded of await page.locator('summary').all()) await folded.click();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
      found.push(...violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${path}, ${colorScheme}: ${id} (${help}) at ${target}`)));
    }
  }
  expect(found).toEqual([]);
});

for (const width of [360, 320]) {
  test(`at ${width} px no page scrolls sideways`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    for (const path of PAGES) {
      await page.goto(path);
      for (const folded of await page.locator('summary').all()) await folded.click();
      const widest = await page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth));
      expect.soft(widest, path).toBeLessThanOrEqual(width);
    }
  });
}

test('a preset opens in the playground with its network', async ({ page }) => {
  await page.goto('p/plain-56/');
  await expect(page.getByRole('img', { name: /Drawing of Plain 56/ })).toBeVisible();
  await page.getByRole('link', { name: 'Open in the playground' }).click();
  await expect(page).toHaveURL(/\/playground\/\?v=1&.*depth=56.*skips=off/);
  await expect(page.getByRole('textbox', { name: 'Depth' })).toHaveValue('56');
  await expect(page.getByRole('switch', { name: 'Skip connections' })).not.toBeChecked();
});

test('cards, posters and oEmbed answers are there, as previews ask for them', async ({ page, request }) => {
  await page.goto('p/quick/');
  const image = await page.locator('meta[property="og:image"]').getAttribute('content');
  expect(image).toMatch(/p\/quick\/card\.png$/);
  const card = await request.get('p/quick/card.png');
  expect([card.status(), card.headers()['content-type']]).toEqual([200, 'image/png']);
  const bytes = await card.body();
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], 'its size').toEqual([1200, 630]);
  const answer = await (await request.get('p/quick/oembed.json')).json();
  expect(answer).toMatchObject({ type: 'rich', version: '1.0', width: 600, height: 420 });
  for (const name of ['29-light', '29-dark', '29-plain-light', '164-plain-dark']) {
    const poster = await request.get(`posters/${name}.svg`);
    expect([poster.status(), poster.headers()['content-type']], name).toEqual([200, 'image/svg+xml']);
  }
  await page.goto('.');
  await expect(page.locator('meta[property="og:image"]')).toHaveAttribute('content', /p\/quick\/card\.png$/);
  await expect(page.locator('meta[name="twitter:card"]')).toHaveAttribute('content', 'summary_large_image');
});

test('the header leads to the guide and back, and a term has an address', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=29&device=cpu');
  await page.getByRole('navigation', { name: 'Learn' }).getByRole('link', { name: 'Guide' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Guide' })).toBeVisible();
  await page.getByRole('link', { name: 'gradient', exact: true }).first().click();
  await expect(page).toHaveURL(/glossary\/#gradient$/);
  await expect(page.locator(':target')).toContainText('How the loss changes with each weight');
  await page.goBack();
  await page.goBack();
  await playground.waitUntilReady();
  await expect(playground.field('Depth'), 'the experiment is still there').toHaveValue('29');
  playground.expectNoComplaints();
});

test('colours chosen in the playground hold on the other pages', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await Playground.open(page, 'device=cpu');
  const colours = page.getByRole('banner').getByRole('button', { name: /^Colours: / });
  while (!(await colours.getAttribute('aria-label'))?.includes('dark')) await colours.click();
  await page.goto('guide/');
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(ground).toBe('rgb(15, 16, 19)');
});

test('links of the teacher’s page open exactly what they say, with nothing to complain of', async ({ page }) => {
  test.setTimeout(4 * 60_000);
  await page.goto('teach/');
  const addresses = await page.getByRole('main').getByRole('link').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  const experiments = [...new Set(addresses.filter((address) => /\/playground\/\?/.test(address) && !/lesson=|tour=/.test(address)))];
  expect(experiments.length, 'links to experiments').toBeGreaterThanOrEqual(4);
  for (const address of experiments) {
    const playground = await Playground.open(page, new URL(address).search.slice(1));
    await expect(page.getByText(/The link says something|is used\./), address).toHaveCount(0);
    await expect(playground.device, `${address} trains on the processor of any computer`).toHaveText(/^CPU/);
    playground.expectNoComplaints();
  }
});
