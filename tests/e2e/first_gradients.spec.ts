import { expect, test } from '@playwright/test';
import { Playground } from './playground';

/** `1.2e-3` after `name` in the legend of the chart. */
async function measured(playground: Playground, name: string): Promise<number> {
  const chart = playground.page.getByRole('region', { name: 'Where gradients die' });
  const entry = chart.locator('.chart-entry', { hasText: name });
  return Number(await entry.locator('strong').innerText());
}

/** `[1.2e-3, 4e-9]` from every `(from 1.2e-3 to 4e-9)` of the sentence. */
async function changes(playground: Playground): Promise<number[][]> {
  const sentence = await playground.measured('first-gradients-finding').innerText();
  return [...sentence.matchAll(/from (\S+) to (\S+)\)/g)].map((found) => [Number(found[1]), Number(found[2])]);
}

test('at depth 56 skip connections carry the gradient that dies without them, and batch norm alone makes it explode', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=56&device=cpu&batch=8');
  await playground.button('Skip connections × batch norm').click();
  await expect(playground.measured('first-gradients-finding')).toContainText('With batch norm', { timeout: 120_000 });
  const [withoutNorm, withNorm] = await changes(playground);
  expect(withoutNorm[0] / withoutNorm[1], 'without batch norm the first stage has at least 100 times less').toBeGreaterThan(100);
  expect(withNorm[1] / withNorm[0], 'with batch norm it has more, not less').toBeGreaterThan(3);
  expect(await measured(playground, 'neither'), 'the curves are there as well').toBeGreaterThan(0);
  expect(await playground.stepsDone(), 'no run was begun').toBe(0);
  playground.expectNoComplaints();
});

test('deeper plain networks get less and less gradient', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&batch=4&filters=4');
  await playground.button('Deeper and deeper, plain').click();
  await expect(playground.measured('first-gradients-finding')).toContainText('from depth 11 to 110', { timeout: 120_000 });
  const [[shallow, deep]] = await changes(playground);
  expect(shallow, 'depth 11 learns').toBeGreaterThan(0);
  expect(shallow / deep, 'depth 110 does not').toBeGreaterThan(100);
  playground.expectNoComplaints();
});

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
