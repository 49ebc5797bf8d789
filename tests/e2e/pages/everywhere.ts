import { fileURLToPath } from 'node:url';
import { type Locator, type Page, expect } from '@playwright/test';
import { Playground } from '../playground';
import { SETTINGS_TABS, TABS } from './settings';

const RUN = 'device=cpu&depth=20&filters=2&batch=10&images=60&held-out=20&epochs=1';
const SWEEP = fileURLToPath(new URL('../../fixtures/sweeps/shard-1.jsonl', import.meta.url));

/** A page on which there is as much to see as there can be: two runs, imported results, a prediction, a report, tables unfolded. */
export async function furnished(page: Page): Promise<Playground> {
  const playground = await Playground.open(page, RUN);
  await playground.train();
  await playground.reset();
  await playground.type('Depth', '29');
  await playground.train();
  const maps = await playground.openTab('Feature maps');
  await maps.getByRole('button', { name: 'Look at an image' }).click();
  await expect(maps.getByRole('status', { name: 'Prediction' })).toContainText('predicts');
  const evaluate = await playground.openTab('Evaluate');
  await evaluate.getByRole('button', { name: 'Evaluate on all test images' }).click();
  await expect(evaluate.getByRole('status', { name: 'Result' })).toContainText('of 20');
  await evaluate.getByRole('table', { name: 'Confusion matrix' }).getByRole('button').first().click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), playground.ofRuns('Import results').click()]);
  await chooser.setFiles(SWEEP);
  await expect(playground.runs.getByRole('table', { name: 'Imported results' })).toBeVisible();
  await playground.unfold('Loss of every step', playground.thisRun);
  await playground.unfold('Epoch by epoch', playground.thisRun);
  await playground.inWords();
  return playground;
}

export type Look = (where: string, part: Locator) => Promise<void>;

/** Opens every tab, one after another, and looks at each. */
export async function inEveryTab(playground: Playground, look: Look) {
  for (const tab of TABS) await look(tab, await playground.openTab(tab));
}

/** Opens every part of the page, one after another: every tab, the sheet of settings, what it asks of a program, every dialog. */
export async function everywhere(playground: Playground, look: Look) {
  await inEveryTab(playground, look);
  for (const tab of SETTINGS_TABS) await look(`settings, ${tab}`, await playground.openSettings(tab));
  await playground.set('Device', 'A program on my computer');
  await expect(playground.settings.getByRole('textbox', { name: 'Address of the program' })).toBeVisible();
  await look('settings, a program', playground.settings);
  await playground.set('Device', 'CPU');
  await playground.closeSettings();
  await playground.page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  const share = playground.page.getByRole('dialog', { name: 'Share' });
  await expect(share).toBeVisible();
  await look('Share', share);
  await share.getByRole('button', { name: 'Close', exact: true }).click();
  for (const name of ['Save as report', 'Save as notebook']) {
    await playground.ofRuns(name).click();
    const dialog = playground.page.getByRole('dialog', { name });
    await expect(dialog).toBeVisible();
    await look(name, dialog);
    await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  }
}
