import { type Page, expect, test } from './fixtures';
import { Playground, boxOf } from './playground';

const LINK = 'depth=20&device=cpu';

/** Where a press on a block meets it, not the arc over it. */
async function middle(playground: Playground, stage: number, block: number) {
  const box = await boxOf(playground.block(stage, block));
  return { x: box.x + box.width / 2, y: box.y + 0.7 * box.height };
}

/** All that the toolbar does, by whatever presses its buttons. */
async function useToolbar(page: Page, playground: Playground, press: (name: string | RegExp) => Promise<void>) {
  const toolbar = playground.toolbar(2, 2);
  await expect(toolbar).toBeVisible();
  await expect(playground.skipOf(toolbar, true)).toBeVisible();
  await press(/^Skip/);
  await expect(page).toHaveURL(/switched=1\.1/);
  await expect(playground.skipOf(toolbar, false)).toBeVisible();
  await expect(playground.skip(2, 2, false)).toBeVisible();
  await press(/^Skip/);
  await expect(page).not.toHaveURL(/switched/);

  await press('Open');
  await expect(playground.layers('stages.1.blocks.1.')).not.toHaveCount(0);
  await press('Close');
  await expect(playground.layers('stages.1.blocks.1.')).toHaveCount(0);

  await press('Add after');
  await expect(page).toHaveURL(/blocks=2-3-2/);
  await expect(playground.skips()).toHaveCount(7);
}

test('by mouse', async ({ page }) => {
  const playground = await Playground.open(page, LINK);
  const { x, y } = await middle(playground, 2, 2);
  await page.mouse.click(x, y);
  const toolbar = playground.toolbar(2, 2);
  await useToolbar(page, playground, (name) => toolbar.getByRole('button', { name }).click());
  await playground.block(2, 3).click();
  await expect(page.getByRole('toolbar'), 'one at a time').toHaveCount(1);
  await playground.toolbar(2, 3).getByRole('button', { name: 'Remove' }).click();
  await expect(page).toHaveURL(/depth=20/);
  await expect(playground.skips()).toHaveCount(6);
  playground.expectNoComplaints();
});

test('the toolbar stands beside its block, inside the window, and covers nothing of it', async ({ page }) => {
  for (const width of [1440, 768, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const playground = await Playground.open(page, LINK);
    for (const [stage, block] of [[1, 1], [3, 2]] as const) {
      const target = playground.block(stage, block);
      await target.scrollIntoViewIfNeeded();
      await target.click();
      const [bar, of] = [await boxOf(playground.toolbar(stage, block)), await boxOf(target)];
      expect(bar.x, `${width} px`).toBeGreaterThanOrEqual(0);
      expect(bar.x + bar.width, `${width} px`).toBeLessThanOrEqual(width);
      const far = Math.max(of.y - (bar.y + bar.height), bar.y - (of.y + of.height), of.x - (bar.x + bar.width), bar.x - (of.x + of.width));
      expect(far, `${width} px: beside the block`).toBeLessThan(80);
      await page.keyboard.press('Escape');
      await expect(playground.toolbar(stage, block)).toHaveCount(0);
    }
  }
});

test('by keyboard: Enter opens it, Escape closes it, and the focus returns to the block', async ({ page }) => {
  const playground = await Playground.open(page, LINK);
  const block = playground.block(2, 2);
  await block.focus();
  await page.keyboard.press('Enter');
  const toolbar = playground.toolbar(2, 2);
  await expect(toolbar).toBeVisible();
  const press = async (name: string | RegExp) => {
    const button = toolbar.getByRole('button', { name });
    // From wherever the focus is, by the keys that lead along a toolbar.
    await expect(async () => {
      if ((await toolbar.getByRole('button').and(page.locator(':focus')).count()) === 0) await page.keyboard.press('Tab');
      for (let step = 0; step < 6 && (await button.and(page.locator(':focus')).count()) === 0; step += 1) await page.keyboard.press('ArrowRight');
      await expect(button).toBeFocused({ timeout: 100 });
    }).toPass({ timeout: 10_000 });
    await page.keyboard.press('Enter');
  };
  await useToolbar(page, playground, press);
  await page.keyboard.press('Escape');
  await expect(toolbar).toHaveCount(0);
  await expect(block).toBeFocused();

  await page.keyboard.press('ArrowRight');
  await expect(playground.block(2, 3)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(playground.toolbar(2, 3)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await expect(playground.skips()).toHaveCount(6);
  await expect(playground.parts.and(page.locator(':focus')), 'the focus stays in the drawing').toHaveCount(1);
  await page.keyboard.press('Home');
  await expect(playground.drawing.getByRole('button', { name: /^Image\./ })).toBeFocused();
  await page.keyboard.press('End');
  await expect(playground.drawing.getByRole('button', { name: /^Softmax\./ })).toBeFocused();
  playground.expectNoComplaints();
});

test('the only block of a stage cannot be removed, and the toolbar says why', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=11&device=cpu');
  await playground.block(2, 1).click();
  const remove = playground.toolbar(2, 1).getByRole('button', { name: 'Remove' });
  await remove.click({ force: true });
  await expect(playground.skips()).toHaveCount(3);
  await expect(playground.network.getByText(/last block of a stage stays/i)).toBeVisible();
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 412, height: 900 } });

  test('a tap on a block opens it, and each of its buttons is large enough for a finger', async ({ page }) => {
    const playground = await Playground.open(page, LINK);
    await playground.block(2, 2).scrollIntoViewIfNeeded();
    const { x, y } = await middle(playground, 2, 2);
    await page.touchscreen.tap(x, y);
    const toolbar = playground.toolbar(2, 2);
    await expect(toolbar).toBeVisible();
    for (const button of await toolbar.getByRole('button').all()) {
      expect((await boxOf(button)).height, 'pixels high').toBeGreaterThanOrEqual(34);
    }
    await useToolbar(page, playground, (name) => toolbar.getByRole('button', { name }).tap());
    playground.expectNoComplaints();
  });

  test('a tap on an arc switches it', async ({ page }) => {
    const playground = await Playground.open(page, LINK);
    await playground.skip(1, 2).scrollIntoViewIfNeeded();
    const { x, y } = await playground.top(1, 2);
    await page.touchscreen.tap(x, y);
    await expect(playground.skip(1, 2, false)).toBeVisible();
  });
});
