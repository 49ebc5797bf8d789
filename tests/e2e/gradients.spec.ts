import { expect, test } from './fixtures';
import { Playground } from './playground';

test('gradients along the network are drawn while it trains', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&batch=8&filters=2&images=160&epochs=1');
  const panel = await playground.openTab('Gradients & activations');
  await expect(panel, 'an empty panel teaches').toContainText(/Play or Step/);
  await playground.train();
  const chart = playground.chart('Gradients');
  await expect(chart).toContainText(/step 1\s.*step 11\s/s);
  await expect(chart.getByRole('img', { name: /step 1 .*; step 11 .* after 12 layers/ })).toBeVisible();

  const map = (name: RegExp) => panel.getByRole('img', { name });
  await expect(map(/12 layers.*steps 1 to 11/), 'one look a column, one layer a row').toBeVisible();
  await panel.getByRole('button', { name: 'Residual share' }).click();
  await expect(chart.getByRole('img', { name: /step 11 .* after 3 blocks/ }), 'a point for each block').toBeVisible();
  await expect(map(/3 blocks.*steps 1 to 11/)).toBeVisible();
  playground.expectNoComplaints();
});
