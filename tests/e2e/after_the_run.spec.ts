import { expect, test } from './fixtures';
import { Playground } from './playground';

const RUN = 'device=cpu&filters=2&batch=8&images=80&held-out=8&epochs=1';

test('a finished run keeps the focus on Play, says why it cannot play, and offers what comes next', async ({ page }) => {
  const playground = await Playground.open(page, RUN);
  await playground.playButton.focus();
  await page.keyboard.press('Enter');
  await playground.waitForStatus(/Finished/);
  await expect(playground.playButton, 'the focus stays').toBeFocused();
  await expect(playground.playButton).toBeDisabled();
  await expect(playground.playButton).toHaveAccessibleDescription(/\w+ \w+/);
  await page.keyboard.press('Enter');
  await expect(playground.status).toHaveText(/Finished/);
  await expect(playground.button('Train 20 more epochs')).toBeVisible();
  await expect(playground.button('New run')).toBeVisible();
  const before = await playground.stepLosses();

  await playground.button('Train 20 more epochs').click();
  await expect(playground.field('Epochs')).toHaveValue('21');
  await playground.waitForMoreStepsThan(10);
  expect((await playground.progress())[1], 'steps of the whole run').toBe(210);
  await playground.waitForStatus(/Finished/);
  const after = await playground.stepLosses();
  expect(after.slice(0, 10), 'the same run went on').toEqual(before);
  expect(after.at(-1)!.step).toBe(210);
  playground.expectNoComplaints();
});

test('New run begins another one and keeps the finished one to compare with', async ({ page }) => {
  const playground = await Playground.open(page, RUN);
  await playground.train();
  await playground.button('New run').click();
  await expect(playground.run(1)).toContainText('10 steps');
  await expect(playground.button('New run')).toBeHidden();
  await expect(playground.playButton).toBeEnabled();
  playground.expectNoComplaints();
});

test('Play after the end begins a run with the changed settings, and keeps the finished one to compare with', async ({ page }) => {
  const playground = await Playground.open(page, RUN);
  await playground.train();
  const before = await playground.stepLosses();
  await expect(playground.playButton).toBeDisabled();
  await playground.skipSwitch.click();
  await expect(playground.playButton).toBeEnabled();
  await playground.playButton.click();
  await expect(playground.run(1)).toContainText('10 steps');
  await playground.waitForSteps(10);
  await playground.waitForStatus(/Finished/);
  expect(await playground.stepLosses(), 'another network').not.toEqual(before);
  playground.expectNoComplaints();
});

test('raising Epochs after the end goes on with the run', async ({ page }) => {
  const playground = await Playground.open(page, RUN);
  await playground.train();
  const before = await playground.stepLosses();
  await playground.type('Epochs', '3');
  await playground.button('Change from here').click();
  // Going on is what it is for; a page that waits for Play first is as good.
  await expect(playground.status).toHaveText(/Training|Measuring|Paused|Finished/);
  if (await playground.controls.getByRole('button', { name: 'Play', disabled: false }).isVisible()) await playground.play();
  await playground.waitForSteps(30);
  await playground.waitForStatus(/Finished/);
  const after = await playground.stepLosses();
  expect(after.slice(0, 10), 'the curves so far stay').toEqual(before);
  expect(after).toHaveLength(30);
  playground.expectNoComplaints();
});

test('the numbers of the run are those of its table, and held-out images are shown with what they are taken for', async ({ page }) => {
  const playground = await Playground.open(page, RUN.replace('held-out=8', 'held-out=20'));
  const predictions = page.getByRole('region', { name: 'Predictions', exact: true });
  await expect(predictions, 'an empty panel teaches').toContainText(/Play|epoch/);
  await playground.train();
  await expect(playground.thisRun).toContainText(/epoch 1 of 1/);
  const listed = await playground.stepLosses();
  expect(listed.map(({ step }) => step)).toEqual(Array.from({ length: 10 }, (_, place) => place + 1));
  for (const label of ['held-out accuracy', 'training loss', 'held-out loss', 'images/s']) {
    expect(await playground.figure(label), label).toMatch(/\d/);
  }
  const says = /predicts \w+ \(\d+\s%\); it is an? \w+/;
  await expect(predictions.getByRole('listitem').filter({ hasText: says }), 'each image with its words').toHaveCount(16);
  playground.expectNoComplaints();
});
