import { expect, test } from './fixtures';
import { Playground, expectAccepted, expectRefused } from './playground';

const RUN = 'device=cpu&filters=2&batch=8&images=400&held-out=8&epochs=40';

test('p plays and pauses, s steps, and neither does while one types; Space scrolls the page', async ({ page }) => {
  const playground = await Playground.open(page, RUN);
  await expect(playground.playButton).toHaveAccessibleDescription(/\bp\b/i);
  await expect(playground.button('Step')).toHaveAccessibleDescription(/\bs\b/i);
  await page.keyboard.press('s');
  await playground.waitForSteps(1);
  await page.keyboard.press('p');
  await playground.waitForMoreStepsThan(1);
  await page.keyboard.press('p');
  await playground.waitForStatus(/Paused/);
  const paused = await playground.stepsDone();

  await playground.layerSearch.focus();
  await page.keyboard.type('ps');
  await expect(playground.layerSearch).toHaveValue('ps');
  await expect(playground.status).toHaveText(/Paused/);
  await playground.layerSearch.fill('');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Space');
  await expect.poll(() => page.evaluate(() => window.scrollY), { message: 'a page further down' }).toBeGreaterThan(0);
  await expect(playground.status).toHaveText(/Paused/);
  expect(await playground.stepsDone()).toBe(paused);
  playground.expectNoComplaints();
});

test('arrow keys step a number, Escape puts back the value it had, and what is no number stays', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu');
  const depth = playground.field('Depth');
  await depth.focus();
  await page.keyboard.press('ArrowUp');
  await expect(depth).toHaveValue('20');
  await page.keyboard.press('ArrowUp');
  await expect(depth).toHaveValue('29');
  await page.keyboard.press('ArrowDown');
  await expect(depth).toHaveValue('20');
  await depth.fill('110');
  await page.keyboard.press('Escape');
  await expect(depth).toHaveValue('20');
  await expect(page).toHaveURL(/depth=20/);
  await expect(depth).toBeFocused();

  const images = playground.field('Training images');
  await images.fill('many');
  await images.press('Tab');
  await expect(images).toHaveValue('many');
  await expectRefused(images, /whole number/);
  await images.fill('1 000');
  await images.press('Tab');
  await expectAccepted(images);
  for (const [label, down, up] of [['Depth', 'Shallower', 'Deeper'], ['Start filters', 'Narrower', 'Wider'], ['Epochs', 'Fewer epochs', 'More epochs']]) {
    const before = Number(await playground.field(label).inputValue());
    await playground.button(up).click();
    await expect.poll(async () => Number(await playground.field(label).inputValue()), { message: up }).toBeGreaterThan(before);
    await playground.button(down).click();
    await expect(playground.field(label), down).toHaveValue(String(before));
  }
  playground.expectNoComplaints();
});

test('no control loses the focus by what it does', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&depth=20&filters=2&batch=8&images=80&held-out=8&epochs=1');
  const pressed = async (button: ReturnType<Playground['button']>) => {
    await button.focus();
    await page.keyboard.press('Enter');
  };
  await pressed(playground.button('Shallower'));
  await expect(playground.field('Depth')).toHaveValue('11');
  await expect(playground.button('Shallower'), 'at the end of its range').toBeFocused();
  await pressed(playground.playButton);
  await playground.waitForStatus(/Finished/);
  await expect(playground.playButton).toBeFocused();
  const panel = await playground.openTab('Feature maps');
  const look = panel.getByRole('button', { name: 'Look at an image' });
  await pressed(look);
  await expect(panel.getByRole('status', { name: 'Prediction' })).toContainText('predicts');
  await expect(panel.locator(':focus'), 'in the panel').toHaveCount(1);
  const gradients = await playground.openTab('Gradients & activations');
  await pressed(gradients.getByRole('button', { name: 'Remove one block at a time' }));
  await expect(gradients.getByText(/whole network gets \d+\s%/)).toBeVisible({ timeout: 60_000 });
  await expect(gradients.getByRole('button', { name: 'Remove one block at a time' })).toBeFocused();
  await pressed(playground.button('Reset'));
  await playground.waitForStatus(/Ready/);
  await expect(playground.button('Reset')).toBeFocused();
  playground.expectNoComplaints();
});

test('what a screen reader hears of a run are its results, not its phases: at most one in 15 seconds', async ({ page }) => {
  // Everything that changes inside what is read aloud when it changes, with the time.
  await page.addInitScript(() => {
    const heard: { at: number; text: string }[] = [];
    Object.assign(window, { heard });
    const live = (node: Node): Element | null => {
      const element = node instanceof Element ? node : node.parentElement;
      const region = element?.closest('[aria-live], [role=status], [role=alert], output');
      return region && region.getAttribute('aria-live') !== 'off' ? region : null;
    };
    new MutationObserver((changes) => {
      for (const region of new Set(changes.map(({ target }) => live(target)).filter((region) => region !== null))) {
        const text = (region.textContent ?? '').trim();
        if (text && heard.at(-1)?.text !== text) heard.push({ at: performance.now(), text });
      }
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });
  const heard = () => page.evaluate(() => (window as unknown as { heard: { at: number; text: string }[] }).heard);
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=100&epochs=60');
  await playground.play();
  await playground.waitForMoreStepsThan(10);
  const before = (await heard()).length;
  const begun = await page.evaluate(() => performance.now());
  await expect.poll(() => playground.stepsDone(), { timeout: 120_000, message: 'dozens of epochs' }).toBeGreaterThan(500);
  const during = (await heard()).slice(before);
  const seconds = ((await page.evaluate(() => performance.now())) - begun) / 1000;
  expect(during.length, `in ${seconds} s: ${JSON.stringify(during)}`).toBeLessThanOrEqual(1 + seconds / 15);
  await playground.waitForStatus(/Finished/);
  await expect
    .poll(async () => (await heard()).map(({ text }) => text).join('\n'), { timeout: 30_000 })
    .toMatch(/Finished: \d+\s% of held-out images right/);
  for (const { text } of await heard()) expect(text, 'no moving numbers').not.toMatch(/\bstep \d+ of \d+/);
});

test('Tab enters the drawing at one part, and leads out of it both ways', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu');
  const isInDrawing = () => playground.drawing.evaluate((drawing) => drawing.contains(document.activeElement));
  await page.getByRole('button', { name: 'Fit', exact: true }).focus();
  await page.keyboard.press('Tab');
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await expect(save).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(playground.parts.first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(playground.parts.nth(1)).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(save).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(playground.parts.nth(1), 'the part that was left').toBeFocused();
  await page.keyboard.press('Tab');
  expect(await isInDrawing(), 'one more leads out').toBe(false);
  playground.expectNoComplaints();
});
