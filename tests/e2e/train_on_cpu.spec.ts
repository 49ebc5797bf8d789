import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('Play on the CPU learns the starter images: the loss falls below 60 %, held-out accuracy rises above 20 %', async ({ page }) => {
  // Default network and images: depth 11, 8 start filters, 1,000 images, batch 32; at most 9 × 31 steps.
  const playground = await Playground.open(page, 'device=cpu&seed=1&epochs=9');
  await playground.button('Play').click();
  await playground.waitForPhase(/Training/);
  await expect(playground.measured('device')).toHaveText(/^CPU/);
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

  await playground.button('Pause').click();
  await playground.waitForPhase(/Paused|Finished/);
  const stopped = await playground.stepsDone();
  await page.waitForTimeout(1500);
  expect(await playground.stepsDone(), 'nothing moves while paused').toBe(stopped);
  playground.expectNoComplaints();
});

test('the same link gives the same losses, to the last bit', async ({ page }) => {
  const link = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1&seed=7';
  const run = async () => {
    const playground = await Playground.open(page, link);
    await playground.button('Play').click();
    await playground.waitForPhase(/Finished/);
    const losses = await playground.losses();
    expect(losses, 'one loss a step').toHaveLength(10);
    return losses;
  };
  expect(await run(), 'the second run').toEqual(await run());
});

test('Step trains one step, Reset clears the run', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=2');
  await playground.button('Step').click();
  await playground.waitForPhase(/Paused/);
  await expect(playground.measured('step'), 'one step; numbers follow the phase within a tenth of a second').toHaveText('1');
  await playground.button('Step').click();
  await expect(playground.measured('step')).toHaveText('2');
  await playground.button('Reset').click();
  await expect(playground.measured('step')).not.toHaveText('2');
  expect(await playground.losses(), 'no losses are left').toEqual([]);
});
