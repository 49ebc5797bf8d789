import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('a link sets how the network is trained, the page shows it, and the run keeps to it', async ({ page }) => {
  const training = 'optimizer=sgd&momentum=0.8&schedule=cosine&smoothing=0.1&flip=on&crop=2&average=0.9&validation=20';
  const playground = await Playground.open(page, `device=cpu&depth=11&filters=2&batch=20&images=60&held-out=20&epochs=2&${training}`);
  await page.getByText('More settings').click();
  await expect(page.getByLabel('Optimizer', { exact: true })).toHaveValue('sgd');
  await expect(page.getByLabel('Momentum', { exact: true })).toHaveValue('0.8');
  await expect(page.getByLabel('Flip', { exact: true })).toHaveValue('on');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await playground.waitForPhase(/Finished/, 60_000);
  await page.getByText('Epoch by epoch').click();
  const rows = page.getByTestId('epochs').locator('tbody tr');
  // 20 of the 60 images validate: two steps an epoch.
  await expect(rows).toHaveCount(2);
  const lastRate = Number(await rows.last().locator('td').first().textContent());
  expect(lastRate, 'the cosine is near its end').toBeLessThan(0.003 / 4);
  for (const cell of await rows.last().locator('td').allTextContents()) {
    expect(cell, 'validation and average were measured').not.toBe('–');
  }
  const saving = page.waitForEvent('download');
  await playground.button('Save epochs as CSV').click();
  const table = await readFile(await (await saving).path(), 'utf8');
  expect(table.trim().split('\r\n'), 'a head and a row for each epoch').toHaveLength(3);
  await playground.button('Test the weights').click();
  const tested = page.getByTestId('tests').locator('tbody tr');
  await expect(tested.first()).toContainText('%', { timeout: 30_000 });
  expect(await tested.count(), 'the last weights, their average, the best').toBe(3);
});

test('choices that contradict each other are told beside the field, with what would do', async ({ page }) => {
  await Playground.open(page, 'v=1');
  await page.getByText('More settings').click();
  await page.getByLabel('Optimizer', { exact: true }).selectOption('adamw');
  await expect(page.locator('#weight-decay-problem')).toContainText('0.004');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeDisabled();
  const decay = page.getByLabel('Weight decay', { exact: true });
  await decay.fill('0.01');
  await decay.blur();
  await expect(page.locator('#weight-decay-problem')).toBeEmpty();
  await expect(page).toHaveURL(/optimizer=adamw&weight-decay=0\.01/);
});
