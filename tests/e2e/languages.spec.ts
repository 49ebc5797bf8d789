import { readFile, readdir } from 'node:fs/promises';
import { type Locator, expect, test } from './fixtures';
import { translated } from './pages/catalogue';
import { everywhere, furnished } from './pages/everywhere';
import { beyondTheEdge, cutOff } from './pages/measures';
import { Playground } from './playground';

const SMALL = 'v=1&device=cpu&depth=11&filters=2&batch=10&images=60&held-out=20&epochs=1';
/** Invisible; names of roles and labels are compared without it. */
const MARK = '\u200b';

test.describe('a browser in German', () => {
  test.use({ locale: 'de-DE' });

  test('the page speaks German by itself, with its numbers, and English when that is chosen', async ({ page }) => {
    await page.goto(`?${SMALL}`);
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(page.getByRole('contentinfo')).toContainText('Alles läuft in diesem Tab');
    await expect(page.getByRole('region', { name: 'Dieser Lauf' }), 'the loss').toContainText(/\d,\d\d/);
    await page.getByRole('combobox', { name: 'Sprache' }).selectOption('English');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
    await page.reload();
    await expect(page.locator('html'), 'the choice is remembered').toHaveAttribute('lang', 'en');
  });

  test('the guide, its terms and the way back are German too', async ({ page }) => {
    await page.goto(`?${SMALL}`);
    await page.getByRole('link', { name: 'Anleitung' }).click();
    await expect(page).toHaveURL(/\/playground\/de\/guide\/$/);
    await expect(page.getByRole('heading', { level: 1, name: 'Anleitung' })).toBeVisible();
    await page.getByRole('link', { name: 'Gradient', exact: true }).first().click();
    await expect(page.locator(':target')).toContainText('Loss');
    await page.getByRole('link', { name: 'English' }).click();
    await expect(page).toHaveURL(/\/playground\/glossary\/$/);
    await page.getByRole('link', { name: 'Deutsch' }).click();
    await page.getByRole('banner').getByRole('link', { name: 'ResNet Playground' }).click();
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled();
  });

  test('decimals are typed and shown with a comma', async ({ page }) => {
    await page.goto(`?${SMALL}`);
    await page.getByRole('button', { name: /^Einstellungen/ }).click();
    await page.getByRole('dialog').getByRole('tab', { name: 'Training', exact: true }).click();
    const rate = page.getByRole('textbox', { name: 'Lernrate', exact: true });
    await expect(rate).toHaveValue('0,003');
    await rate.fill('0,02');
    await expect(page).toHaveURL(/rate=0\.02/);
    await rate.fill('0.03');
    await expect(page, 'a point is understood too').toHaveURL(/rate=0\.03/);
  });

  test('longer words find room at every width', async ({ page }) => {
    await page.goto(`?${SMALL}`);
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled();
    const found: string[] = [];
    for (const width of [1440, 768, 480, 360, 320]) {
      await page.setViewportSize({ width, height: 900 });
      for (const line of [...(await beyondTheEdge(page)), ...(await cutOff(page.locator('body')))]) found.push(`${width} px: ${line}`);
    }
    expect(found).toEqual([]);
  });
});

test('a link can say the language', async ({ page }) => {
  const playground = await Playground.visit(page, `${SMALL}&lang=de`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page).toHaveURL(/lang=de/);
  await page.getByRole('combobox', { name: 'Sprache' }).selectOption('English');
  await expect(page.locator('html'), 'the visitor has the last word').toHaveAttribute('lang', 'en');
  await expect(page).not.toHaveURL(/lang=/);
  await playground.waitUntilReady();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  playground.expectNoComplaints();
});

test('sentences of the workers are in the language of the page', async ({ page }) => {
  await page.goto(`?${SMALL}&lang=de`);
  await page.getByRole('tab', { name: 'Daten', exact: true }).click();
  const panel = page.getByRole('tabpanel', { name: 'Daten' });
  await panel.getByLabel('Dateien').setInputFiles('tests/fixtures/imports/password.zip');
  await expect(panel.getByRole('status', { name: 'Import' })).toContainText('ist mit einem Passwort geschützt');
});

test('a language that does not arrive leaves English', async ({ page }) => {
  await page.route(/language_de.*\.mo/, (route) => route.abort());
  await Playground.visit(page, `${SMALL}&lang=de`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
});

/** Words in the part that no catalogue said: texts and what screen readers are told. */
async function untranslated(part: Locator): Promise<string[]> {
  return part.evaluate((root, mark) => {
    const found = new Set<string>();
    const see = (text: string | null, where: string) => {
      if (text && /[a-z]{3}/i.test(text) && !text.includes(mark)) found.add(`${where}: ${text.trim()}`);
    };
    const isName = (element: Element) => element.closest('code, pre, kbd, .code, [translate=no], [lang]:not(html)') !== null;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
      if (node instanceof Text) {
        const parent = node.parentElement;
        if (parent && !isName(parent) && !['SCRIPT', 'STYLE', 'TEMPLATE'].includes(parent.tagName)) see(node.textContent, parent.className.toString() || parent.tagName);
      } else if (node instanceof Element && !isName(node)) {
        for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'aria-description', 'aria-valuetext']) see(node.getAttribute(name), `@${name}`);
      }
    }
    return [...found];
  }, MARK);
}

/** What is no text of ours: names of products and data, and what the visitor's machine says of itself. */
const NAMES = [
  /: (ResNet Playground|CIFAR-10|CSV|He et al\. 2016|Guo et al\. 2017|CPU|WebGPU|Keras|PyTorch)$/,
  /: (ReLU|Leaky ReLU|ELU|SELU|GELU|SiLU|Tanh|Sigmoid|Softplus|SGD|Adam|AdamW|AMSGrad)$/,
  /: [\d.]+ [KMG]iB$/,
  // Runs are called by what their links say.
  /: depth \d+(, skips (on|off))?$/,
  /airplane|automobile|bird|cat|deer|dog|frog|horse|ship|truck/,
  // A table of attributes of HTML.
  /: (… )?(sandbox$|allow-)/,
];

test.describe('a language that marks all it says', () => {
  test.use({ locale: 'de-DE' });

  test('every text of the page can be translated', async ({ page }) => {
    test.setTimeout(8 * 60_000);
    const dist = new URL('../../dist/', import.meta.url);
    const file = (await readdir(dist)).find((name) => /^language_de.*\.mo$/.test(name))!;
    const marked = translated(await readFile(new URL(file, dist)), (text) => text + MARK);
    await page.route(/language_de.*\.mo/, (route) => route.fulfill({ body: marked, contentType: 'application/octet-stream' }));
    const playground = await furnished(page);
    const found = new Map<string, string>();
    const look = async (where: string, part: Locator) => {
      for (const line of await untranslated(part)) if (!NAMES.some((name) => name.test(line))) found.set(line, where);
    };
    await look('the page', page.locator('body'));
    await everywhere(playground, look);
    await playground.ofRuns('Save as report').click();
    const report = await playground.saved(() => page.getByRole('dialog', { name: 'Save as report' }).getByRole('button', { name: 'Save the report' }).click());
    expect(report.text, 'a report says which language it is in').toContain('<html lang="de">');
    expect([...found].map(([line, where]) => `${where}: ${line}`)).toEqual([]);
  });
});
