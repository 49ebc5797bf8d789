import { type Page, expect, test } from './fixtures';
import { pets, zip } from './pictures';
import { Picture } from './pixels';
import { Playground, cells } from './playground';

const RUN = 'device=cpu&filters=2&batch=2&held-out=4&epochs=2';

/** A run and one before it, on pictures of pets, with a report. */
async function trained(page: Page): Promise<Playground> {
  const playground = await Playground.open(page, RUN);
  await playground.drop(page.getByRole('main'), 'pets.zip', zip(pets(10)));
  await expect(playground.controls.getByText('of 16 · pets')).toBeVisible();
  await playground.train();
  await playground.reset();
  await playground.type('Depth', '20');
  await playground.train();
  const panel = await playground.openTab('Evaluate');
  await panel.getByRole('button', { name: 'Evaluate on all test images' }).click();
  await expect(panel.getByRole('table', { name: /confusion/i })).toBeVisible();
  return playground;
}

/** Everything in a saved picture that would need the page, a style sheet or a browser. */
function expectStandsAlone(svg: string) {
  for (const needed of ['class=', 'style=', 'var(', 'currentColor', 'color-mix', 'oklab', 'foreignObject', '<style']) {
    expect(svg, `it does without ${needed}`).not.toContain(needed);
  }
  expect(svg, 'a font of its own, and any where that is missing').toMatch(/font-family="[^"]*sans-serif"/);
  expect(svg, 'a background that is drawn').toMatch(/<rect [^>]*fill="#[0-9a-f]{6}"/);
}

for (const scheme of ['light', 'dark'] as const) {
  test(`on paper the page is dark ink on white: ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    const playground = await trained(page);
    await playground.unfold('Loss of every step', playground.thisRun);
    const steps = (await cells(playground.thisRun.getByRole('table', { name: 'Loss of every step' }))).length;
    await page.emulateMedia({ colorScheme: scheme, media: 'print' });

    for (const name of ['Play', 'Step', 'Reset', 'Share', 'All settings', 'CSV of steps', 'Evaluate on all test images']) {
      await expect(page.getByRole('button', { name: new RegExp(`^${name}`) }), name).toHaveCount(0);
    }
    await expect(playground.tabs, 'nothing to choose').toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'Evaluate' }), 'but what was chosen').toBeVisible();
    await expect(playground.field('Depth'), 'values stay').toHaveValue('20');
    await expect(playground.field('Depth')).toBeVisible();
    await expect(page.getByText(/^ResNet Playground, \d.*The experiment: http.*depth=20/), 'what was printed, and when').toBeVisible();
    expect(await cells(playground.thisRun.getByRole('table', { name: 'Loss of every step' })), 'what was open stays open').toHaveLength(steps);

    const looked = Picture.of(await page.screenshot({ fullPage: true }));
    for (const [x, y] of [[1, 1], [looked.width - 2, 1], [1, looked.height - 2], [looked.width - 2, looked.height - 2]]) {
      expect(looked.at(x, y), 'white to the edges').toEqual([255, 255, 255]);
    }
    expect(looked.share((colour) => Math.min(...colour) > 245), 'and between the pictures').toBeGreaterThan(0.75);
    expect(looked.share((colour) => Math.max(...colour) < 60), 'with dark ink on it').toBeGreaterThan(0.002);

    const faults = await page.evaluate(() => {
      const found: string[] = [];
      for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
        if (!element.checkVisibility()) continue;
        const { position, overflowX, overflowY } = getComputedStyle(element);
        const cuts = [overflowX, overflowY].some((overflow) => overflow === 'auto' || overflow === 'scroll');
        if (cuts && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) {
          found.push(`${element.localName} is cut off: ${(element.textContent ?? '').slice(0, 40)}`);
        }
        if (position === 'sticky' || position === 'fixed') found.push(`${element.localName} sticks: ${(element.textContent ?? '').slice(0, 40)}`);
      }
      return found;
    });
    expect(faults).toEqual([]);

    // Curves that meet are told apart without colour.
    const dashes = await playground.picture('Loss').evaluate((picture) =>
      [...picture.querySelectorAll('path')]
        .filter((path) => (path.getAttribute('d') ?? '') !== '' && getComputedStyle(path).opacity === '1')
        .map((path) => getComputedStyle(path).strokeDasharray),
    );
    expect(dashes.length, 'training and held-out loss of this run, and the run before').toBeGreaterThanOrEqual(3);
    expect(new Set(dashes).size, dashes.join(' | ')).toBe(dashes.length);

    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0, 'a few pages').toBeLessThan(12);
    playground.expectNoComplaints();
  });

  test(`charts are saved as SVG, PNG and CSV: ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    const playground = await trained(page);
    const save = async (title: string, kind: string) => {
      await playground.chart(title).getByRole('button', { name: `Save ${title}`, exact: true }).click();
      return playground.saved(() => playground.chart(title).getByRole('menuitem', { name: kind, exact: true }).click());
    };
    for (const title of ['Loss', 'Accuracy', 'Reliability']) {
      const file = `resnet-playground-${title.toLowerCase()}`;
      const svg = await save(title, 'SVG');
      expect(svg.name).toBe(`${file}.svg`);
      expectStandsAlone(svg.text);
      expect(svg.text, 'it says what it shows').toContain(`<title>${title}</title>`);
      const png = await save(title, 'PNG');
      expect(png.name).toBe(`${file}.png`);
      const drawn = Picture.of(png.bytes);
      expect(drawn.at(1, 1), 'on white').toEqual([255, 255, 255]);
      expect(drawn.variety(), 'with something on it').toBeGreaterThan(8);
      const dark = Picture.of((await save(title, 'PNG, dark')).bytes);
      expect(Math.max(...dark.at(1, 1)), 'or on dark').toBeLessThan(60);
      const csv = await save(title, 'CSV');
      expect(csv.name).toBe(`${file}.csv`);
      expect(csv.text).toMatch(/^curve,[^,\r]+,[^,\r]+\r\n/);
    }
    const losses = (await save('Loss', 'CSV')).text.trimEnd().split('\r\n').filter((row) => row.startsWith('training,'));
    expect(losses, 'a row for each step').toHaveLength(await playground.stepsDone());
    playground.expectNoComplaints();
  });

  test(`the drawing is saved in both colours, whatever the page has: ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    const playground = await Playground.open(page, 'depth=20&filters=2&device=cpu&batch=2');
    await playground.step();
    for (const [entry, surface] of [
      ['SVG', '#ffffff'],
      ['SVG, dark', '#17191d'],
    ]) {
      const svg = await playground.saved(() => playground.choose('Save', entry));
      expectStandsAlone(svg.text);
      expect(svg.text, entry).toContain(`fill="${surface}"`);
      // The gradients that were measured colour the convolutions.
      const colours = new Set([...svg.text.matchAll(/<g><rect fill="(#[0-9a-f]{6})"/g)].map(([, colour]) => colour));
      expect(colours.size, `${entry} shows the gradients`).toBeGreaterThan(3);
    }
    await playground.choose('Paths', 'Longest path');
    const path = await playground.saved(() => playground.choose('Save', 'SVG'));
    expect(path.text.match(/opacity="0\.2"/g), 'what the path leaves out is faint').toHaveLength(6);
  });
}

test('a picture that the browser does not make is said', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=40&held-out=8&epochs=1');
  await playground.train();
  await page.evaluate(() => (HTMLCanvasElement.prototype.toDataURL = () => 'data:,'));
  const chart = playground.chart('Loss');
  const choose = async (kind: string) => {
    await chart.getByRole('button', { name: 'Save Loss', exact: true }).click();
    await chart.getByRole('menuitem', { name: kind, exact: true }).click();
  };
  const note = chart.getByText('This browser did not make the picture.');
  await choose('PNG');
  await expect(note).toBeVisible();
  await playground.saved(() => choose('SVG'));
  await expect(note, 'that one it made').toBeHidden();
  playground.expectNoComplaints();
});
