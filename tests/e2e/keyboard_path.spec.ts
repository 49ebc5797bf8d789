// The path of docs/accessibility.md: the main job with the keyboard alone. The number of stops is that of the document.
import { type Locator, type Page, expect, test } from './fixtures';
import { Playground } from './playground';

const RUN = 'device=cpu&depth=20&filters=2&batch=10&images=60&held-out=20&epochs=1';

/** Presses Tab until something has the focus, and counts. */
async function tabTo(page: Page, goal: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<number> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await goal.evaluateAll((elements) => elements.some((element) => element === document.activeElement))) return presses;
    await page.keyboard.press(key);
  }
  await expect(goal.first(), `reached with ${key}`).toBeFocused();
  return Number.NaN;
}

/** Notes every control that lost the focus to nothing for longer than a reader would wait. */
async function watchFocus(page: Page) {
  await page.addInitScript(() => {
    const lost: string[] = [];
    Object.assign(window, { lost });
    document.addEventListener('focusout', ({ target, relatedTarget }) => {
      if (relatedTarget !== null) return;
      const what = target instanceof Element ? `${target.localName} “${target.getAttribute('aria-label') ?? target.textContent?.trim().slice(0, 40)}”` : '';
      setTimeout(() => document.hasFocus() && document.activeElement === document.body && lost.push(what), 800);
    });
  });
  return () => page.evaluate(() => (window as unknown as { lost: string[] }).lost);
}

test('the main job takes at most 12 stops to Play, few more for the rest, and the focus is never lost', async ({ page }) => {
  const lost = await watchFocus(page);
  const playground = await Playground.open(page, RUN);
  const stops: [string, number][] = [];
  const go = async (what: string, goal: Locator, key?: 'Tab' | 'Shift+Tab') => stops.push([what, await tabTo(page, goal, key)]);

  await go('Play', playground.playButton);
  expect(stops[0][1], 'stops to Play').toBeLessThanOrEqual(12);
  await page.keyboard.press('Enter');
  await playground.waitForStatus(/Finished/);
  await expect(playground.playButton, 'the run has ended').toBeFocused();
  await go('Reset', playground.button('Reset'));
  await page.keyboard.press('Enter');
  await playground.waitForStatus(/Ready/);
  await expect(playground.button('Reset')).toBeFocused();
  await go('Depth', playground.field('Depth'));
  await page.keyboard.press('ArrowUp');
  await expect(playground.field('Depth')).toHaveValue('29');
  await go('Skip connections', playground.skipSwitch);
  await page.keyboard.press('Space');
  await expect(playground.skipSwitch).not.toBeChecked();
  await go('Play again', playground.playButton, 'Shift+Tab');
  await page.keyboard.press('Space');
  await playground.waitForStatus(/Finished/);

  await go('the drawing', playground.parts);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(playground.block(1, 1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(playground.skip(1, 1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(playground.skip(1, 1, true), 'and the focus outlasts the redraw').toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(playground.block(1, 1)).toBeFocused();

  await go('an experiment', playground.panel('Experiments').getByRole('button', { name: /Do skip connections help/ }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status', { name: 'Finding' })).toContainText(/\d/, { timeout: 90_000 });
  await expect(playground.panel('Experiments').locator(':focus'), 'where the answer is').toHaveCount(1);
  await go('Forget run 1', playground.ofRuns('Forget run 1'), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeFocused();

  const all = stops.reduce((sum, [, presses]) => sum + presses, 0);
  test.info().annotations.push({ type: 'stops', description: `${stops.map(([what, presses]) => `${what} ${presses}`).join(', ')}: ${all} in all` });
  expect(all, 'presses of Tab in all').toBeLessThanOrEqual(110);
  expect(await lost(), 'what lost the focus to nothing').toEqual([]);
  playground.expectNoComplaints();
});

test('the help of every field of the bar shows while it has the focus, within the window at every width, until Escape', async ({ page }) => {
  const playground = await Playground.open(page, RUN);
  const fields = [playground.recipe, playground.skipSwitch, ...['Depth', 'Start filters', 'Training images', 'Epochs'].map((label) => playground.field(label))];
  const help = page.getByRole('tooltip').filter({ visible: true });
  for (const width of [1440, 1024, 768, 360, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const field of fields) {
      await expect(help).toHaveCount(0);
      // A key was used last, as by who comes here with Tab.
      await page.keyboard.press('Shift');
      await field.focus();
      await expect(help).toHaveCount(1);
      await expect(field, 'the same sentence is read aloud').toHaveAccessibleDescription(await help.innerText());
      const box = (await help.boundingBox())!;
      const where = `of ${await field.ariaSnapshot()} at ${width} px`;
      expect(box.x, `left edge ${where}`).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width, `right edge ${where}`).toBeLessThanOrEqual(width);
      await page.keyboard.press('Escape');
      await expect(help).toHaveCount(0);
      await field.blur();
    }
  }
  playground.expectNoComplaints();
});

test('Escape closes the explanation of a term, and only then the sheet or lesson around it', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&lesson=block');
  const term = page.getByRole('region').filter({ hasText: /Lesson \d+ of/ }).getByRole('note').first();
  await term.focus();
  const explanation = page.getByRole('tooltip').filter({ visible: true });
  await expect(explanation).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(explanation).toHaveCount(0);
  await expect(page.getByText(/^Lesson \d+ of/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/^Lesson \d+ of/)).toHaveCount(0);
  playground.expectNoComplaints();
});
