import { type Page, expect, test } from './fixtures';
import { Playground } from './playground';

const RUN = 'device=cpu&filters=2&batch=20&images=60&held-out=20&epochs=1&normalise=zca';

/** Names of the matrices that this browser keeps. */
const kept = async () => {
  const store = await caches.open('resnet-playground-run');
  return (await store.keys()).map((request) => request.url.split('/').pop()).filter((name) => name?.startsWith('whitening-'));
};

const workers = (page: Page) => page.workers().map((worker) => worker.url());

test('images are whitened by a matrix that is measured once, kept, and shown at work', async ({ page }) => {
  let playground = await Playground.open(page, RUN);
  const data = await playground.openTab('Data');
  await expect(data).toContainText('once a run has measured it');
  await playground.train();
  const losses = await playground.losses();
  expect(losses.every(Number.isFinite), `${losses}`).toBe(true);
  await expect(data.getByRole('img', { name: /10 training images, and below each what whitening makes of it/ })).toBeVisible();
  const first = await page.evaluate(kept);
  expect(first, 'one matrix').toHaveLength(1);

  await playground.reload();
  await playground.train();
  expect(await playground.losses(), 'the same run').toEqual(losses);
  expect(await page.evaluate(kept), 'by the same matrix').toEqual(first);

  playground = await Playground.open(page, `${RUN}&zca-epsilon=0.01`);
  await playground.train();
  expect(await playground.losses(), 'another epsilon is another run').not.toEqual(losses);
  const second = await page.evaluate(kept);
  expect(second, 'in the place of the first: they are large').toHaveLength(1);
  expect(second).not.toEqual(first);
  playground.expectNoComplaints();
});

test('a measurement under way ends with its run, and nothing waits for it', async ({ page }) => {
  // Takes ten seconds or so: long enough to ask for something else, and to reset.
  const playground = await Playground.open(page, RUN.replace('images=60', 'images=1000'));
  await playground.play();
  await playground.waitForStatus(/Measuring the whitening/);
  const data = await playground.openTab('Data');
  await expect(data, 'answered meanwhile').toContainText('once a run has measured it');
  await expect(playground.status).toHaveText(/Measuring the whitening/);
  await playground.reset();
  await playground.waitForStatus(/Ready/);
  await expect
    .poll(() => workers(page), { message: 'neither a trainer nor what measures' })
    .toEqual([expect.stringMatching(/\/tasks/)]);
  expect(await page.evaluate(kept), 'nothing was measured to its end').toEqual([]);
  playground.expectNoComplaints();
});

test('a page that can keep nothing says why it cannot whiten', async ({ page }) => {
  // What measures and keeps the matrix has a program of its own; its storage is taken away before it begins.
  await page.route(/\/tasks_loader[^/]*\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `Object.defineProperty(self, 'caches', { value: undefined });\n${await response.text()}` });
  });
  const playground = await Playground.open(page, RUN);
  await playground.play();
  await expect(page.getByRole('alert')).toContainText('storage for this page is full or switched off', { timeout: 60_000 });
  await playground.set('Normalisation', 'Mean only');
  await playground.closeSettings();
  await page.getByRole('alert').getByRole('button', { name: 'Restart' }).click();
  await playground.waitForStatus(/Finished/);
});
