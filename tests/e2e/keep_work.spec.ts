import { expect, test } from './fixtures';
import { Playground } from './playground';

const LINK = 'device=cpu&filters=2&batch=8&images=96&held-out=16&epochs=12&validation=16&flip=on&seed=5';

/** The offer of the run that the browser has saved. */
const offer = (playground: Playground) => playground.page.getByRole('status').filter({ hasText: 'Your last run is saved' });

/** Waits until the browser could go on from this step after the tab was closed. */
const expectSaved = (playground: Playground, step: number) =>
  expect(playground.thisRun).toContainText(new RegExp(`saved up to step ${step}(?!\\d)`));

/** Trains so many steps one by one, since a slow machine may press Pause when a short run is over. */
async function trainSteps(playground: Playground, steps: number) {
  for (let step = 0; step < steps; step++) await playground.step();
  await expectSaved(playground, steps);
}

test('a run whose tab was closed goes on to the same losses as an unbroken one', async ({ page }) => {
  const unbroken = await Playground.open(page, LINK);
  await unbroken.train();
  const wanted = await unbroken.stepLosses();
  const accuracy = await unbroken.figure('held-out accuracy');
  expect(wanted.length, 'at least the first and the last twenty of 120 steps').toBeGreaterThanOrEqual(40);
  expect([wanted[0].step, wanted[19].step, wanted.at(-20)?.step, wanted.at(-1)?.step]).toEqual([1, 20, 101, 120]);

  // The same again, broken off on its way.
  const playground = await Playground.open(page, LINK);
  await expect(offer(playground)).toContainText('trained to its end');
  await offer(playground).getByRole('button', { name: 'Delete' }).click();
  await expect(offer(playground)).toHaveCount(0);
  const broken = 13; // in its second epoch
  await trainSteps(playground, broken);
  await playground.reload();

  await expect(offer(playground)).toContainText(`step ${broken} of 120`);
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
  const damaged = await page.evaluate(async () => {
    const store = await caches.open('resnet-playground-run');
    const slots = (await store.keys()).map((request) => request.url).filter((url) => url.includes('slot'));
    // The second step was written into the second slot.
    const newest = slots.find((url) => url.endsWith('slot-1'));
    if (newest) await store.put(newest, new Response(new Uint8Array(100)));
    return [slots.length, newest !== undefined];
  });
  expect(damaged, 'one run with two slots').toEqual([2, true]);
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

/** The list of several saved runs. */
const list = (playground: Playground) => playground.page.getByRole('list', { name: 'Saved runs' });
const listed = (playground: Playground, words: string) => list(playground).getByRole('listitem').filter({ hasText: words });

test('runs of two tabs are both offered, each goes on where it was, and none that is open', async ({ context, browser }) => {
  test.slow();
  const rates = ['0.002', '0.004'];
  const wanted: Record<string, { step: number; loss: number }[]> = {};
  const elsewhere = await browser.newContext();
  for (const rate of rates) {
    const whole = await Playground.open(await elsewhere.newPage(), `${LINK}&rate=${rate}`);
    await whole.train();
    wanted[rate] = await whole.stepLosses();
  }
  await elsewhere.close();

  const tabs: Playground[] = [];
  for (const rate of rates) tabs.push(await Playground.open(await context.newPage(), `${LINK}&rate=${rate}`));
  const done = [4, 11];
  for (const [tab, steps] of done.entries()) await trainSteps(tabs[tab], steps);
  await expect(offer(tabs[0]), 'an open run is offered to nobody').toHaveCount(0);
  await tabs[1].page.close();

  const third = await Playground.open(await context.newPage(), LINK);
  await expect(offer(third), 'the closed one alone').toContainText(`step ${done[1]} of 120`);
  await tabs[0].page.close();
  await third.reload();
  await expect(list(third).getByRole('listitem')).toHaveCount(2);
  await expect(listed(third, `step ${done[0]} of 120`)).toContainText(/saved .* ago/);

  await listed(third, `step ${done[0]} of 120`).getByRole('button', { name: /^Continue/ }).click();
  await third.waitForStatus(/Finished/);
  expect(await third.stepLosses(), 'the first to the last bit').toEqual(wanted[rates[0]]);

  const fourth = await Playground.open(await context.newPage(), LINK);
  await expect(offer(fourth), 'the first is open').toContainText(`step ${done[1]} of 120`);
  await offer(fourth).getByRole('button', { name: 'Continue' }).click();
  await fourth.waitForStatus(/Finished/);
  expect(await fourth.stepLosses(), 'and the second').toEqual(wanted[rates[1]]);
  for (const tab of [third, fourth]) tab.expectNoComplaints();
});

test('of several saved runs one is deleted and comes back by Undo, and the others stay', async ({ context }) => {
  const done: number[] = [];
  for (const steps of [1, 2, 3]) {
    const tab = await Playground.open(await context.newPage(), `${LINK}&rate=0.00${steps}`);
    await trainSteps(tab, steps);
    done.push(steps);
    await tab.page.close();
  }
  const playground = await Playground.open(await context.newPage(), LINK);
  const rows = list(playground).getByRole('listitem');
  await expect(rows).toHaveCount(3);
  await expect(rows.first(), 'the newest first').toContainText('step 3 of 120');
  await listed(playground, 'step 2 of 120').getByRole('button', { name: /^Delete/ }).click();
  await expect(rows).toHaveCount(2);
  await playground.page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(rows).toHaveCount(3);
  await listed(playground, 'step 2 of 120').getByRole('button', { name: /^Delete/ }).click();
  await expect(rows).toHaveCount(2);
  await playground.reload();
  await expect(rows, 'the other two').toHaveCount(2);
  await expect(listed(playground, 'step 2 of 120')).toHaveCount(0);
  playground.expectNoComplaints();
});

test('a run that a former version of the page kept is still offered', async ({ page }) => {
  const playground = await Playground.open(page, LINK);
  await playground.step();
  await expectSaved(playground, 1);
  const losses = await playground.losses();
  await page.evaluate(async () => {
    const store = await caches.open('resnet-playground-run');
    for (const request of await store.keys()) {
      const kept = (await store.match(request))!;
      const former = /run-[0-9a-f]{16}-(.*)$/.exec(request.url);
      if (!former) continue;
      await store.put(former[1], kept);
      await store.delete(request);
    }
  });
  await playground.reload();
  await expect(offer(playground)).toContainText('step 1 of 120');
  await offer(playground).getByRole('button', { name: 'Continue' }).click();
  await playground.waitForMoreStepsThan(1);
  expect((await playground.losses())[0]).toBe(losses[0]);
  playground.expectNoComplaints();
});

test('leaving while steps are not saved asks, and a hidden page saves', async ({ page }) => {
  const playground = await Playground.open(page, LINK.replace('epochs=12', 'epochs=1000'));
  const asked: string[] = [];
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  await playground.play();
  await playground.waitForMoreStepsThan(1);
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked, 'the browser asks').toEqual(['beforeunload']);

  // A page that was left all the same: the tab is hidden first.
  const before = await playground.stepsDone();
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect
    .poll(async () => Number(/saved up to step ([\d,]+)/.exec(await playground.thisRun.innerText())?.[1].replace(/,/g, '') ?? 0), {
      message: 'sooner than the five seconds after which it is saved anyway',
      timeout: 4000,
    })
    .toBeGreaterThanOrEqual(before);

  await playground.pause();
  await playground.waitForStatus(/Paused/);
  await expectSaved(playground, await playground.stepsDone());
  await page.reload();
  await playground.waitUntilReady();
  expect(asked, 'nothing would be lost: nobody is asked again').toEqual(['beforeunload']);
  await expect(offer(playground)).toContainText('of 10,000');
});

test('a page without storage asks even when the run has ended, and an embedded one never', async ({ page }) => {
  const asked: string[] = [];
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  const short = LINK.replace('epochs=12', 'epochs=1');
  await page.route('**/trainer_cpu_loader*.js', async (route) => {
    const loader = await (await route.fetch()).text();
    const full = `Cache.prototype.put = async () => { throw new DOMException('full', 'QuotaExceededError'); };`;
    await route.fulfill({ contentType: 'text/javascript', body: `${full}\n${loader}` });
  });
  const playground = await Playground.open(page, short);
  await playground.train();
  await playground.reload();
  expect(asked).toEqual(['beforeunload']);
  const embedded = await Playground.open(page, `${short}&embed=1`);
  await embedded.train();
  await embedded.reload();
  expect(asked, 'it promised nothing').toEqual(['beforeunload']);
});

test('what one tab does to its runs is seen in the other, and stays', async ({ context }) => {
  const short = LINK.replace('epochs=12', 'epochs=1');
  const one = await Playground.open(await context.newPage(), short);
  await one.train();
  await one.reset();
  await one.train();
  await one.reset();
  const other = await Playground.open(await context.newPage(), short);
  await expect(other.run(2)).toBeVisible();
  const pin = (tab: Playground, run: number, pressed?: boolean) => tab.runs.getByRole('button', { name: `Pin run ${run}`, pressed });
  await pin(one, 1).click();
  await expect(pin(other, 1, true), 'at once').toBeVisible();
  await pin(other, 2).click();
  await expect(pin(one, 2, true)).toBeVisible();
  for (const tab of [one, other]) await tab.reload();
  for (const tab of [one, other]) for (const run of [1, 2]) await expect(pin(tab, run, true)).toBeVisible();
});
