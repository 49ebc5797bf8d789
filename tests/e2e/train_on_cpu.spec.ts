import { expect, test } from './fixtures';
import { Playground } from './playground';

test('Play on the CPU learns the starter images: the loss falls below 60 %, held-out accuracy rises above 20 %', async ({ page }) => {
  // Default network and images: depth 11, 8 start filters, 1,000 images, batch 32; at most 9 × 32 steps.
  const playground = await Playground.open(page, 'device=cpu&seed=1&epochs=9');
  await playground.play();
  await playground.waitForStatus(/Training/);
  await expect(playground.device).toHaveText(/^CPU/);
  await expect
    .poll(
      async () => {
        const losses = await playground.losses();
        const recent = Math.min(...losses.slice(-20));
        return recent < 0.6 * losses[0] && (await playground.heldOutAccuracy()) > 0.2;
      },
      { timeout: 280_000, intervals: [1000], message: 'loss below 60 % of the first and more than 20 % of held-out images right' },
    )
    .toBe(true);
  expect(await playground.stepsDone(), 'within 300 steps').toBeLessThanOrEqual(300);

  playground.expectNoComplaints();
});

test('the same link gives the same losses, to the last bit', async ({ page }) => {
  const link = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1&seed=7';
  const run = async () => {
    const playground = await Playground.open(page, link);
    await playground.train();
    const losses = await playground.losses();
    expect(losses, 'one loss a step').toHaveLength(10);
    return losses;
  };
  expect(await run(), 'the second run').toEqual(await run());
});

test('Step trains one step, nothing moves while a run is paused, Reset clears the run', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=40');
  await playground.step();
  await playground.waitForStatus(/Paused/);
  await playground.step();
  await playground.play();
  await playground.waitForMoreStepsThan(4);
  await playground.pause();
  await playground.waitForStatus(/Paused/);
  const stopped = await playground.stepsDone();
  // What takes the trainer a while, and then the very next step.
  const panel = await playground.openTab('Evaluate');
  await panel.getByRole('button', { name: 'Evaluate on all test images' }).click();
  await expect(panel.getByRole('status', { name: 'Result' })).toContainText(`After ${stopped} steps`);
  expect(await playground.stepsDone(), 'nothing moves while paused').toBe(stopped);
  await playground.step();
  await playground.reset();
  await playground.waitForSteps(0);
  expect(await playground.losses(), 'no losses are left').toEqual([]);
  playground.expectNoComplaints();
});
