import { expect, test } from '@playwright/test';
import { Playground } from './playground';

const LINK = 'device=cpu&filters=2&batch=8&images=96&held-out=16&epochs=12&validation=16&flip=on&seed=5';

/** The offer of the run that the browser has saved. */
const offer = (playground: Playground) => playground.page.getByRole('status').filter({ hasText: 'Your last run is saved' });

/** Waits until the browser could go on from this step after the tab was closed. */
const expectSaved = (playground: Playground, step: number) =>
  expect(playground.thisRun).toContainText(new RegExp(`saved up to step ${step}(?!\\d)`));

test('a run whose tab was closed goes on to the same losses as an unbroken one', async ({ page }) => {
  const unbroken = await Playground.open(page, LINK);
  await unbroken.train();
  const wanted = await unbroken.stepLosses();
  const accuracy = await unbroken.figure('held-out accuracy');
  expect(wanted.length, 'at least the first and the last twenty of 120 steps').toBeGreaterThanOrEqual(40);
  expect([wanted[0].step, wanted[19].step, wanted.at(-20)?.step, wanted.at(-1)?.step]).toEqual([1, 20, 101, 120]);

  // The same again, broken off on its way.
  const playground = await Playground.open(page, LINK);
  await offer(playground).getByRole('button', { name: 'Delete' }).click();
  await expect(offer(playground)).toHaveCount(0);
  await playground.play();
  await playground.waitForMoreStepsThan(12);
  await playground.pause();
  await playground.waitForStatus(/Paused/);
  const broken = await playground.stepsDone();
  expect(broken, 'not at its end yet').toBeLessThan(120);
  await expectSaved(playground, broken);
  await playground.reload();

  await expect(offer(playground)).toContainText(`step ${broken} of 120`);
  await expect(offer(playground)).toContainText('Starting a new one replaces it.');
  await offer(playground).getByRole('button', { name: 'Continue' }).click();
  await playground.waitForStatus(/Finished/);
  expect(await playground.stepLosses(), 'all losses shown, to the last bit').toEqual(wanted);
  expect(await playground.figure('held-out accuracy'), 'and the last accuracy').toBe(accuracy);

  await playground.reload();
  await offer(playground).getByRole('button', { name: 'Open it' }).click();
  await playground.waitForStatus(/Finished/);
  expect(await playground.stepLosses(), 'a finished run is kept as well').toEqual(wanted);
  playground.expectNoComplaints();
});

test('a saved run that was deleted comes back by Undo', async ({ page }) => {
  const playground = await Playground.open(page, LINK);
  await playground.step();
  await expectSaved(playground, 1);
  const losses = await playground.losses();
  await playground.reload();
  await offer(playground).getByRole('button', { name: 'Delete' }).click();
  await expect(offer(playground)).toHaveCount(0);
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await undo.click();
  await expect(offer(playground)).toContainText('step 1 of 120');
  await playground.reload();
  await offer(playground).getByRole('button', { name: 'Continue' }).click();
  await playground.waitForMoreStepsThan(1);
  expect((await playground.losses())[0]).toBe(losses[0]);

  await playground.reset();
  await playground.reload();
  await offer(playground).getByRole('button', { name: 'Delete' }).click();
  await expect(undo).toBeVisible();
  await playground.reload();
  await expect(offer(playground), 'deleted is deleted').toHaveCount(0);
  playground.expectNoComplaints();
});

test('a damaged slot is passed over for the one before, and a browser without storage trains on', async ({ page }) => {
  const playground = await Playground.open(page, LINK);
  for (const steps of [1, 2]) {
    await playground.step();
    await expectSaved(playground, steps);
  }
  await page.evaluate(async () => {
    const store = await caches.open('resnet-playground-run');
    const note = new Uint8Array(await (await store.match('newest'))!.arrayBuffer());
    await store.put(`slot-${note[note.length - 1]}`, new Response(new Uint8Array(100)));
  });
  await playground.reload();
  await offer(playground).getByRole('button', { name: 'Continue' }).click();
  await playground.waitForStatus(/Finished/);
  const listed = await playground.stepLosses();
  expect(listed.length, 'from step 1 to the end').toBeGreaterThanOrEqual(40);
  expect([listed[0].step, listed.at(-1)?.step]).toEqual([1, 120]);

  await playground.reload();
  await page.route('**/trainer_cpu_loader*.js', async (route) => {
    const loader = await (await route.fetch()).text();
    const full = `Cache.prototype.put = async () => { throw new DOMException('no room', 'QuotaExceededError'); };`;
    await route.fulfill({ contentType: 'text/javascript', body: `${full}\n${loader}` });
  });
  await playground.reload();
  await playground.train();
  await expect(page.getByText(/not kept for the next visit/)).toContainText('no room');
});
