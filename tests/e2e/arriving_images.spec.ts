import { expect, test } from './fixtures';
import { Playground } from './playground';

test('training begins before all images are there, waits for them, and goes on when they come', async ({ page }) => {
  // The starter's images twice, the second time in a shard of their own that comes when the test lets it.
  await page.route('**/data/starter/manifest.json', async (route) => {
    const manifest = await (await route.fetch()).json();
    const [shard] = manifest.train;
    await route.fulfill({ json: { ...manifest, train: [shard, { ...shard, file: 'late.png' }] } });
  });
  let asked = 0;
  let letCome = false;
  await page.route('**/data/starter/late.png', async (route) => {
    asked += 1;
    if (!letCome) return route.abort('internetdisconnected');
    await route.fulfill({ response: await route.fetch({ url: route.request().url().replace('late.png', 'train-000.png') }) });
  });
  const playground = await Playground.open(page, 'device=cpu&filters=2&images=2000&batch=100&held-out=20&epochs=1');
  await playground.play();
  const note = page.getByText(/Training waits: .*late\.png did not arrive.*\. Play asks for them again\./);
  await expect(note).toBeVisible({ timeout: 60_000 });
  await playground.waitForStatus(/Paused/);
  expect(await playground.stepsDone(), 'a thousand images are ten steps').toBe(10);
  expect(asked, 'on its way, and again when it was needed').toBe(2);
  letCome = true;
  await playground.train();
  expect(await playground.stepsDone()).toBe(20);
  expect(asked).toBe(3);
});
