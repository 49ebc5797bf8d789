import AxeBuilder from '@axe-core/playwright';
import { type Page, expect, test } from '@playwright/test';
import { seen } from './pixels';
import { Playground, SETTINGS_TABS, TABS } from './playground';

const RUN = 'device=cpu&depth=20&filters=2&batch=10&images=60&held-out=20&epochs=1';
const THEMES = ['light', 'dark'] as const;

/** What axe finds, one line each. */
async function found(page: Page, state: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${state}: ${id} (${help}) at ${target}: ${failureSummary}`));
}

/** What axe finds in both themes. */
async function inBothThemes(page: Page, state: string): Promise<string[]> {
  const all: string[] = [];
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    all.push(...(await found(page, `${state}, ${colorScheme}`)));
  }
  return all;
}

test('axe finds nothing in any tab, before a run and after it', async ({ page }) => {
  test.setTimeout(8 * 60_000);
  const playground = await Playground.open(page, RUN);
  const all = await inBothThemes(page, 'first view');
  for (const tab of TABS.slice(1)) {
    await playground.openTab(tab);
    all.push(...(await found(page, `${tab}, empty`)));
  }
  await playground.train();
  const maps = await playground.openTab('Feature maps');
  await maps.getByRole('button', { name: 'Look at an image' }).click();
  await expect(maps.getByRole('status', { name: 'Prediction' })).toContainText('predicts');
  const evaluate = await playground.openTab('Evaluate');
  await evaluate.getByRole('button', { name: 'Evaluate on all test images' }).click();
  await expect(evaluate.getByRole('status', { name: 'Result' })).toContainText('of 20');
  await evaluate.getByRole('table', { name: 'Confusion matrix' }).getByRole('button').first().click();
  await playground.unfold('Loss of every step', playground.thisRun);
  await playground.unfold('Epoch by epoch', playground.thisRun);
  await playground.inWords();
  await playground.block(2, 2).click();
  for (const tab of TABS) {
    await playground.openTab(tab);
    all.push(...(await inBothThemes(page, tab)));
  }
  expect(all).toEqual([]);
});

test('axe finds nothing in the sheet of settings, on a phone and in an embed', async ({ page }) => {
  test.setTimeout(8 * 60_000);
  let playground = await Playground.open(page, RUN);
  const all: string[] = [];
  for (const tab of SETTINGS_TABS) {
    await playground.openSettings(tab);
    all.push(...(await inBothThemes(page, `settings, ${tab}`)));
  }
  await playground.set('Kernel size', '4');
  all.push(...(await inBothThemes(page, 'settings, something wrong')));
  await playground.set('Kernel size', '3');
  await playground.closeSettings();
  await page.setViewportSize({ width: 360, height: 800 });
  all.push(...(await inBothThemes(page, '360 px')));
  await page.setViewportSize({ width: 900, height: 700 });
  playground = await Playground.open(page, `embed=1&${RUN}`);
  all.push(...(await inBothThemes(page, 'embed')));
  await playground.train();
  all.push(...(await inBothThemes(page, 'embed, finished')));
  expect(all).toEqual([]);
});

test('in forced colours what is pressed, switched or under way is still to be seen', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const playground = await Playground.open(page, RUN);
  await playground.train();
  for (const control of [playground.skipSwitch, playground.playButton, playground.controls.getByRole('progressbar', { name: 'Progress' })]) {
    expect((await seen(control)).contrast(), await control.ariaSnapshot()).toBeGreaterThan(100);
  }
});
