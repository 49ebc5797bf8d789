import { readFileSync } from 'node:fs';
import { type Page, expect, test } from '@playwright/test';
import { Playground } from './playground';

const SMALL = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1';

/** Text and bytes of what a click downloads. */
async function downloaded(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: true }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test('a block is dropped and another added, and the network that trains is the one that is drawn', async ({ page }) => {
  const playground = await Playground.open(page, `${SMALL}&depth=20&switched=1.1`);
  const words = page.getByTestId('network-in-words');
  const blocks = page.locator('.drawing-part', { has: page.locator('.drawing-skip') });
  await expect(blocks).toHaveCount(6);
  await blocks.nth(2).click();
  await playground.button('Drop block 1 of stage 2').click();
  await expect(blocks).toHaveCount(5);
  await expect(page).toHaveURL(/depth=17/);
  await expect(page).toHaveURL(/blocks=2-1-2/);
  // The switched block is still without its skip connection, now as the first of its stage.
  await expect(page).toHaveURL(/switched=1\.0/);
  await expect(page.getByLabel('Depth', { exact: true })).toHaveValue('17');
  await expect(page.getByText('3 × (2 + 1 + 2) + 2')).toBeVisible();
  await expect(words).toContainText('2, 1 and 2 blocks in 3 stages');

  await blocks.nth(0).focus();
  await page.keyboard.press('Insert');
  await expect(blocks).toHaveCount(6);
  await expect(page).toHaveURL(/blocks=3-1-2/);
  await blocks.nth(3).focus();
  await page.keyboard.press('Delete');
  await expect(page.getByText('The last block of a stage stays', { exact: false })).toBeVisible();
  await expect(blocks).toHaveCount(6);

  await page.reload();
  await expect(blocks).toHaveCount(6);
  await expect(words).toContainText('3, 1 and 2 blocks in 3 stages');
  await playground.button('Step').click();
  await expect(playground.measured('step')).toHaveText('1', { timeout: 120_000 });
  const losses = await playground.losses();
  expect(losses.length, 'one step was trained').toBe(1);
  expect(Number.isFinite(losses[0]), 'and its loss is a number').toBe(true);
  playground.expectNoComplaints();
});

test('the shortest and the longest path are counted and shown', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=29&filters=2');
  await expect(page.getByTestId('paths')).toContainText('2⁹ = 512 paths: the shortest goes through 6 convolutions');
  const branch = page.locator('.drawing-branch').nth(4);
  const arc = page.locator('.drawing-skip').nth(1);
  const opacity = (of: typeof branch) => of.evaluate((element) => getComputedStyle(element).opacity);
  await playground.button('Shortest path').click();
  await expect(playground.button('Shortest path')).toHaveAttribute('aria-pressed', 'true');
  expect([await opacity(branch), await opacity(arc)], 'branches are left out').toEqual(['0.2', '1']);
  await playground.button('Longest path').click();
  await expect(playground.button('Shortest path')).toHaveAttribute('aria-pressed', 'false');
  expect([await opacity(branch), await opacity(arc)], 'skip connections are left out').toEqual(['1', '0.2']);
  await playground.button('Longest path').click();
  expect([await opacity(branch), await opacity(arc)], 'and nothing is').toEqual(['1', '1']);
});

test('the drawing is saved as SVG, PNG and DOT', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const playground = await Playground.open(page, 'depth=29&filters=2');
  await expect(page.locator('.drawing-skip')).toHaveCount(9);

  const svg = await downloaded(page, 'SVG');
  const text = svg.bytes.toString('utf8');
  expect(svg.name).toBe('resnet-29.svg');
  expect(text, 'skip connections are seen, not caught while they fade in').not.toMatch(/class="drawing-skip"[^>]*[^-]opacity:\s*0[;.]/);
  const seen = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    const root = parsed.documentElement;
    const styles = [...parsed.querySelectorAll('rect, path, text')].map((element) => element.getAttribute('style') ?? '');
    return {
      name: root.localName,
      namespace: root.namespaceURI,
      width: Number(root.getAttribute('width')),
      arcs: parsed.querySelectorAll('.drawing-arc').length,
      styled: styles.every((style) => /fill:/.test(style) && !/var\(/.test(style)),
      arc: parsed.querySelector('.drawing-arc')?.getAttribute('style') ?? '',
      outside: /https?:\/\/(?!www\.w3\.org)/.test(text),
    };
  }, text);
  expect(seen).toMatchObject({ name: 'svg', namespace: 'http://www.w3.org/2000/svg', arcs: 9, styled: true, outside: false });
  expect(seen.width, 'as wide as on the page').toBeGreaterThan(300);
  expect(seen.arc, 'arcs are lines').toMatch(/fill:none/);
  // Alone, without the page's style sheet, it is light: the frame's text is dark on white.
  expect(text).toContain('background:#fff');
  await expect(page.locator('html'), 'the page itself stays as it was').not.toHaveAttribute('data-theme', 'light');

  const png = await downloaded(page, 'PNG');
  expect(png.name).toBe('resnet-29.png');
  expect(png.bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
  expect(Math.abs(png.bytes.readUInt32BE(16) - 3 * seen.width), 'three pixels for each').toBeLessThan(4);
  const colours = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 4) seen.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    return seen.size;
  }, png.bytes.toString('base64'));
  expect(colours, 'something is drawn on it').toBeGreaterThan(8);

  const dot = await downloaded(page, 'DOT');
  expect(dot.name).toBe('resnet-29.dot');
  expect(dot.bytes.toString('utf8')).toMatch(/^digraph resnet \{[\s\S]*"stages\.2\.blocks\.2\.add"[\s\S]*\}\n$/);
  playground.expectNoComplaints();
});
