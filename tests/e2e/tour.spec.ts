// The first tour: by keyboard, left at any time, offered once.
import AxeBuilder from '@axe-core/playwright';
import { type Page, expect, test } from './fixtures';
import { Playground } from './playground';

const STOPS = ['Depth', 'Skip connections', 'Play', 'Curves', 'Experiments', 'Where to go on'];

const stop = (page: Page, name: string) => page.getByRole('dialog', { name });
const offer = (page: Page) => page.getByRole('button', { name: 'Take the tour' });

test('a newcomer takes the tour with the keyboard alone, and is not offered it again', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu');
  await offer(page).focus();
  await page.keyboard.press('Enter');
  for (const [place, name] of STOPS.entries()) {
    await expect(stop(page, name)).toBeVisible();
    await expect(stop(page, name)).toContainText(`${place + 1} of ${STOPS.length}`);
    await expect(page.getByRole('status', { name: 'Tour' }), 'it is read aloud').toContainText(name);
    await expect(page.getByRole('dialog'), 'one stop at a time').toHaveCount(1);
    const box = (await stop(page, name).boundingBox())!;
    expect(box.x, `${name} lies in the window`).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(1440);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(900);
    await expect(stop(page, name).getByRole('button', { name: place + 1 < STOPS.length ? 'Next' : 'Done' })).toBeFocused();
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('body'), 'the focus is not lost').not.toBeFocused();
  await expect(offer(page)).toHaveCount(0);
  await playground.reload();
  await expect(offer(page), 'not offered again').toHaveCount(0);
  playground.expectNoComplaints();
});

test('Back goes back, Escape and Skip leave the tour, and the page can be used meanwhile', async ({ page }) => {
  const playground = await Playground.open(page, 'tour=1');
  await expect(stop(page, 'Depth').getByRole('button', { name: 'Next' }), 'a link that begins it gives it the focus').toBeFocused();
  await expect(page, 'the address does not send others on the tour').not.toHaveURL(/tour/);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(stop(page, 'Depth')).toBeVisible();
  await playground.button('Deeper').click();
  await expect(playground.field('Depth'), 'the tour points at what works').toHaveValue('29');
  await expect(stop(page, 'Depth')).toBeVisible();
  await stop(page, 'Depth').getByRole('button', { name: 'Next' }).focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await playground.reload();
  await expect(page.getByRole('dialog'), 'a reload begins no tour').toHaveCount(0);
  await page.goto('guide/');
  await page.getByRole('link', { name: 'Take the tour' }).first().click();
  await stop(page, 'Depth').getByRole('button', { name: 'Skip the tour' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(playground.field('Depth'), 'with the page’s first network').toHaveValue('20');
  playground.expectNoComplaints();
});

for (const [width, height] of [[360, 740], [768, 1024]]) {
  test(`at ${width} px every stop and what it points at are in the window`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const playground = await Playground.open(page, 'tour=1');
    const shown = [playground.field('Depth'), playground.skipSwitch, playground.playButton];
    for (const [place, name] of STOPS.entries()) {
      await expect(stop(page, name)).toBeInViewport({ ratio: 1 });
      if (shown[place]) {
        await expect(shown[place], name).toBeInViewport({ ratio: 1 });
        const [box, control] = [(await stop(page, name).boundingBox())!, (await shown[place].boundingBox())!];
        expect(control.y + control.height <= box.y || control.y >= box.y + box.height, `${name} does not cover its control`).toBe(true);
      }
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(sideways, name).toBeLessThanOrEqual(width);
      await stop(page, name).getByRole('button', { name: /Next|Done/ }).click();
    }
    playground.expectNoComplaints();
  });
}

test('axe finds nothing at any stop, in both themes', async ({ page }) => {
  await Playground.open(page, 'tour=1&device=cpu');
  const found: string[] = [];
  for (const name of STOPS) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
      found.push(...violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${name}, ${colorScheme}: ${id} (${help}) at ${target}`)));
    }
    await stop(page, name).getByRole('button', { name: /Next|Done/ }).click();
  }
  expect(found).toEqual([]);
});

test('an embed offers no tour and begins none', async ({ page }) => {
  const playground = await Playground.open(page, 'embed=1&tour=1&device=cpu');
  await expect(offer(page)).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  playground.expectNoComplaints();
});
