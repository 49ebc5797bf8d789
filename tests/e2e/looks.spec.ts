import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('gradients along the network are drawn while it trains', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&batch=8&filters=2&images=160&epochs=1');
  await playground.button('Play').click();
  await playground.waitForPhase(/finished/i);
  const chart = page.getByRole('region', { name: 'Layer by layer' });
  await expect(chart.locator('.chart-entry')).toHaveText([/^step 1 /, /^step 11 /]);
  await expect(chart.getByRole('img', { name: /step 11 .* after 12 layers/ })).toBeVisible();

  const map = chart.getByTestId('heat-map').getByRole('img');
  await expect(map, 'one look a column, one layer a row').toHaveJSProperty('naturalWidth', 2);
  await expect(map).toHaveJSProperty('naturalHeight', 12);
  await chart.getByRole('button', { name: 'Residual share' }).click();
  await expect(chart.getByRole('img', { name: /step 11 .* after 3 blocks/ }), 'a point for each block').toBeVisible();
  await expect(map).toHaveJSProperty('naturalHeight', 3);
  playground.expectNoComplaints();
});
