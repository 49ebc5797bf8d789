import { type Locator, type Page, expect, test } from './fixtures';
import { Playground, boxOf, nameOf } from './playground';

const scrolled = (page: Page) => page.evaluate(() => window.scrollY);

/** Where a part is in the drawing, wherever that is on the screen. */
async function placeIn(playground: Playground, part: Locator) {
  const [frame, box] = [await boxOf(playground.drawing), await boxOf(part)];
  return { x: box.x - frame.x, y: box.y - frame.y, width: box.width, height: box.height };
}

/** A part of the drawing that is under this place of the screen. */
async function partUnder(playground: Playground, x: number): Promise<Locator> {
  for (const part of await playground.parts.all()) {
    const box = await part.boundingBox();
    if (box && box.x <= x && x <= box.x + box.width) return playground.drawing.getByRole('button', { name: await nameOf(part), exact: true });
  }
  throw new Error(`nothing is drawn at ${x}`);
}

test('at depth 1001 a bundle unfolds, a block opens, and the keyboard walks along its layers', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=1001&batch=16');
  const bundle = playground.bundle(1, 2, 110);
  const folded = await placeIn(playground, bundle);
  await expect(playground.parts, 'image, stem, three stages of three, pool, dense, softmax').toHaveCount(14);
  await expect(bundle, 'as many blocks as it stands for').toHaveAccessibleName(/x \+ F\(x\), 109 times/);

  await bundle.click();
  await page.getByRole('toolbar', { name: /^Stage 1, blocks 2 to 110/ }).getByRole('button', { name: 'Open' }).click();
  const block = playground.block(1, 2);
  await expect(block, 'a block of its own').toHaveCount(1);
  await expect(playground.network.getByRole('img', { name: 'Overview of the network' }), 'more than the canvas takes').toBeVisible();
  expect(await playground.parts.count(), 'only what is near the view is on the page').toBeLessThan(60);

  await block.focus();
  await page.keyboard.press('o');
  const layers = playground.layers('stages.0.blocks.1.');
  await expect(layers, 'batch norm, ReLU and convolution three times, and the sum').toHaveCount(10);
  await expect(block).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const batchNorm = playground.layers(/^Batch norm\..*stages\.0\.blocks\.1\.bn1 · input 32×32×32 · output 32×32×32/);
  await expect(batchNorm, 'the first layer, read aloud with its shapes').toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(playground.layers(/^ReLU\..*stages\.0\.blocks\.1\.activation1 /)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(playground.caption(/1×1 convolution.*stages\.0\.blocks\.1\.conv1.*parameters/s)).toBeVisible();
  await expect(await playground.inWords()).toContainText('stages.0.blocks.1.conv3');

  const width = async () => (await placeIn(playground, block)).width;
  const inBlock = await width();
  await page.keyboard.press('Escape');
  await expect.poll(width, { message: 'from the block to its stage' }).toBeLessThan(inBlock);
  const inStage = await width();
  await page.keyboard.press('Escape');
  await expect.poll(width, { message: 'from the stage to the network' }).toBeLessThan(inStage);

  await playground.network.getByRole('button', { name: 'Stages', exact: true }).click();
  await expect(layers).toHaveCount(0);
  const again = await placeIn(playground, bundle);
  expect(Math.abs(again.width - folded.width) + Math.abs(again.x - folded.x), 'folded again').toBeLessThan(2);
  playground.expectNoComplaints();
});

test('a layer is found by its name, and the camera goes there', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=1001&batch=16');
  const find = playground.layerSearch;
  const found = (words: string) => playground.network.getByText(words, { exact: true });
  await find.fill('stages.1.blocks.57.conv2');
  await find.press('Enter');
  const layer = playground.layers(/^3×3 convolution\..*stages\.1\.blocks\.57\.conv2 /);
  await expect(layer).toBeFocused();
  await expect(layer).toBeInViewport();

  await find.fill('conv2');
  await expect(found('333 layers')).toBeVisible();
  await find.press('Enter');
  await find.press('Enter');
  await expect(found('2 of 333: stages.0.blocks.1.conv2')).toBeVisible();
  await expect(playground.caption(/stages\.0\.blocks\.1\.conv2 ·/)).toBeVisible();
  await expect(playground.layers('stages.0.blocks.1.')).not.toHaveCount(0);
  await expect(playground.layers('stages.1.blocks.57.'), 'the block that the search opened before is closed').toHaveCount(0);
  await find.fill('conv9');
  await expect(playground.network.getByText('no layer of that name')).toBeVisible();
});

test('the drawing is dragged and zoomed, and the page scrolls while it has nothing to show', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=164');
  const box = await boxOf(playground.drawing);
  const middle = [box.x + box.width / 2, box.y + 40] as const;
  const stem = playground.drawing.getByRole('button', { name: /^Stem\./ });
  const folded = await placeIn(playground, stem);
  await page.mouse.move(...middle);
  await page.mouse.wheel(0, 200);
  await expect.poll(() => scrolled(page), 'a folded drawing lets the page scroll').toBeGreaterThan(0);
  expect(await placeIn(playground, stem)).toEqual(folded);
  await page.mouse.wheel(0, -1000);
  await expect.poll(() => scrolled(page)).toBe(0);

  await playground.network.getByRole('button', { name: 'Layers', exact: true }).click();
  await boxOf(stem);
  const grasped = await partUnder(playground, middle[0]);
  const before = await placeIn(playground, grasped);
  await page.mouse.move(...middle);
  await page.mouse.down();
  await page.mouse.move(middle[0] - 200, middle[1], { steps: 5 });
  await page.mouse.up();
  const dragged = await placeIn(playground, grasped);
  expect(Math.abs(before.x - dragged.x - 200), 'dragged by what the pointer went').toBeLessThan(2);
  await page.mouse.wheel(0, -300);
  const closer = await placeIn(playground, grasped);
  expect(closer.width / dragged.width, 'a pressed drawing takes the wheel').toBeCloseTo(2, 1);
  expect(await scrolled(page), 'and the page stays').toBe(0);
  await playground.network.getByRole('button', { name: 'Fit', exact: true }).click();
  const frame = await boxOf(playground.drawing);
  for (const end of [/^Image\./, /^Softmax\./]) {
    await expect(async () => {
      const part = await placeIn(playground, playground.drawing.getByRole('button', { name: end }));
      expect(part.x >= 0 && part.x + part.width <= frame.width, 'all blocks with all their layers, from end to end').toBe(true);
    }).toPass();
  }
});

test('the buttons zoom in and out around what is seen', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=29');
  const block = playground.block(2, 2);
  const before = await placeIn(playground, block);
  await playground.network.getByRole('button', { name: 'Zoom in', exact: true }).click();
  await expect.poll(async () => (await placeIn(playground, block)).width).toBeGreaterThan(1.2 * before.width);
  await playground.network.getByRole('button', { name: 'Zoom out', exact: true }).click();
  await expect.poll(async () => (await placeIn(playground, block)).width).toBeCloseTo(before.width, 0);
});

test('embedded, only Ctrl and the wheel zoom', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=164&embed=1');
  await playground.network.getByRole('button', { name: 'Blocks', exact: true }).click();
  const box = await boxOf(playground.drawing);
  await page.mouse.click(box.x + 300, box.y + 10);
  const part = await partUnder(playground, box.x + 300);
  const before = await placeIn(playground, part);
  await page.mouse.wheel(0, -200);
  expect((await placeIn(playground, part)).width, 'the page around it scrolls').toBe(before.width);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -200);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await placeIn(playground, part)).width).toBeGreaterThan(before.width);
});

test.describe('by touch', () => {
  test.use({ hasTouch: true });

  test('an arc explains itself, and two fingers zoom', async ({ page }) => {
    const playground = await Playground.open(page, 'depth=29');
    const { x, y } = await playground.top(1, 2);
    await page.mouse.move(x, y);
    await expect(playground.caption(/x \+ F\(x\)\..*The block adds what it learned to what it received\./s)).toBeVisible();
    const before = await placeIn(playground, playground.block(1, 2));
    const devtools = await page.context().newCDPSession(page);
    const fingers = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [-0.5, 0.5].map((side, id) => ({ x: x + side * apart, y, id })),
      });
    await fingers('touchStart', 40);
    for (const apart of [60, 80, 100, 120]) await fingers('touchMove', apart);
    await fingers('touchEnd', 120);
    const after = await placeIn(playground, playground.block(1, 2));
    expect(after.width / before.width, 'three times the distance, three times the size').toBeCloseTo(3, 1);
  });
});
