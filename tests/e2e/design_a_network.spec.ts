import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('depth 50 is answered with 47 and 56, and either can be chosen', async ({ page }) => {
  const playground = await Playground.open(page);
  const depth = page.getByLabel('Depth', { exact: true });
  await depth.fill('50');
  await depth.press('Enter');
  await expect(page.getByText('depth is 9n + 2: 47 or 56')).toBeVisible();
  await playground.button('56').click();
  await expect(depth).toHaveValue('56');
  await expect(page).toHaveURL(/depth=56/);
});

test('the drawing follows depth and skip connections', async ({ page }) => {
  await Playground.open(page, 'depth=1001&batch=16');
  const words = page.getByTestId('network-in-words');
  await expect(words).toContainText('111');
  await page.getByRole('switch', { name: 'Skip connections' }).click();
  await expect(page).toHaveURL(/skips=off/);
  await page.getByLabel('Depth', { exact: true }).fill('20');
  await page.getByLabel('Depth', { exact: true }).press('Enter');
  await expect(page).toHaveURL(/depth=20/);
  await expect(words).not.toContainText('111');
});

test('a network that no CPU trainer could hold is refused with the batch that fits, and still has its link', async ({ page }) => {
  await page.goto('./?depth=1001&device=cpu&batch=128');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeDisabled();
  await page.getByText('More settings one needs attention').click();
  await expect(page.locator('#batch-size-problem')).toContainText('the CPU trainer has 4 GiB');
  await page.getByRole('switch', { name: 'Skip connections' }).click();
  await expect(page).toHaveURL(/skips=off/);
  await page.locator('#batch-size-problem button').click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
});

test('the link holds only what differs, survives a reload, and says what it could not use', async ({ page }) => {
  await Playground.open(page);
  expect(new URL(page.url()).search, 'a newcomer has a clean address').toBe('');
  await page.getByLabel('Start filters', { exact: true }).fill('16');
  await page.getByLabel('Start filters', { exact: true }).press('Enter');
  await expect(page).toHaveURL(/filters=16/);
  await page.reload();
  await expect(page.getByLabel('Start filters', { exact: true })).toHaveValue('16');

  await Playground.open(page, 'depth=50&batch=banana');
  await expect(page.getByText('depth is 9n + 2: 47 or 56')).toBeVisible();
  await expect(page.getByText(/banana/)).toBeVisible();
});

test('embedded, the page has no chrome but all of the playground', async ({ page }) => {
  const playground = await Playground.open(page, 'embed=1&depth=20');
  await expect(page.getByRole('banner')).toHaveCount(0);
  await expect(playground.button('Play')).toBeVisible();
  await expect(page).toHaveURL(/embed=1/);
});

test('a change that needs a new run is announced, not carried out behind the back', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=2');
  await playground.button('Step').click();
  await expect(playground.measured('step')).toHaveText('1');
  await page.getByLabel('Depth', { exact: true }).fill('20');
  await page.getByLabel('Depth', { exact: true }).press('Enter');
  await expect(playground.button('Apply changes')).toBeVisible();
  await expect(playground.measured('step')).toHaveText('1');
  await playground.button('Apply changes').click();
  await expect(playground.button('Reset')).toBeVisible();
});

for (const width of [1440, 768, 360]) {
  test(`nothing is cut off at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await Playground.open(page, 'depth=56');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, 'pixels to scroll sideways').toBe(0);
  });
}
