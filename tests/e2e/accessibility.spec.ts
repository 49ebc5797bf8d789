import { type Locator, expect, test } from './fixtures';
import { foundByAxe } from './pages/axe';
import { everywhere, furnished, inEveryTab } from './pages/everywhere';
import { seen } from './pixels';
import { Playground, TABS } from './playground';

const RUN = 'device=cpu&depth=20&filters=2&batch=10&images=60&held-out=20&epochs=1';

test('axe finds nothing in any tab, sheet or dialog, at four widths', async ({ page }) => {
  test.setTimeout(10 * 60_000);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const playground = await furnished(page);
  const all: string[] = [];
  for (const [width, tab] of [
    [1440, 'Experiments'],
    [768, 'Evaluate'],
    [360, 'Data'],
    [320, 'Experiments'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await playground.openTab(tab);
    all.push(...(await foundByAxe(page, `${width} px, the page with ${tab}`)));
    // Most rules know nothing of the width: what is in a tab is looked at where it has most room, and where it has least.
    const look = async (where: string, part: Locator) => {
      all.push(...(await foundByAxe(page, `${width} px, ${where}`, { part })));
    };
    if (width === 1440) await everywhere(playground, look);
    if (width === 320) await inEveryTab(playground, look);
  }
  expect(all).toEqual([]);
});

test('axe finds nothing in dark and in forced colours, in any tab, sheet or dialog', { tag: '@long' }, async ({ page }) => {
  test.setTimeout(10 * 60_000);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const playground = await furnished(page);
  const all: string[] = [];
  await everywhere(playground, async (where, part) => {
    all.push(...(await foundByAxe(page, `dark, ${where}`, { part, colours: true })));
  });
  for (const media of [{ colorScheme: 'dark' }, { colorScheme: 'light', forcedColors: 'active' }] as const) {
    await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
    await playground.openTab('Experiments');
    all.push(...(await foundByAxe(page, JSON.stringify(media))));
  }
  expect(all).toEqual([]);
});

test('axe finds nothing before a run, where a setting is wrong, and in an embed', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  let playground = await Playground.open(page, RUN);
  const all = await foundByAxe(page, 'first view');
  for (const tab of TABS) all.push(...(await foundByAxe(page, `${tab}, empty`, { part: await playground.openTab(tab) })));
  const sheet = await playground.openSettings('Network');
  await playground.set('Kernel size', '4');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    all.push(...(await foundByAxe(page, `something wrong, ${colorScheme}`, { part: sheet, colours: colorScheme === 'dark' })));
  }
  for (const width of [900, 320]) {
    await page.setViewportSize({ width, height: 700 });
    playground = await Playground.open(page, `embed=1&${RUN}`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      all.push(...(await foundByAxe(page, `embed of ${width} px, ${colorScheme}`)));
    }
  }
  await playground.train();
  all.push(...(await foundByAxe(page, 'embed, finished')));
  expect(all).toEqual([]);
});

test('in forced colours what is pressed, switched, open or under way is still to be seen, and lines are told apart', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const playground = await Playground.open(page, RUN);
  await playground.train();
  await playground.reset();
  await playground.train();
  const progress = playground.controls.getByRole('progressbar', { name: 'Progress' });
  for (const control of [playground.skipSwitch, playground.playButton, progress, playground.field('Depth'), playground.network.getByRole('button', { name: 'Stages' })]) {
    expect((await seen(control)).contrast(), await control.ariaSnapshot()).toBeGreaterThan(100);
  }
  const looks = async (element: Locator) => (await seen(element)).colours().join();
  const on = await looks(playground.skipSwitch);
  await playground.skipSwitch.click();
  expect(await looks(playground.skipSwitch), 'on and off').not.toBe(on);
  const tab = playground.tab('Evaluate');
  const closed = await looks(tab);
  await tab.click();
  await page.mouse.move(0, 0);
  await tab.blur();
  expect(await looks(tab), 'an open tab').not.toBe(closed);
  for (const control of [tab, playground.playButton, playground.block(2, 2), playground.skipSwitch]) {
    await control.scrollIntoViewIfNeeded();
    const box = (await control.boundingBox())!;
    const clip = { x: box.x - 6, y: box.y - 6, width: box.width + 12, height: box.height + 12 };
    const before = (await page.screenshot({ clip, animations: 'disabled' })).toString('base64');
    await control.focus();
    await page.keyboard.press('Shift');
    expect((await page.screenshot({ clip, animations: 'disabled' })).toString('base64'), `the focus on ${await control.ariaSnapshot()}`).not.toBe(before);
    await control.blur();
  }
  const styles = await playground.picture('Loss').evaluate((picture) =>
    [...picture.querySelectorAll('.chart-line')].filter((path) => path.getAttribute('d')).map((path) => getComputedStyle(path).strokeDasharray),
  );
  expect(styles.length, 'training of this run and of the one before').toBeGreaterThanOrEqual(2);
  expect(new Set(styles).size, styles.join(' | ')).toBe(styles.length);
});
