import { expect, test } from '@playwright/test';
import { Playground } from './playground';

const SMALL = 'device=cpu&filters=2&batch=8&images=400&held-out=8&epochs=40';

test('settings change while a run goes on, and what cannot change asks for a new run', async ({ page }) => {
  const playground = await Playground.open(page, SMALL);
  await playground.button('Play').click();
  await expect.poll(() => playground.stepsDone()).toBeGreaterThan(2);
  await playground.button('Pause').click();
  await playground.waitForPhase(/Paused/);
  const before = await playground.stepsDone();
  await page.getByText('More settings').click();
  await page.getByLabel('Learning rate', { exact: true }).fill('0.0001');
  await page.keyboard.press('Tab');
  await playground.button('Change from here').click();
  await expect(page.getByText(`Settings were changed after step ${before}`)).toBeVisible();
  await expect(playground.button('Reset'), 'no new run is asked for').toBeVisible();
  await playground.button('Step').click();
  await expect.poll(() => playground.stepsDone()).toBe(before + 1);

  await page.getByLabel('Batch size', { exact: true }).fill('16');
  await page.keyboard.press('Tab');
  await expect(playground.button('Apply changes')).toBeVisible();
  await expect(playground.button('Change from here'), 'another order of images').toBeHidden();
  playground.expectNoComplaints();
});

test('a step is told in slow motion with its own loss', async ({ page }) => {
  const playground = await Playground.open(page, SMALL);
  const words = page.getByTestId('slow-motion');
  // Each part stands for seconds, which a busy machine may spend between two looks at it.
  await words.evaluate((element) => {
    const told: string[] = [];
    new MutationObserver(() => told.push(element.textContent ?? '')).observe(element, { childList: true, characterData: true, subtree: true });
    Object.assign(window, { told });
  });
  await playground.button('One step in slow motion').click();
  await expect(words).toContainText('1 of 4, forward: 8 images go through 11 layers');
  await expect(page.locator('#drawing-canvas')).toHaveAttribute('data-sweep', 'forward');
  await expect(playground.button('One step in slow motion'), 'one at a time').toBeDisabled();
  const [loss] = await playground.losses();
  await expect(words).toContainText('4 of 4, update', { timeout: 30_000 });
  const told = await page.evaluate(() => (window as unknown as { told: string[] }).told);
  expect(told.join('\n')).toContain(`2 of 4, loss: the mean cross-entropy of the scores is ${loss.toFixed(3)}`);
  await expect(playground.button('One step in slow motion')).toBeEnabled({ timeout: 20_000 });
  expect(await playground.stepsDone(), 'one step').toBe(1);
  playground.expectNoComplaints();
});

test('a network that blew up says where, and one click later trains', async ({ page }) => {
  const playground = await Playground.open(
    page,
    'device=cpu&depth=110&filters=2&images=64&held-out=8&epochs=1&batch=8&rate=1&optimizer=sgd&batch-norm=off',
  );
  await playground.button('Play').click();
  const failure = page.getByTestId('failure');
  await expect(failure).toContainText(/no longer a number after step \d+.* At step \d+/, { timeout: 60_000 });
  await failure.getByRole('button', { name: 'Switch batch norm on' }).click();
  await playground.waitForPhase(/Finished/);
  await expect(page).not.toHaveURL(/batch-norm=off/);
});
