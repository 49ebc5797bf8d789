import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('one click trains with and without skip connections, draws both and says what came of it', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=29&device=cpu&filters=2&batch=10&images=200&held-out=20&epochs=1&batch-norm=off');
  await playground.button('Train with and without skip connections').click();
  const finding = playground.measured('skip-finding');
  await expect(finding).toContainText('20 steps at depth 29: with skip connections the loss ends at', { timeout: 120_000 });
  const [withSkips, without] = [...(await finding.innerText()).matchAll(/at (\d+\.\d\d)/g)].map((found) => Number(found[1]));
  const runs = playground.measured('runs').locator('tbody tr');
  await expect(runs).toHaveText([/^2 · skips off\s*20/, /^1 · first run\s*20/]);
  const losses = await Promise.all([0, 1].map(async (row) => Number(await runs.nth(row).locator('td').nth(1).innerText())));
  expect(losses, 'the table has the numbers of the sentence').toEqual([without, withSkips]);
  const loss = page.getByRole('region', { name: 'Loss', exact: true });
  await expect(loss.locator('.chart-entry', { hasText: 'run 1' })).toBeVisible();
  expect(withSkips, 'two different networks').not.toBe(without);
  await page.getByRole('button', { name: 'Forget run 1' }).click();
  await expect(page.getByTestId('runs')).toHaveCount(0);
  playground.expectNoComplaints();
});
