import { readFile } from 'node:fs/promises';
import { type Locator, type Page, expect, test } from '@playwright/test';
import { Playground } from './playground';

const SHORT = 'device=cpu&filters=2&batch=10&images=40&held-out=20&epochs=1';

function run(page: Page, number: number): Locator {
  return page.getByTestId('runs').locator(`tr[data-run="${number}"]`);
}

function loss(page: Page): Locator {
  return page.getByRole('region', { name: 'Loss', exact: true });
}

async function saved(page: Page, button: string): Promise<string[][]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button, exact: true }).click()]);
  expect(download.suggestedFilename(), 'a name that says what it is').toMatch(/^resnet-playground-.*\.csv$/);
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
  // No name in these tables has a comma but the automatic ones, which are quoted.
  return lines.map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((found) => found[1].replace(/^"|"$/g, '')));
}

/** Two runs, with and without skip connections: the first kept, the second finished. */
async function twoRuns(page: Page): Promise<Playground> {
  const playground = await Playground.open(page, SHORT);
  await playground.button('Play').click();
  await playground.waitForPhase(/finished/i);
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(run(page, 1)).toContainText('4 steps');
  await page.getByRole('switch', { name: 'Skip connections' }).click();
  await playground.button('Play').click();
  await playground.waitForPhase(/finished/i);
  return playground;
}

test('runs are named, pinned, compared and saved, and survive a reload', async ({ page }) => {
  const playground = await twoRuns(page);
  const losses = await playground.losses();
  expect(losses.length, 'every step').toBe(4);

  const name = page.getByLabel('Name of run 1');
  await name.fill('  with skips ');
  await name.press('Enter');
  await expect(name, 'trimmed').toHaveValue('with skips');
  await page.getByRole('button', { name: 'Pin run 1' }).click();
  await expect(page.getByRole('button', { name: 'Pin run 1' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'Pin run 1' }), 'the focus stays').toBeFocused();
  await expect(loss(page).locator('.chart-entry', { hasText: '1 · with skips' })).toBeVisible();
  await expect(run(page, 2)).toContainText('4 steps, now');

  await page.reload();
  await expect(playground.button('Play')).toBeEnabled();
  await expect(run(page, 2), 'the run there was').toContainText('skips off');
  await expect(page.getByLabel('Name of run 1')).toHaveValue('with skips');
  await expect(page.getByRole('button', { name: 'Pin run 1' })).toHaveAttribute('aria-pressed', 'true');
  await expect(loss(page).locator('.chart-curve')).toHaveCount(4);
  for (const entry of ['1 · with skips', 'run 2']) {
    await expect(loss(page).locator('.chart-entry', { hasText: entry }).locator('strong'), 'its curve').toHaveText(/^\d+\.\d\d$/);
  }

  await playground.button('Compare the two').click();
  const sentence = playground.measured('comparison');
  await expect(sentence).toContainText('1 · with skips: skips on. Run 2: skips off. After 4 steps');
  await expect(loss(page).locator('.chart-entry'), 'training and held out of both, nothing else').toHaveText([
    /^1 · with skips training/,
    /^1 · with skips held out/,
    /^run 2 training/,
    /^run 2 held out/,
  ]);
  const shown = [1, 2].map((number) => run(page, number).locator('.number-cell').first().innerText());
  for (const end of await Promise.all(shown)) await expect(sentence, 'the numbers of the table').toContainText(end);
  await playground.button('Show all runs').click();
  await expect(sentence).toBeEmpty();

  const [head, ...rows] = await saved(page, 'CSV');
  const second = rows.filter((row) => row[0] === '2');
  const column = (title: string) => head.indexOf(title);
  expect(rows.length, 'four steps and a pass of each run').toBe(10);
  const written = second.map((row) => row[column('training loss')]).filter(Boolean).map(Number);
  expect(written, 'the losses that were measured').toEqual(losses);
  expect(second[4][column('held-out accuracy')], 'the pass comes last').toMatch(/^0\.\d+$|^[01]$/);
  expect(second[0][column('skip connections')]).toBe('off');
  expect(second[0][column('link')], 'what repeats it').toContain('skips=off');
  const layers = await saved(page, 'CSV of layers');
  expect(layers.filter((row) => row[0] === '2' && row[5] === 'gradient norm').length, 'a norm for each layer').toBeGreaterThan(11);

  await page.getByLabel('Draw the curves of run 1').uncheck();
  await expect(loss(page).locator('.chart-entry', { hasText: '1 · with skips' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Forget run 1' }).click();
  await expect(run(page, 1)).toHaveCount(0);
  await page.reload();
  await expect(run(page, 2)).toBeVisible();
  await expect(run(page, 1), 'deleted is deleted').toHaveCount(0);
  playground.expectNoComplaints();
});

test('a run under way is kept when the page is left', async ({ page }) => {
  const playground = await Playground.open(page, `${SHORT.replace('epochs=1', 'epochs=500')}`);
  await playground.button('Play').click();
  await expect.poll(() => playground.stepsDone(), { timeout: 60_000 }).toBeGreaterThan(2);
  await page.reload();
  await expect(run(page, 1)).toContainText(/\d+ steps/);
  playground.expectNoComplaints();
});

test('stored runs that cannot be read are left out in a sentence', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('runs', 'bm8gcnVucw=='));
  const playground = await Playground.open(page, SHORT);
  await expect(page.getByRole('status').filter({ hasText: 'could not be read' })).toBeVisible();
  await expect(page.getByTestId('runs').locator('tbody tr')).toHaveCount(0);
  playground.expectNoComplaints();
});

test('a storage that is full or forbidden is said once and loses nothing', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  const playground = await twoRuns(page);
  await expect(page.getByRole('status').filter({ hasText: 'cannot be kept for the next visit' })).toHaveCount(1);
  await expect(page.getByTestId('runs').locator('tbody tr')).toHaveCount(2);
  playground.expectNoComplaints();
});
