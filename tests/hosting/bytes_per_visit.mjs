// How many bytes a visitor takes from the host: what nginx, set up as in the documents, sends to Chromium, with all headers.
// node tests/hosting/bytes_per_visit.mjs   (CHROME=/path/to/chrome; needs what nginx.test.mjs needs)
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { start } from './nginx.mjs';

const SETTINGS = 'filters=2&batch=8&images=80&held-out=16';
const server = await start();

/** One visitor's browser, whose caches are empty at first. */
async function visitor(device, saveData = false) {
  const profile = await mkdtemp(join(tmpdir(), 'resnet-playground-visitor-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROME,
    channel: process.env.CHROME ? undefined : 'chromium',
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--disable-background-networking'],
  });
  const page = context.pages()[0];
  if (saveData) await page.addInitScript(() => Object.defineProperty(navigator.connection, 'saveData', { get: () => true }));
  /** Opens the page, trains a step, and waits until what is kept for later is there. */
  const visit = async (what) => {
    const before = (await server.sent()).length;
    await page.goto(`http://localhost:${server.port}/?${SETTINGS}&device=${device}`);
    await page.getByRole('region', { name: 'Controls' }).getByRole('button', { name: 'Step', exact: true }).click();
    await page.getByText(/step\s+1\s+of/i).first().waitFor({ timeout: 120_000 });
    if (!saveData) await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.waitForLoadState('networkidle');
    const answers = (await server.sent()).slice(before);
    const bytes = answers.reduce((sum, answer) => sum + answer.bytes, 0);
    const unchanged = answers.filter(({ status }) => status === 304).length;
    console.log(`${device.padEnd(7)} ${what.padEnd(28)} ${String(answers.length).padStart(3)} answers, ${String(unchanged).padStart(2)} of them 304 ${bytes.toLocaleString('en').padStart(12)} bytes`);
    if (process.env.FILES) for (const { status, bytes, uri } of answers) console.log(`    ${status} ${String(bytes).padStart(9)} ${uri}`);
  };
  const leave = async () => {
    await context.close();
    await rm(profile, { recursive: true });
  };
  return { visit, leave };
}

try {
  for (const [device, saveData] of [['cpu', false], ['webgpu', false], ['cpu', true], ['webgpu', true]]) {
    const { visit, leave } = await visitor(device, saveData);
    await visit(saveData ? 'first visit, data saver on' : 'first visit');
    await visit(saveData ? 'later visit, data saver on' : 'later visit');
    await leave();
  }
} finally {
  await server.stop();
}
