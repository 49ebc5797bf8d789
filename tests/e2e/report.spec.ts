import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { Playground } from './playground';

test('a report counts every held-out image, says the accuracy of the epoch, and each cell shows its images', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=4&batch=10&images=60&held-out=20&epochs=1&classes=0-3-5');
  const panel = page.getByTestId('report');
  const ask = panel.getByRole('button', { name: 'Look at every held-out image' });
  await expect(ask, 'nothing to look with yet').toBeDisabled();
  await playground.button('Play').click();
  await playground.waitForPhase(/finished/i);
  await ask.click();

  const finding = playground.measured('report-finding');
  await expect(finding).toContainText(/^After 6 training steps the network is right about \d+ of 20 held-out images/);
  const accuracy = async () => Number(await finding.getAttribute('data-accuracy'));
  const plain = await accuracy();
  expect(plain, 'what the page says elsewhere').toBeCloseTo(await playground.heldOutAccuracy(), 5);
  await expect(ask, 'the focus stays').toBeFocused();

  const matrix = playground.measured('report-matrix');
  const rows = matrix.locator('tbody tr');
  await expect(rows, 'three classes take part').toHaveCount(3);
  const counts = await rows.evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))));
  const sum = counts.flat().reduce((before, count) => before + count, 0);
  expect(sum, 'every held-out image is in one cell').toBe(20);
  const right = counts.reduce((before, row, label) => before + row[label], 0);
  expect(right / 20, 'those on the diagonal are right').toBeCloseTo(plain, 10);

  const cells = matrix.getByRole('button');
  for (const place of [0, (await cells.count()) - 1]) {
    const count = Number(await cells.nth(place).innerText());
    await cells.nth(place).click();
    const images = playground.measured('report-cell').getByRole('listitem').locator('img');
    await expect(images, 'as many images as the cell says').toHaveCount(count);
    await expect(images.first()).toHaveJSProperty('naturalWidth', 32);
  }
  const supports = await playground.measured('report-classes').locator('tbody:first-of-type tr td:last-child').allInnerTexts();
  expect(supports.map(Number).reduce((before, count) => before + count, 0), 'images of all classes').toBe(20);
  const inBins = await playground.measured('report-bins').locator('tbody tr td:nth-child(2)').allTextContents();
  expect(inBins.map(Number).reduce((before, count) => before + count, 0), 'every image has a confidence').toBe(20);

  const downloading = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save scores as CSV' }).click();
  const lines = (await readFile(await (await downloading).path(), 'utf8')).trim().split('\n');
  expect(lines.length, 'a head, three classes, two means and the accuracy').toBe(7);
  expect(Number(lines[6].split(',')[2]), 'the same accuracy').toBeCloseTo(plain, 10);

  await panel.getByRole('button', { name: 'With mirror images' }).click();
  await expect(finding).toContainText(/each seen also as its mirror image/);
  await expect(finding).toContainText(`Without mirror images it is right about ${(plain * 100).toFixed(1)} %`);
  await page.getByText('Epoch by epoch').click();
  await playground.button('Test the weights').click();
  const tested = playground.measured('tests').locator('tbody tr').first().locator('td').last();
  await expect(tested, 'the same as when weights are tested').toHaveText(`${((await accuracy()) * 100).toFixed(1)} %`);
  expect(await playground.stepsDone(), 'nothing was trained').toBe(6);

  await playground.button('Reset').click();
  await expect(finding, 'a report goes with its run').toHaveCount(0);
  playground.expectNoComplaints();
});

test('an image of one’s own is predicted, chosen or dropped, and what is none is refused in a sentence', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=10&images=50&held-out=20&epochs=1');
  await playground.button('Step').click();
  await playground.waitForPhase(/paused/i);
  const panel = page.getByTestId('feature-maps');
  const field = panel.getByLabel(/Your own image/);
  // As wide as two of the images that the network reads are high: the middle is red, the sides are blue.
  const png = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 192, height: 96 });
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.fillStyle = 'blue';
    context.fillRect(0, 0, 192, 96);
    context.fillStyle = 'red';
    context.fillRect(48, 0, 96, 96);
    return canvas.toDataURL('image/png').split(',')[1];
  });
  const file = { name: 'red.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') };
  await field.setInputFiles(file);

  const finding = playground.measured('look-finding');
  await expect(finding).toContainText(/^After 1 step the network says \w+, \d+ %: only you know what it is\./);
  await expect(panel.getByText('your own image').last()).toBeVisible();
  const shares = panel.getByTestId('look-bars').locator('.cost-number');
  await expect(shares, 'the five most probable of ten').toHaveCount(5);
  const percents = (await shares.allInnerTexts()).map((text) => Number.parseInt(text, 10));
  // Each is rounded to a whole per cent.
  expect(percents.reduce((before, share) => before + share, 0), 'parts of one whole').toBeLessThanOrEqual(100 + 2);
  expect([...percents].sort((one, other) => other - one), 'the most probable first').toEqual(percents);

  await panel.getByRole('button', { name: 'Where it comes from' }).click();
  const colours = async () => {
    const source = (await playground.measured('look-picture').getAttribute('src')) ?? '';
    const pixels = Buffer.from(source.split(',')[1], 'base64').subarray(54);
    // Bitmaps have blue first. Where the middle meets the sides, smoothing lets a little of them in.
    return Array.from({ length: 32 * 32 }, (_, pixel) => (pixels[3 * pixel] < 16 && pixels[3 * pixel + 2] > 239 ? 'red' : 'other'));
  };
  await expect.poll(async () => [...new Set(await colours())], { message: 'the square in the middle is red' }).toEqual(['red']);
  await panel.getByLabel('Maps of').selectOption('stage 2, block 1');
  await expect(panel.getByTestId('look-maps'), 'its maps').toHaveAttribute('alt', /stage 2, block 1/);
  await expect(finding, 'of the same image').toContainText('only you know');

  await field.setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no image') });
  await expect(panel.getByText('cannot read this as an image')).toBeVisible();
  await panel.locator('.look-image').first().click();
  await expect(finding, 'back to a held-out image').not.toContainText('only you know');

  const dropped = await page.evaluateHandle((data) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], 'red.png', { type: 'image/png' }));
    return transfer;
  }, png);
  await panel.dispatchEvent('drop', { dataTransfer: dropped });
  await expect(finding, 'a dropped one is looked at too').toContainText('only you know');
  expect(await playground.stepsDone(), 'nothing was trained').toBe(1);
  playground.expectNoComplaints();
});
