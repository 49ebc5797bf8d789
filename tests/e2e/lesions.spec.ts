import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('each block of the trained network is left out in turn, and the run goes on from where it was', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=20&device=cpu&filters=2&batch=10&images=100&held-out=20&epochs=2');
  const measure = playground.button('Leave out each block in turn');
  await expect(measure, 'there is nothing trained yet').toBeDisabled();
  await playground.button('Play').click();
  await playground.waitForPhase(/Finished/);
  await measure.click();
  const finding = playground.measured('lesion-finding');
  await expect(finding).toContainText('After step 20 the whole network gets', { timeout: 60_000 });
  const chart = page.getByRole('region', { name: 'Without one block' });
  await expect(chart.locator('.chart-dot'), 'six blocks').toHaveCount(6);
  const whole = /gets (\d+) %/.exec(await finding.innerText())?.[1];
  expect(Number(whole), 'the accuracy of the run').toBe(Math.round(100 * (await playground.heldOutAccuracy())));
  playground.expectNoComplaints();
});
