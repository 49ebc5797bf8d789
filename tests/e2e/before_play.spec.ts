import { expect, test } from './fixtures';
import { Playground, looksOf } from './playground';

test('a click says how long the run will take, and leaves no run behind', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=200&held-out=8&epochs=40');
  const costs = await playground.openTab('Costs');
  const time = costs.getByText(/about \d[\d.,]*\s(s|min|h) of training/);
  await expect(time, 'nothing is promised before anything was measured').toBeHidden();
  const ask = costs.getByRole('button', { name: 'How long will it take?' });
  await ask.click();
  await expect(time).toBeVisible({ timeout: 30_000 });
  await expect(ask, 'it can be asked again').toBeEnabled();
  expect(await playground.stepsDone(), 'the steps are thrown away').toBe(0);
  await playground.step();
  const offered = costs.getByRole('button', { name: 'How long will it take?', disabled: false });
  await expect(offered, 'the run itself says how long').toHaveCount(0);
  playground.expectNoComplaints();
});

test('what augmentation makes of images is shown, and follows the settings', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&flip=on&cutout=8');
  const data = await playground.openTab('Data');
  const preview = data.getByRole('img', { name: /10 training images, and below each what augmentation makes of it in 3 epochs/ });
  const before = await looksOf(preview);
  await playground.set('Seed', '2');
  await playground.closeSettings();
  await expect.poll(() => looksOf(preview), { message: 'other mirror images, other squares' }).not.toBe(before);
  await playground.set('Cutout', '0');
  await playground.set('Flip', 'off');
  await playground.closeSettings();
  await expect(data).toContainText('Augmentation is off');
  playground.expectNoComplaints();
});
