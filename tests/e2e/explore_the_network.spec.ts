import { type Page, expect, test } from '@playwright/test';
import { Playground } from './playground';

const explanation = (page: Page) => page.getByTestId('drawing-explanation');
const drawing = (page: Page) => page.locator('svg.drawing');

/** Left, top, width and height of what the camera sees, once it has come to rest. */
async function view(page: Page): Promise<number[]> {
  const read = async () => (await drawing(page).getAttribute('viewBox'))!;
  let before = '';
  await expect(async () => {
    const now = await read();
    const rests = now === before;
    before = now;
    expect(rests, 'the camera rests').toBe(true);
  }).toPass();
  return before.split(' ').map(Number);
}

test('at depth 1001 a bundle unfolds, a block opens, and the keyboard walks along its layers', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=1001&batch=16');
  const blocks = page.locator('.drawing-part:not(.drawing-layer)');
  const [, , wholeWidth] = await view(page);
  await expect(blocks, 'image, stem, three stages of three, pool, dense, softmax').toHaveCount(14);

  await page.getByLabel(/^x \+ F\(x\), 109 times/).first().click();
  await expect(page.getByLabel(/Block 2 of stage 1 adds/), 'a block of its own').toHaveCount(1);
  await expect(page.locator('.drawing-map'), 'more than the canvas takes').toBeVisible();
  expect(await page.locator('.drawing-part').count(), 'only what is near the view is on the page').toBeLessThan(60);

  await page.getByLabel(/Block 2 of stage 1 adds/).focus();
  await page.keyboard.press('o');
  const layers = page.locator('.drawing-layer');
  await expect(layers, 'batch norm, ReLU and convolution three times, and the sum').toHaveCount(10);
  await expect(page.getByLabel(/Block 2 of stage 1 adds/)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const batchNorm = page.getByLabel(/^Batch norm\..*stages\.0\.blocks\.1\.bn1 · input 32×32×32 · output 32×32×32/);
  await expect(batchNorm, 'the first layer, read aloud with its shapes').toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(explanation(page)).toContainText('1×1 convolution');
  await expect(explanation(page)).toContainText('stages.0.blocks.1.conv1');
  await expect(explanation(page)).toContainText('parameters');
  await expect(page.getByTestId('network-in-words')).toContainText('stages.0.blocks.1.conv3');

  const [, , blockWidth] = await view(page);
  await page.keyboard.press('Escape');
  const [, , stageWidth] = await view(page);
  await page.keyboard.press('Escape');
  const [, , networkWidth] = await view(page);
  expect([blockWidth < stageWidth, stageWidth < networkWidth], 'from the block to its stage to the network').toEqual([true, true]);

  await page.getByRole('button', { name: 'Stages', exact: true }).click();
  await expect(layers).toHaveCount(0);
  expect((await view(page))[2], 'folded again').toBe(wholeWidth);
  playground.expectNoComplaints();
});

test('a layer is found by its name, and the camera goes there', async ({ page }) => {
  await Playground.open(page, 'depth=1001&batch=16');
  const find = page.getByLabel('Find a layer by its name');
  await find.fill('stages.1.blocks.57.conv2');
  await find.press('Enter');
  await expect(page.getByLabel(/^3×3 convolution\..*stages\.1\.blocks\.57\.conv2 /)).toBeFocused();
  await expect(page.getByLabel(/^3×3 convolution\./)).toBeInViewport();

  await find.fill('conv2');
  await expect(page.locator('#drawing-found')).toHaveText('333 layers');
  await find.press('Enter');
  await find.press('Enter');
  await expect(page.locator('#drawing-found')).toHaveText('2 of 333: stages.0.blocks.1.conv2');
  await expect(explanation(page)).toContainText('stages.0.blocks.1.conv2');
  await expect(page.locator('.drawing-open'), 'the block that the search opened before is closed').toHaveCount(1);
  await find.fill('conv9');
  await expect(page.locator('#drawing-found')).toContainText('no layer of that name');
});

test('the drawing is dragged and zoomed, and the page scrolls while it has nothing to show', async ({ page }) => {
  await Playground.open(page, 'depth=164');
  const box = (await drawing(page).boundingBox())!;
  const middle = [box.x + box.width / 2, box.y + 40] as const;
  const folded = await view(page);
  await page.mouse.move(...middle);
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => window.scrollY), 'a folded drawing lets the page scroll').toBeGreaterThan(0);
  expect(await view(page)).toEqual(folded);
  await page.evaluate(() => window.scrollTo(0, 0));

  await page.getByRole('button', { name: 'Layers', exact: true }).click();
  const [left] = await view(page);
  await page.mouse.move(...middle);
  await page.mouse.down();
  await page.mouse.move(middle[0] - 200, middle[1], { steps: 5 });
  await page.mouse.up();
  const [dragged, , width] = await view(page);
  expect(dragged - left, 'dragged by what the pointer went').toBeCloseTo(200 * (width / box.width), 0);
  await page.mouse.wheel(0, -300);
  const [, , closer] = await view(page);
  expect(width / closer, 'a pressed drawing takes the wheel').toBeCloseTo(2, 1);
  expect(await page.evaluate(() => window.scrollY), 'and the page stays').toBe(0);
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  const [fitLeft, , all] = await view(page);
  expect([fitLeft <= 0, all > 54 * 300], 'all blocks with all their layers').toEqual([true, true]);
});

test('embedded, only Ctrl and the wheel zoom', async ({ page }) => {
  await Playground.open(page, 'depth=164&embed=1');
  await page.getByRole('button', { name: 'Blocks', exact: true }).click();
  const box = (await drawing(page).boundingBox())!;
  await page.mouse.click(box.x + 300, box.y + 30);
  const before = await view(page);
  await page.mouse.wheel(0, -200);
  expect(await view(page), 'the page around it scrolls').toEqual(before);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -200);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await view(page))[2]).toBeLessThan(before[2]);
});

test('an arc explains itself, and two fingers zoom', async ({ page }) => {
  await Playground.open(page, 'depth=29');
  const top = await page.locator('[data-shortcut="identity"] .drawing-arc-reach').first().evaluate((path: SVGPathElement) => {
    const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM()!);
    return { x, y };
  });
  await page.mouse.move(top.x, top.y);
  await expect(explanation(page)).toContainText('x + F(x). The block adds what it learned to what it received.');
  const [, , before] = await view(page);
  await drawing(page).evaluate((svg, { x, y }) => {
    const finger = (type: string, pointerId: number, clientX: number) =>
      svg.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY: y, pointerType: 'touch', bubbles: true }));
    finger('pointerdown', 11, x - 20);
    finger('pointerdown', 12, x + 20);
    finger('pointermove', 11, x - 60);
    finger('pointermove', 12, x + 60);
    finger('pointerup', 11, x - 60);
    finger('pointerup', 12, x + 60);
  }, top);
  expect(before / (await view(page))[2], 'three times the distance, three times the size').toBeCloseTo(3, 1);
});
