import { expect, test } from './fixtures';
import { seenAround } from './pixels';
import { Playground } from './playground';

test('Share copies the link to the experiment', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const playground = await Playground.open(page, 'depth=20&device=cpu');
  await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  await page.getByRole('dialog', { name: 'Share' }).getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  playground.expectNoComplaints();
});

test('where the clipboard is refused the link is shown, and Escape leads back', async ({ page }) => {
  await page.addInitScript(() => {
    const refused = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: refused, write: refused, readText: refused } });
    document.execCommand = () => false; // copying a selection, which over plain http is the only way, is refused too
  });
  const playground = await Playground.open(page, 'depth=20&device=cpu');
  const share = page.getByRole('banner').getByRole('button', { name: 'Share' });
  await share.click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const link = dialog.getByRole('textbox', { name: 'Link to this experiment' });
  await expect(link).toHaveValue(page.url());
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect(dialog.getByText(/The text is selected: press Ctrl\+C/)).toBeVisible();
  await expect(link).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString() || document.activeElement instanceof HTMLTextAreaElement)).toBeTruthy();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(share).toBeFocused();
  await share.click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
  playground.expectNoComplaints();
});

test('colours follow the system or are chosen, and the choice is remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const playground = await Playground.open(page);
  const colours = page.getByRole('banner').getByRole('button', { name: /^Colours: / });
  const isDark = async () => (await seenAround(page, { x: 8, y: 500 }, 4)).at(4, 4).every((channel) => channel < 80);
  await expect(colours).toHaveAccessibleName('Colours: system');
  expect(await isDark()).toBe(false);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(isDark, { message: 'the system’s' }).toBe(true);
  const seen = new Set<string>();
  for (let press = 0; press < 3; press += 1) {
    await colours.click();
    const name = /Colours: (\w+)/.exec(await colours.ariaSnapshot())![1];
    seen.add(name);
    await expect.poll(isDark, { message: name }).toBe(name !== 'light');
    if (name === 'light') {
      await playground.reload();
      await expect(colours).toHaveAccessibleName('Colours: light');
      expect(await isDark(), 'remembered').toBe(false);
    }
  }
  expect([...seen].sort()).toEqual(['dark', 'light', 'system']);
  playground.expectNoComplaints();
});

test('the chip says what trains and why', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined }));
  const playground = await Playground.open(page);
  await expect(playground.device).toHaveText(/^CPU/);
  await expect(page.getByRole('banner').getByTitle(/WebGPU/), 'its tooltip').toContainText('CPU');
  const sheet = await playground.openSettings('Device');
  await sheet.getByRole('radio', { name: /^CPU/ }).or(sheet.getByRole('option', { name: /^CPU/ })).first().waitFor({ state: 'attached' });
  playground.expectNoComplaints();
});
