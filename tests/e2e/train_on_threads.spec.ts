import { type Page, expect, test } from './fixtures';
import { Playground } from './playground';

/** The script of a thread; a published page has a hash in its name. */
const HELPER = /trainer_cpu_helper[-0-9a-f]*\.js/;

const LINK = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1&seed=7';

/** Trains to the end; gives every loss and what the page says it trained on. */
async function run(page: Page, folder: string) {
  const playground = await Playground.open(page, LINK, folder);
  await playground.train();
  const losses = await playground.losses();
  expect(losses, 'one loss a step').toHaveLength(10);
  return { losses, device: await playground.device.innerText(), playground };
}

test('where memory may be shared the CPU trains on several threads, with the losses of one to the last bit', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const threads = await run(page, '/isolated');
  expect(await page.evaluate(() => crossOriginIsolated), 'memory may be shared').toBe(true);
  expect(threads.device, 'what it trains on').toMatch(/^CPU, [2-8] threads/);
  expect(requests.filter((url) => url.includes('trainer_cpu_bg')), 'the trainer for one thread stays where it is').toEqual([]);
  threads.playground.expectNoComplaints();

  const one = await run(page, '.');
  expect(await page.evaluate(() => crossOriginIsolated), 'memory may not be shared').toBe(false);
  expect(one.device, 'what it trains on').toMatch(/^CPU(?!,)/);
  expect(one.losses, 'losses on one thread').toEqual(threads.losses);
});

test('without shared memory only the trainer for one thread is fetched', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const { device } = await run(page, '.');
  expect(device, 'what it trains on').toMatch(/^CPU(?!,)/);
  expect(requests.some((url) => /trainer_cpu_bg[^/]*\.wasm/.test(url)), 'the trainer for one thread').toBe(true);
  expect(requests.filter((url) => url.includes('trainer_cpu_threads')), 'the other').toEqual([]);
});

test('where the program for several threads does not arrive one thread trains', async ({ page }) => {
  await page.route('**/trainer_cpu_threads_bg*.wasm', (route) => route.abort());
  const { device } = await run(page, '/isolated');
  expect(device, 'what it trains on').toMatch(/^CPU(?!,)/);
});

test('where a thread does not start one thread trains', async ({ page }) => {
  // Requests of a worker's workers do not pass here: the script that starts them is given another name for them.
  await page.route('**/trainer_cpu_threads_loader*.js', async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    expect(script, 'it starts the threads').toMatch(HELPER);
    await route.fulfill({ response, body: script.replace(HELPER, 'lost.js') });
  });
  const { device } = await run(page, '/isolated');
  expect(device, 'what it trains on').toMatch(/^CPU(?!,)/);
});

test('a thread that ends while it trains ends the run in a sentence', async ({ page }) => {
  // Its script is the page's own but for the work itself.
  await page.route('**/trainer_cpu_threads_loader*.js', async (route) => {
    const folder = new URL('.', route.request().url());
    const response = await route.fetch();
    const script = await response.text();
    const helper = await (await page.request.get(new URL(HELPER.exec(script)?.[0] ?? '', folder).href)).text();
    expect(helper, 'it takes up the work').toContain('    help();');
    const broken = helper.replace('    help();', "    throw new Error('out of order');").replace('./', folder.href);
    const url = `URL.createObjectURL(new Blob([${JSON.stringify(broken)}], { type: 'text/javascript' }))`;
    await route.fulfill({ response, body: script.replace(/new URL\('\.\/trainer_cpu_helper[^']*', import\.meta\.url\)/, () => url) });
  });
  const playground = await Playground.open(page, LINK, '/isolated');
  await playground.play();
  await expect(page.getByText(/one of its threads ended: out of order/).first()).toBeVisible();
});

test("in another site's frame the headers for threads do no harm: one thread trains", async ({ page, baseURL }) => {
  // The same server under its other name is another site.
  await page.goto(new URL('/host/', baseURL).href.replace('127.0.0.1', 'localhost'));
  await page.evaluate((address) => {
    document.body.innerHTML = `<iframe src="${address}" width="1200" height="800"></iframe>`;
  }, new URL(`/isolated/?${LINK}`, baseURL).href);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(frame.getByRole('status', { name: 'Status' })).toHaveText(/Finished/, { timeout: 120_000 });
  await expect(frame.getByRole('banner').getByText(/^CPU/)).toHaveText(/^CPU(?!,)/);
});
