import { expect, test } from '@playwright/test';
import { pets, zip } from '../pictures';
import { Picture } from '../pixels';
import { Playground, cells } from '../playground';

const RUN = 'device=cpu&filters=2&batch=8&images=96&held-out=16&epochs=2&seed=5';

test('the page opens, draws, says why the CPU trains, and the link follows the depth', async ({ page }) => {
  const playground = await Playground.open(page);
  await expect(playground.block(1, 1)).toBeVisible();
  const stages = async () => (await playground.parts.allInnerTexts()).length;
  expect(await stages(), 'ends and blocks are drawn').toBeGreaterThan(4);
  if (!(await page.evaluate(() => 'gpu' in navigator))) {
    const why = /so the network trains on the CPU/;
    await expect(page.getByRole('banner').getByTitle(why), 'beside the device').toHaveText(/^CPU/);
    await expect((await playground.openSettings('Device')).getByText(why), 'and where it is chosen').toBeVisible();
    await playground.closeSettings();
  }
  await playground.type('Depth', '29');
  await expect(page).toHaveURL(/[?&]depth=29(&|$)/);
  await expect(playground.block(1, 3), 'and the drawing').toBeVisible();
  playground.expectNoComplaints();
});

test('a link opens as it says', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=56&filters=4&skips=off&seed=7');
  await expect(playground.field('Depth')).toHaveValue('56');
  await expect(playground.field('Start filters')).toHaveValue('4');
  await expect(playground.skipSwitch).not.toBeChecked();
  playground.expectNoComplaints();
});

test('the CPU trains until the loss falls', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=4&batch=16&images=256&held-out=32&epochs=4&seed=1');
  await playground.train();
  const losses = await playground.losses();
  const mean = (part: number[]) => part.reduce((sum, loss) => sum + loss, 0) / part.length;
  expect(mean(losses.slice(-10)), 'the last ten against the first ten').toBeLessThan(0.9 * mean(losses.slice(0, 10)));
  await expect(playground.device).toHaveText(/^CPU/);
  playground.expectNoComplaints();
});

test('an archive of images is imported and trained on', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=2&held-out=4&epochs=1');
  const panel = await playground.openTab('Data');
  await panel.getByLabel('Files').setInputFiles({ name: 'pets.zip', mimeType: 'application/zip', buffer: zip(pets(10)) });
  await expect(panel.getByRole('status', { name: 'Import' })).toContainText('pets: 2 classes');
  const classes = panel.getByRole('table', { name: 'Images by class' });
  await expect.poll(async () => (await cells(classes)).map(([name]) => name)).toEqual(['cats', 'dogs']);
  await playground.train();
  expect(await playground.stepsDone(), '16 images, two at once').toBe(8);
  playground.expectNoComplaints();
});

test('a run is kept and goes on after a reload to the losses of an unbroken one', async ({ page }) => {
  const whole = await Playground.open(page, RUN);
  await whole.train();
  const wanted = await whole.stepLosses();
  await whole.reload();
  const offer = page.getByRole('status').filter({ hasText: 'Your last run is saved' });
  await expect(offer).toContainText('trained to its end');
  await offer.getByRole('button', { name: 'Delete' }).click();

  const playground = await Playground.open(page, RUN);
  for (const step of [1, 2]) {
    await playground.step();
    await expect(playground.thisRun).toContainText(new RegExp(`saved up to step ${step}(?!\\d)`));
  }
  await playground.reload();
  await expect(offer).toContainText('step 2 of 24');
  await offer.getByRole('button', { name: 'Continue' }).click();
  await playground.waitForStatus(/Finished/);
  expect(await playground.stepLosses(), 'to the last bit').toEqual(wanted);
  playground.expectNoComplaints();
});

test('pictures leave as SVG and PNG', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=20&filters=2&device=cpu');
  const svg = await playground.saved(() => playground.choose('Save', 'SVG'));
  expect(svg.text).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
  const png = await playground.saved(() => playground.choose('Save', 'PNG'));
  const drawn = Picture.of(png.bytes);
  expect(drawn.at(1, 1), 'on white').toEqual([255, 255, 255]);
  expect(drawn.variety(), 'with something on it').toBeGreaterThan(8);
  playground.expectNoComplaints();
});
