// How long the page's own thread is busy at a stretch: while the page loads, and while a run trains; and how soon Play and the depth
// control answer, from the press to the next frame. As it is, and with a thread that is four times slower.
// node tests/hosting/responsiveness.mjs   (CHROME=/path/to/chrome; needs what nginx.test.mjs needs)
import { chromium } from '@playwright/test';
import { start } from './nginx.mjs';

const ROUNDS = 3;
const TRAINED_MS = 20_000;

/** Runs in the page before anything of it: what the browser says of long tasks (over 50 ms) and of slow answers (from 16 ms). */
function observe() {
  window.longTasks = [];
  window.answers = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ startTime, duration }) => [startTime, duration]))).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => window.answers.push(...list.getEntries().map(({ name, duration }) => [name, duration]))).observe({ type: 'event', durationThreshold: 16, buffered: true });
}

/** Lengths of the long tasks between two moments, in ms, the longest first. */
async function longTasks(page, from, to) {
  const tasks = await page.evaluate(() => window.longTasks);
  return tasks.filter(([at]) => at >= from && at < to).map(([, length]) => Math.round(length)).sort((one, other) => other - one);
}

/** What was slowest between the press of a button and the next frame since the last call, in ms; under 16 the browser says nothing. */
async function answered(page) {
  await page.waitForTimeout(500);
  const answers = await page.evaluate(() => window.answers.splice(0));
  return Math.max(0, ...answers.filter(([name]) => ['click', 'pointerdown', 'pointerup'].includes(name)).map(([, length]) => Math.round(length)));
}

async function visit(port, slower) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROME,
    channel: process.env.CHROME ? undefined : 'chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.addInitScript(observe);
  const now = () => page.evaluate(() => performance.now());
  await page.goto(`http://localhost:${port}/?device=cpu`);
  const play = page.getByRole('button', { name: 'Play', exact: true, disabled: false });
  await play.waitFor({ timeout: 120_000 });
  await page.waitForTimeout(2_000);
  const loaded = await now();
  await page.getByRole('button', { name: 'Deeper', exact: true }).click();
  const depth = await answered(page);
  await play.click();
  const pressed = await answered(page);
  await page.getByText(/step\s+[1-9]\d*\s+of/i).first().waitFor({ timeout: 120_000 });
  const began = await now();
  await page.waitForTimeout(TRAINED_MS);
  const [load, training] = [await longTasks(page, 0, loaded), await longTasks(page, began, await now())];
  await browser.close();
  return { load, training, depth, pressed };
}

const server = await start();
for (const slower of [1, 4]) {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { load, training, depth, pressed } = await visit(server.port, slower);
    console.log(`${slower} × slower: long tasks on load ${load.join(', ') || 'none'} ms; in ${TRAINED_MS / 1000} s of training ${training.join(', ') || 'none'} ms; depth answers within ${depth || '< 16'} ms, Play within ${pressed || '< 16'} ms`);
  }
}
await server.stop();
