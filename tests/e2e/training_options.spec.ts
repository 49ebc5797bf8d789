import { expect, test } from './fixtures';
import { Playground, cells, expectAccepted, expectRefused } from './playground';

test('a link sets how the network is trained, the page shows it, and the run keeps to it', async ({ page }) => {
  const training = 'optimizer=sgd&momentum=0.8&schedule=cosine&smoothing=0.1&flip=on&crop=2&average=0.9&validation=20';
  const playground = await Playground.open(page, `device=cpu&depth=11&filters=2&batch=20&images=60&held-out=20&epochs=2&${training}`);
  await playground.expectSetting('Optimizer', 'SGD');
  await playground.expectSetting('Momentum', '0.8');
  await playground.expectSetting('Flip', 'on');
  await playground.train(60_000);
  const epochs = await playground.unfold('Epoch by epoch', playground.thisRun);
  const rows = await cells(epochs.getByRole('table').first());
  // 20 of the 60 images validate: two steps an epoch.
  expect(rows).toHaveLength(2);
  const last = rows[1].slice(1);
  expect(Number(last[0]), 'the cosine is near its end').toBeLessThan(0.003 / 4);
  for (const cell of last) expect(cell, 'validation and average were measured').not.toBe('–');
  const table = await playground.saved(() => epochs.getByRole('button', { name: 'CSV of epochs' }).click());
  expect(table.text.trim().split('\r\n'), 'a head and a row for each epoch').toHaveLength(3);

  const panel = await playground.openTab('Evaluate');
  await panel.getByRole('button', { name: 'Test last, average and best weights' }).click();
  const tested = panel.getByRole('table', { name: 'Tests of kept weights' });
  await expect(tested).toContainText('%', { timeout: 30_000 });
  expect((await cells(tested)).length, 'the last weights, their average, the best').toBe(3);
  const again = (await playground.unfold('Tests of kept weights', playground.thisRun)).getByRole('table').last();
  expect(await cells(again), 'the same beside the run').toEqual(await cells(tested));
  playground.expectNoComplaints();
});

test('choices that contradict each other are told beside the field, with what would do', async ({ page }) => {
  const playground = await Playground.open(page, 'v=1');
  await playground.set('Optimizer', 'AdamW');
  const decay = await playground.setting('Weight decay');
  await expectRefused(decay, /0\.004/);
  await expect(playground.settings.getByText(/0\.004/).first()).toBeVisible();
  await playground.closeSettings();
  await expect(playground.playButton).toBeDisabled();
  await playground.set('Weight decay', '0.01');
  await expectAccepted(decay);
  await expect(page).toHaveURL(/optimizer=adamw&weight-decay=0\.01/);
  await playground.closeSettings();
  await expect(playground.playButton).toBeEnabled();
});

test('images that do not fill a batch are trained on in the last step of an epoch, be it a single one', async ({ page }) => {
  // 65 images: 32, 32 and 1. A batch of 512 has all of them.
  for (const [batch, ofAnEpoch] of [['32', 3], ['512', 1]] as const) {
    const playground = await Playground.open(page, `device=cpu&depth=11&filters=2&batch=${batch}&images=65&held-out=10&epochs=2`);
    await playground.train(60_000);
    expect(await playground.progress()).toEqual([2 * ofAnEpoch, 2 * ofAnEpoch]);
    const losses = await playground.losses();
    expect(losses, 'a loss for each step').toHaveLength(2 * ofAnEpoch);
    for (const loss of losses) expect(Number.isFinite(loss), `losses: ${losses.join(', ')}`).toBe(true);
    const epochs = await playground.unfold('Epoch by epoch', playground.thisRun);
    const table = await playground.saved(() => epochs.getByRole('button', { name: 'CSV of epochs' }).click());
    const rows = table.text.trim().split('\r\n').slice(1).map((row) => row.split(',').map(Number));
    expect(rows.map(([epoch, steps]) => [epoch, steps])).toEqual([[1, ofAnEpoch], [2, 2 * ofAnEpoch]]);
    // Each step weighs as many images as it has.
    const images = batch === '32' ? [32, 32, 1] : [65];
    const sum = images.reduce((sum, count, step) => sum + count * losses[step], 0);
    expect(rows[0][3] / (sum / 65), `mean loss of the first epoch: ${table.text}`).toBeCloseTo(1, 4);
    const costs = await playground.openTab('Costs');
    await expect(costs.getByText(String(Math.min(Number(batch), 65)), { exact: true }).first(), 'images in a batch').toBeVisible();
    playground.expectNoComplaints();
  }
});
