import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('a checkpoint sets the controls of a fresh page and goes on with the same losses', async ({ page }, info) => {
  const link = 'device=cpu&filters=2&batch=8&images=80&held-out=8&epochs=2&seed=3&classes=0-1-2-3&activation=gelu&switched=1.0';
  let playground = await Playground.open(page, link);
  await playground.button('Play').click();
  await playground.waitForPhase(/Finished/);
  const unbroken = await playground.losses();
  expect(unbroken).toHaveLength(20);

  playground = await Playground.open(page, link);
  for (let step = 1; step <= 3; step += 1) {
    await playground.button('Step').click();
    await expect.poll(() => playground.stepsDone()).toBe(step);
  }
  await page.getByText('More settings').click();
  const download = page.waitForEvent('download');
  await playground.button('Checkpoint').click();
  const file = info.outputPath('checkpoint.safetensors');
  await (await download).saveAs(file);

  playground = await Playground.open(page, 'device=cpu');
  await page.getByText('More settings').click();
  await playground.button('Checkpoint').click();
  await expect(page.locator('#save-note'), 'nothing is silently ignored').toContainText('no run to save');
  await page.locator('#starting-file').setInputFiles(file);
  await expect(page.locator('#starting-use')).toHaveValue('checkpoint');
  await expect(page.getByLabel('Activation', { exact: true })).toHaveValue('gelu');
  await expect(page.getByLabel('Switched blocks', { exact: true })).toHaveValue('1.0');
  await expect(page.getByLabel('Start filters', { exact: true })).toHaveValue('2');
  await playground.button('Play').click();
  await playground.waitForPhase(/Finished/);
  expect(await playground.losses(), 'to the last bit').toEqual(unbroken.slice(3));
  playground.expectNoComplaints();
});
