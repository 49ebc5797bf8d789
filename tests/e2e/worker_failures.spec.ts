// Workers that cannot be started: each cause has its own sentence, and only what can help is offered.
import { type Page, type Route, expect, test } from './fixtures';
import { Playground } from './playground';

const RUN = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1&depth=20';
const LOADER = /\/trainer_cpu_start[^/]*\.js$/;
const SCRIPT = /\/trainer_cpu-[^/]*\.js$/;
const PROGRAM = /\/trainer_cpu_bg[^/]*\.wasm$/;
const PAGE = /\/playground\/(\?.*)?$/;
/** Every way out that a failure may offer. */
const WAYS = ['Restart', 'Reload', 'Train on the CPU', 'Open in a tab of its own'] as const;

const answer = (body: string | Buffer, contentType: string, status = 200) => (route: Route) => route.fulfill({ status, contentType, body });

const cut = (contentType: string) => async (route: Route) => {
  const body = await (await route.fetch({ method: 'GET' })).body();
  await route.fulfill({ contentType, body: body.subarray(0, body.length / 2) });
};

/** Adds a policy to what the server sends. */
const withPolicy = (policy: string) => async (route: Route) => {
  const response = await route.fetch();
  await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
};

async function expectFailure(page: Page, sentence: RegExp, ways: readonly (typeof WAYS)[number][]) {
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(sentence, { timeout: 60_000 });
  for (const way of WAYS) {
    const found = alert.getByRole('button', { name: way, exact: true }).or(alert.getByRole('link', { name: way, exact: true }));
    await expect(found, way).toHaveCount(ways.includes(way) ? 1 : 0);
  }
}

const other = Buffer.from('0061736d01000000010401600000020b0103666f6f036261720000', 'hex');
const cases: { name: string; files: RegExp; broken: (route: Route) => Promise<void>; sentence: RegExp; ways: (typeof WAYS)[number][] }[] = [
  { name: 'a loader that is not there', files: LOADER, broken: answer('x', 'text/plain', 404), sentence: /has no trainer_cpu_start\S* \(404\)/, ways: ['Reload'] },
  { name: 'a script that is not there', files: SCRIPT, broken: answer('x', 'text/plain', 404), sentence: /has no trainer_cpu-\S* \(404\)/, ways: ['Reload'] },
  { name: 'a program that is not there', files: PROGRAM, broken: answer('x', 'text/plain', 404), sentence: /has no trainer_cpu_bg\S* \(404\)/, ways: ['Reload'] },
  { name: 'a web page in the loader’s place', files: LOADER, broken: answer('<p>hello', 'text/html'), sentence: /has no trainer_cpu_start.*a web page in its place/, ways: ['Reload'] },
  { name: 'a web page in the program’s place', files: PROGRAM, broken: answer('<!doctype html>', 'text/html'), sentence: /has no trainer_cpu_bg.*a web page in its place/, ways: ['Reload'] },
  { name: 'a loader that does not arrive', files: LOADER, broken: (route) => route.abort(), sentence: /trainer_cpu_start\S* did not arrive: check the connection/, ways: ['Restart'] },
  { name: 'a script that does not arrive', files: SCRIPT, broken: (route) => route.abort(), sentence: /trainer_cpu-\S* did not arrive/, ways: ['Restart'] },
  { name: 'a program that does not arrive', files: PROGRAM, broken: (route) => route.abort(), sentence: /trainer_cpu_bg\S* did not arrive/, ways: ['Restart'] },
  { name: 'a script that is cut short', files: SCRIPT, broken: cut('text/javascript'), sentence: /damaged or cut short/, ways: ['Restart', 'Reload'] },
  { name: 'a program that is cut short', files: PROGRAM, broken: cut('application/wasm'), sentence: /damaged or cut short/, ways: ['Restart', 'Reload'] },
  { name: 'a script of another build', files: SCRIPT, broken: answer('export const another = 1;', 'text/javascript'), sentence: /updated since it was opened: reload it/, ways: ['Reload'] },
  { name: 'a program of another build', files: PROGRAM, broken: answer(other, 'application/wasm'), sentence: /updated since it was opened: reload it/, ways: ['Reload'] },
  { name: 'a loader of plain text', files: LOADER, broken: answer('x', 'text/plain'), sentence: /sends trainer_cpu_start\S* as text\/plain/, ways: [] },
  { name: 'a script without a type', files: SCRIPT, broken: answer('x', 'application/octet-stream'), sentence: /as application\/octet-stream/, ways: [] },
  { name: 'a policy without WebAssembly', files: LOADER, broken: withPolicy("script-src 'self'"), sentence: /forbids WebAssembly in workers.*'wasm-unsafe-eval'/, ways: [] },
  { name: 'a policy without workers', files: PAGE, broken: withPolicy("worker-src 'none'"), sentence: /forbids workers \(Content-Security-Policy, worker-src\)/, ways: [] },
];

// What a policy refuses is told in the console too.
test.use({ refusals: /./ });

for (const { name, files, broken, sentence, ways } of cases) {
  test(`${name}: ${ways.join(' and ') || 'nothing'} is offered`, async ({ page }) => {
    await page.route(files, broken);
    const playground = await Playground.open(page, RUN);
    await playground.play();
    await expectFailure(page, sentence, ways);
    await page.unroute(files);
    if (ways.includes('Restart')) {
      await page.getByRole('alert').getByRole('button', { name: 'Restart' }).click();
    } else if (ways.includes('Reload')) {
      await page.getByRole('alert').getByRole('button', { name: 'Reload' }).click();
      await expect(playground.field('Depth'), 'the link keeps the settings').toHaveValue('20');
      await playground.play();
    } else {
      return;
    }
    await playground.waitForStatus(/Finished/);
  });
}

test('a trainer that speaks another version is not used, and Reload is offered', async ({ page }) => {
  // `Ready` of a version that nobody has: its place, 255, and the device.
  const stranger = 'postMessage(new Uint8Array([0, 255, 1, 3, 67, 80, 85]).buffer)';
  await page.route(LOADER, answer(stranger, 'text/javascript'));
  const playground = await Playground.open(page, RUN);
  await playground.play();
  await expectFailure(page, /updated since it was opened: reload it/, ['Reload']);
});

test('a browser without workers is told so', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'Worker'));
  const playground = await Playground.open(page, RUN);
  await playground.play();
  await expectFailure(page, /starts no workers/, []);
});

test('a WebGPU trainer that is not there leaves the CPU', async ({ page }) => {
  await page.route(/\/trainer_webgpu[^/]*$/, answer('x', 'text/plain', 404));
  const playground = await Playground.open(page, RUN.replace('device=cpu', 'device=webgpu'));
  await playground.play();
  await expectFailure(page, /has no trainer_webgpu/, ['Reload', 'Train on the CPU']);
  await page.getByRole('alert').getByRole('button', { name: 'Train on the CPU' }).click();
  await playground.waitForStatus(/Finished/);
  await expect(playground.device).toHaveText(/^CPU/);
});

test('a worker for tasks of another build asks for a reload too', async ({ page }) => {
  await page.route(/\/tasks_bg[^/]*\.wasm$/, answer(other, 'application/wasm'));
  const playground = await Playground.open(page, RUN);
  await playground.step();
  const panel = await playground.openTab('Evaluate');
  await panel.getByRole('button', { name: 'Evaluate on all test images' }).click();
  await expect(panel.getByText(/updated since it was opened: reload it/)).toBeVisible({ timeout: 60_000 });
});
