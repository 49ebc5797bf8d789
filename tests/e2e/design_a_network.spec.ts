import { expect, test } from './fixtures';
import { Playground, expectRefused } from './playground';

test('depth 50 is answered with 47 and 56, and either can be chosen', async ({ page }) => {
  const playground = await Playground.open(page);
  await playground.type('Depth', '50');
  await expect(playground.controls.getByText(/47 or 56/)).toBeVisible();
  await expectRefused(playground.field('Depth'), /47 or 56/);
  await expect(playground.button('47')).toBeVisible();
  await playground.button('56').click();
  await expect(playground.field('Depth')).toHaveValue('56');
  await expect(playground.controls.getByText(/47 or 56/)).toBeHidden();
  await expect(page).toHaveURL(/depth=56/);
});

test('the drawing follows depth and skip connections', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=1001&batch=16');
  const words = await playground.inWords();
  await expect(words).toContainText('111');
  await playground.skipSwitch.click();
  await expect(page).toHaveURL(/skips=off/);
  await playground.type('Depth', '20');
  await expect(page).toHaveURL(/depth=20/);
  await expect(words).not.toContainText('111');
});

test('a network that no CPU trainer could hold is refused with the batch that fits, and still has its link', async ({ page }) => {
  const playground = await Playground.visit(page, 'depth=1001&device=cpu&batch=128');
  await expect(playground.settingsButton).toHaveText(/needs attention/);
  await expect(playground.playButton).toBeDisabled();
  await expect(playground.playButton, 'it says why').toHaveAccessibleDescription(/4 GiB/);
  const batch = await playground.setting('Batch size');
  await expect(batch).toHaveAccessibleDescription(/the CPU trainer has 4 GiB/);
  await playground.closeSettings();
  await playground.skipSwitch.click();
  await expect(page).toHaveURL(/skips=off/);
  await playground.setting('Batch size');
  await playground.settings.getByRole('button', { name: /^[\d,]+$/ }).click();
  await expect(batch).not.toHaveValue('128');
  await playground.closeSettings();
  await expect(playground.playButton).toBeEnabled();
});

test('the link holds only what differs, survives a reload, and says what it could not use', async ({ page }) => {
  let playground = await Playground.open(page);
  expect(new URL(page.url()).search, 'a newcomer has a clean address').toBe('');
  await playground.type('Start filters', '16');
  await expect(page).toHaveURL(/filters=16/);
  await playground.reload();
  await expect(playground.field('Start filters')).toHaveValue('16');

  playground = await Playground.open(page, 'depth=50&batch=banana');
  const told = page.getByRole('status').filter({ hasText: /banana/ });
  await expect(told, 'all of it in one notice').toContainText(/47 or 56.*\n.*banana/);
  await told.getByRole('button', { name: 'Dismiss', exact: true }).click();
  await expect(page.getByText(/banana|47 or 56/)).toHaveCount(0);
});

test('a change that needs a new run is announced, not carried out behind the back', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=2');
  await playground.step();
  await playground.type('Depth', '20');
  await expect(playground.controls.getByText('Changes apply to the next run.')).toBeVisible();
  await expect(playground.button('Apply changes')).toBeVisible();
  expect(await playground.stepsDone()).toBe(1);
  await playground.button('Apply changes').click();
  await expect(playground.button('Apply changes')).toBeHidden();
  await expect(playground.controls.getByText('Changes apply to the next run.')).toBeHidden();
  await expect(playground.button('Reset')).toBeEnabled();
  expect(await playground.stepsDone(), 'which waits as the one before did').toBe(0);
  await playground.step();
  await expect(playground.currentRun, 'a run of what is asked now').toContainText(/depth 20/);
});

for (const width of [1440, 1280, 1024, 768, 360, 320]) {
  test(`nothing is cut off at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await Playground.open(page, 'depth=56');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, 'pixels to scroll sideways').toBe(0);
  });
}
