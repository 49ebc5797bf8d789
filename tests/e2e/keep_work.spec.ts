import { expect, test } from '@playwright/test';
import { Playground } from './playground';

const LINK = 'device=cpu&filters=2&batch=8&images=96&held-out=16&epochs=12&validation=16&flip=on&seed=5';

test('a run whose tab was closed goes on to the same losses as an unbroken one', async ({ page }) => {
  const unbroken = await Playground.open(page, LINK);
  await unbroken.button('Play').click();
  await unbroken.waitForPhase(/Finished/);
  const wanted = await unbroken.losses();
  const accuracy = await unbroken.heldOutAccuracy();
  expect(wanted.length, 'the first and the last twenty of 120 steps').toBe(40);

  // The same again, broken off on its way.
  const playground = await Playground.open(page, LINK);
  await page.getByTestId('kept-work').getByRole('button', { name: 'Throw it away' }).click();
  await expect(page.getByTestId('kept-work')).toHaveCount(0);
  await playground.button('Play').click();
  await expect.poll(() => playground.stepsDone()).toBeGreaterThan(12);
  await playground.button('Pause').click();
  await playground.waitForPhase(/Paused/);
  const broken = await playground.stepsDone();
  expect(broken, 'not at its end yet').toBeLessThan(120);
  await expect(playground.measured('kept')).toHaveText(String(broken));
  await page.reload();

  await expect(page.getByTestId('kept-work')).toContainText(`at step ${broken} of 120`);
  await page.getByTestId('kept-work').getByRole('button', { name: 'Go on with it' }).click();
  await playground.waitForPhase(/Finished/);
  expect(await playground.losses(), 'all losses shown, to the last bit').toEqual(wanted);
  expect(await playground.heldOutAccuracy(), 'and the last accuracy').toBe(accuracy);

  await page.reload();
  await expect(page.getByTestId('kept-work'), 'a finished run is kept as well').toContainText('trained to its end');
  playground.expectNoComplaints();
});

test('a damaged slot is passed over for the one before, and a browser without storage trains on', async ({ page }) => {
  const playground = await Playground.open(page, LINK);
  for (const steps of [1, 2]) {
    await playground.button('Step').click();
    await expect(playground.measured('kept')).toHaveText(String(steps));
  }
  await page.evaluate(async () => {
    const store = await caches.open('resnet-playground-run');
    const note = new Uint8Array(await (await store.match('newest'))!.arrayBuffer());
    await store.put(`slot-${note[note.length - 1]}`, new Response(new Uint8Array(100)));
  });
  await page.reload();
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await playground.waitForPhase(/Finished/);
  expect((await playground.losses()).length, 'from step 1 to the end').toBe(40);

  await page.reload();
  await page.route('**/trainer_cpu_loader.js*', async (route) => {
    const loader = await (await route.fetch()).text();
    const full = `Cache.prototype.put = async () => { throw new DOMException('no room', 'QuotaExceededError'); };`;
    await route.fulfill({ contentType: 'text/javascript', body: `${full}\n${loader}` });
  });
  await page.reload();
  await playground.button('Play').click();
  await playground.waitForPhase(/Finished/);
  await expect(page.getByText(/not kept for the next visit/)).toContainText('no room');
});
