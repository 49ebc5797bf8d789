import { type Locator, expect, test } from './fixtures';
import { picture } from './pictures';
import { seen } from './pixels';
import { Playground, boxOf, cells, chooseOption, nameOf } from './playground';

/** The result of an evaluation: how many of how many are right. */
async function result(panel: Locator): Promise<{ right: number; of: number; text: string }> {
  const status = panel.getByRole('status', { name: 'Result' });
  await expect(status).toHaveText(/\b[\d,]+ of [\d,]+\b/, { timeout: 60_000 });
  const text = await status.innerText();
  const [right, of] = /([\d,]+) of ([\d,]+)/.exec(text)!.slice(1).map((number) => Number(number.replace(',', '')));
  return { right, of, text };
}

const sum = (numbers: number[]) => numbers.reduce((before, number) => before + number, 0);

test('an evaluation counts every test image, says the accuracy of the epoch, and each cell shows its images', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=4&batch=10&images=60&held-out=20&epochs=1&classes=0-3-5');
  const panel = await playground.openTab('Evaluate');
  const ask = panel.getByRole('button', { name: 'Evaluate on all test images' });
  await expect(ask, 'nothing to look with yet').toBeDisabled();
  await playground.train();
  await ask.click();

  const plain = await result(panel);
  expect(plain.text).toMatch(/After 6 steps/);
  expect(plain.of, 'all of them').toBe(20);
  expect(plain.right / 20, 'what the page says elsewhere').toBeCloseTo(await playground.heldOutAccuracy(), 5);
  await expect(ask, 'the focus stays').toBeFocused();

  const matrix = panel.getByRole('table', { name: 'Confusion matrix' });
  const counts = (await cells(matrix)).map((row) => row.slice(1).map(Number));
  expect(counts, 'three classes take part').toHaveLength(3);
  expect(counts.map((row) => row.length)).toEqual([3, 3, 3]);
  expect(sum(counts.flat()), 'every test image is in one cell').toBe(20);
  expect(sum(counts.map((row, label) => row[label])), 'those on the diagonal are right').toBe(plain.right);

  const buttons = matrix.getByRole('button');
  for (const place of [0, (await buttons.count()) - 1]) {
    const count = Number(await buttons.nth(place).innerText());
    await buttons.nth(place).click();
    const images = panel.getByRole('list', { name: 'Images of this cell' }).getByRole('listitem');
    await expect(images, 'as many images as the cell says').toHaveCount(count);
    expect((await seen(images.first())).variety(), 'they are seen').toBeGreaterThan(20);
  }
  const byClass = (await cells(panel.getByRole('table', { name: 'Precision, recall and F1' }))).filter(([name]) => !/mean|average|accuracy/i.test(name));
  expect(byClass, 'a row for each class').toHaveLength(3);
  expect(sum(byClass.map((row) => Number(row.at(-1)))), 'images of all classes').toBe(20);
  const calibration = (await playground.unfold('The same as numbers', panel)).getByRole('table', { name: 'Calibration' });
  expect(sum((await cells(calibration)).map((row) => Number(row[1]))), 'every image has a confidence').toBe(20);

  const csv = await playground.saved(() => panel.getByRole('button', { name: 'CSV', exact: true }).click());
  const lines = csv.text.trim().split('\n');
  expect(lines.length, 'a head, three classes, two means and the accuracy').toBe(7);
  expect(Number(lines[6].split(',')[2]), 'the same accuracy').toBeCloseTo(plain.right / 20, 10);
  const text = await playground.saved(() => panel.getByRole('button', { name: 'Text', exact: true }).click());
  expect(text.text, 'as scikit-learn writes it').toMatch(/precision\s+recall\s+f1-score\s+support/);

  const mirror = panel.getByRole('button', { name: 'With mirror images' }).or(panel.getByRole('switch', { name: 'With mirror images' }));
  await mirror.click();
  const status = panel.getByRole('status', { name: 'Result' });
  await expect(status).toContainText(/mirror image/);
  const without = new RegExp(`[Ww]ithout mirror images.*\\b${((plain.right / 20) * 100).toFixed(1)}\\s%`, 's');
  await expect(status).toHaveText(without);
  const mirrored = await result(panel);
  await panel.getByRole('button', { name: 'Test last, average and best weights' }).click();
  const tested = panel.getByRole('table', { name: 'Tests of kept weights' });
  await expect
    .poll(async () => (await cells(tested))[0]?.at(-1)?.replace(/\s/g, ' '), { message: 'the same as when weights are tested' })
    .toBe(`${((mirrored.right / 20) * 100).toFixed(1)} %`);
  expect(await playground.stepsDone(), 'nothing was trained').toBe(6);

  await playground.reset();
  await expect(status.filter({ hasText: /\d+ of 20/ }), 'a result goes with its run').toHaveCount(0);
  playground.expectNoComplaints();
});

test('an image of one’s own is predicted, chosen or dropped, and what is none is refused in a sentence', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=10&images=50&held-out=20&epochs=1');
  await playground.step();
  await playground.waitForStatus(/Paused/);
  const panel = await playground.openTab('Feature maps');
  const field = panel.getByLabel(/^Your own image/).and(panel.locator('input'));
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

  const prediction = panel.getByRole('status', { name: 'Prediction' });
  await expect(prediction).toHaveText(/After 1 step.*predicts \w+ \(\d+\s%\); only you know what it is/s);
  const classes = panel.getByRole('list', { name: 'Probabilities' }).getByRole('listitem');
  await expect(classes, 'the five most probable of ten').toHaveCount(5);
  const percents = (await classes.allInnerTexts()).map((text) => Number(/(\d+)\s%/.exec(text)?.[1]));
  // Each is rounded to a whole per cent.
  expect(sum(percents), 'parts of one whole').toBeLessThanOrEqual(100 + 2);
  expect([...percents].sort((one, other) => other - one), 'the most probable first').toEqual(percents);

  const own = panel.getByRole('img', { name: 'Your own image' });
  await panel.getByRole('button', { name: 'Heat map' }).or(panel.getByRole('switch', { name: 'Heat map' })).click();
  await boxOf(own);
  // The outermost pixels may be rounded corners, and where the middle met the sides smoothing lets a little of them in.
  const isRed = async () => (await seen(own)).colours(0.8).every(([red, green, blue]) => red > 239 && green < 16 && blue < 16);
  await expect.poll(isRed, { message: 'the square in the middle is red' }).toBe(true);
  await chooseOption(panel.getByRole('combobox', { name: 'Maps of' }), 'stage 2, block 1');
  const maps = panel.getByRole('img', { name: /stage 2, block 1.* maps/ });
  await expect(maps, 'its maps').toBeVisible();
  expect(await nameOf(maps)).toMatch(/16 × 16/);
  await expect(prediction, 'of the same image').toContainText('only you know');

  await field.setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no image') });
  await expect(panel.getByText('cannot read this as an image')).toBeVisible();
  const number = panel.getByRole('textbox', { name: 'Held-out image' }).or(panel.getByRole('spinbutton', { name: 'Held-out image' }));
  await number.fill('1');
  await number.press('Enter');
  await expect(prediction, 'back to a held-out image').toHaveText(/; it is an? \w+/);

  await playground.drop(panel, 'red.png', file.buffer, 'image/png');
  await expect(prediction, 'a dropped one is looked at too').toContainText('only you know');
  await number.fill('2');
  await number.press('Enter');
  await expect(prediction).toHaveText(/; it is an? \w+/);
  await field.setInputFiles({ name: 'green.png', mimeType: 'image/png', buffer: picture([20, 200, 20]) });
  await expect(prediction).toContainText('only you know');
  expect(await playground.stepsDone(), 'nothing was trained').toBe(1);
  playground.expectNoComplaints();
});
