import { expect, test } from './fixtures';
import { type Colour, Picture, distance, seen, seenAround } from './pixels';
import { Playground, boxOf } from './playground';

const SMALL = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1';
/** Skip connections in light colours. */
const ORANGE: Colour = [217, 72, 15];

test('a block is dropped and another added, and the network that trains is the one that is drawn', async ({ page }) => {
  const playground = await Playground.open(page, `${SMALL}&depth=20&switched=1.1`);
  const words = await playground.inWords();
  await expect(playground.skips()).toHaveCount(6);
  await playground.block(2, 1).click();
  await playground.toolbar(2, 1).getByRole('button', { name: 'Remove' }).click();
  await expect(playground.skips()).toHaveCount(5);
  await expect(page).toHaveURL(/depth=17/);
  await expect(page).toHaveURL(/blocks=2-1-2/);
  // The switched block is still without its skip connection, now as the first of its stage.
  await expect(page).toHaveURL(/switched=1\.0/);
  await expect(playground.skip(2, 1, false)).toBeVisible();
  await expect(playground.field('Depth')).toHaveValue('17');
  await expect(playground.controls.getByText('3 × (2 + 1 + 2) + 2')).toBeVisible();
  await expect(words).toContainText('2, 1 and 2 blocks in 3 stages');

  await playground.block(1, 1).focus();
  await page.keyboard.press('Insert');
  await expect(playground.skips()).toHaveCount(6);
  await expect(page).toHaveURL(/blocks=3-1-2/);
  await playground.block(2, 1).focus();
  await page.keyboard.press('Delete');
  await expect(playground.network.getByText(/The last block of a stage stays/)).toBeVisible();
  await expect(playground.skips()).toHaveCount(6);

  await playground.reload();
  await expect(playground.skips()).toHaveCount(6);
  await expect(await playground.inWords()).toContainText('3, 1 and 2 blocks in 3 stages');
  await playground.step();
  const losses = await playground.losses();
  expect(losses.length, 'one step was trained').toBe(1);
  expect(Number.isFinite(losses[0]), 'and its loss is a number').toBe(true);
  playground.expectNoComplaints();
});

test('the shortest and the longest path are counted and shown', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=29&filters=2');
  // How much the convolutions of a block and the arc over it stand out.
  const strengths = async () => {
    const arc = await playground.top(1, 2);
    const block = await boxOf(playground.block(1, 2));
    await page.mouse.move(0, 0);
    const branch = await seenAround(page, { x: block.x + block.width / 2, y: block.y + block.height / 2 }, 20);
    return { branch: branch.contrast(), skip: (await seenAround(page, arc, 10)).contrast() };
  };
  const whole = await strengths();
  const expectShown = async (branch: boolean, skip: boolean, why: string) =>
    expect(async () => {
      const now = await strengths();
      expect([now.branch > 0.6 * whole.branch, now.skip > 0.6 * whole.skip], why).toEqual([branch, skip]);
    }).toPass();
  await playground.choose('Paths', 'Shortest path');
  await expect(playground.caption(/2⁹ = 512 paths: the shortest goes through 6 convolutions/)).toBeVisible();
  await expectShown(false, true, 'branches are left out');
  await playground.choose('Paths', 'Longest path');
  await expectShown(true, false, 'skip connections are left out');
  await expect(await playground.menuEntry('Paths', 'Longest path')).toBeChecked();
  await page.keyboard.press('Escape');
  await playground.choose('Paths', 'No path');
  await expectShown(true, true, 'and nothing is');
});

test('the drawing is saved as SVG, PNG and DOT', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const playground = await Playground.open(page, 'depth=29&filters=2');
  await expect(playground.skips()).toHaveCount(9);

  const svg = await playground.saved(() => playground.choose('Save', 'SVG'));
  expect(svg.name).toBe('resnet-29.svg');
  const read = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    return { name: root.localName, namespace: root.namespaceURI, width: Number(root.getAttribute('width')) };
  }, svg.text);
  expect(read).toMatchObject({ name: 'svg', namespace: 'http://www.w3.org/2000/svg' });
  expect(read.width, 'as wide as on the page').toBeGreaterThan(300);
  expect(svg.text, 'colours of its own').not.toContain('var(');
  expect(svg.text, 'nothing from elsewhere').not.toMatch(/https?:\/\/(?!www\.w3\.org)/);

  // Opened by itself, far from the page's style sheet.
  const viewer = await page.context().newPage();
  await viewer.setViewportSize({ width: Math.ceil(read.width), height: 600 });
  await viewer.goto(`data:image/svg+xml;base64,${svg.bytes.toString('base64')}`);
  const arcs = viewer.getByLabel(/^Skip connection of stage/);
  await expect(arcs).toHaveCount(9);
  const looked = Picture.of(await viewer.screenshot());
  expect(looked.at(1, 1), 'light: dark text on white').toEqual([255, 255, 255]);
  expect(looked.share((colour) => Math.max(...colour) < 60), 'arcs are lines, and everything has its colour').toBeLessThan(0.05);
  for (const arc of await arcs.all()) {
    const orange = (await seen(arc)).colours().some((colour) => distance(colour, ORANGE) < 60);
    expect(orange, 'skip connections are seen, not caught while they fade in').toBe(true);
  }
  await viewer.close();
  const margin = await seenAround(page, { x: 8, y: 450 }, 4);
  expect(margin.share((colour) => Math.max(...colour) < 80), 'the page itself stays dark').toBeGreaterThan(0.5);

  const png = await playground.saved(() => playground.choose('Save', 'PNG'));
  expect(png.name).toBe('resnet-29.png');
  expect(png.bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
  const drawn = Picture.of(png.bytes);
  expect(Math.abs(drawn.width - 3 * read.width), 'three pixels for each').toBeLessThan(4);
  expect(drawn.variety(), 'something is drawn on it').toBeGreaterThan(8);

  const dot = await playground.saved(() => playground.choose('Save', 'DOT of all layers'));
  expect(dot.name).toBe('resnet-29.dot');
  expect(dot.text).toMatch(/^digraph resnet \{[\s\S]*"stages\.2\.blocks\.2\.add"[\s\S]*\}\n$/);
  playground.expectNoComplaints();
});
