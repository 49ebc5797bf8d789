// How long a phone on a slow connection waits: from opening the page to Play, and from Play to the first step. Lighthouse's slow 4G
// (1.6 Mbit/s, 150 ms there and back) is between nginx and the browser, for workers too; the page's own thread is four times slower.
// node tests/hosting/slow_connection.mjs   (CHROME=/path/to/chrome; needs what nginx.test.mjs needs)
import { connect, createServer } from 'node:net';
import { chromium } from '@playwright/test';
import { start } from './nginx.mjs';

const BYTES_PER_MS = 1.6e6 / 8 / 1000;
const ONE_WAY_MS = 75;
const PATIENCE_MS = 180_000;

/** A port behind which the server is as far away as over that connection. All connections share its bandwidth. */
async function slowPort(target) {
  let freeAt = 0;
  const server = createServer((browser) => {
    const host = connect(target, '127.0.0.1');
    browser.on('error', () => host.destroy());
    host.on('error', () => browser.destroy());
    browser.on('data', (bytes) => setTimeout(() => host.write(bytes), ONE_WAY_MS));
    browser.on('end', () => setTimeout(() => host.end(), ONE_WAY_MS));
    host.on('data', (bytes) => {
      freeAt = Math.max(freeAt, Date.now()) + bytes.length / BYTES_PER_MS;
      const sent = freeAt - Date.now();
      host.pause();
      setTimeout(() => host.resume(), sent);
      setTimeout(() => browser.write(bytes), sent + ONE_WAY_MS);
    });
    host.on('end', () => setTimeout(() => browser.end(), Math.max(0, freeAt - Date.now()) + ONE_WAY_MS));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, close: () => server.close() };
}

/** Opens the page, looks at it for so long, and presses Play. */
async function visit(port, lookedMs) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROME,
    channel: process.env.CHROME ? undefined : 'chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  const page = await browser.newPage({ viewport: { width: 412, height: 823 } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const opened = Date.now();
  await page.goto(`http://localhost:${port}/?device=cpu`, { waitUntil: 'commit' });
  const play = page.getByRole('button', { name: 'Play', exact: true, disabled: false });
  await play.waitFor({ timeout: PATIENCE_MS });
  const ready = Date.now();
  await page.waitForTimeout(lookedMs);
  const pressed = Date.now();
  await play.click();
  await page.getByText(/step\s+[1-9]\d*\s+of/i).first().waitFor({ timeout: PATIENCE_MS });
  const seconds = (ms) => (ms / 1000).toFixed(1);
  console.log(`Play can be pressed after ${seconds(ready - opened)} s; after ${seconds(lookedMs)} s more it is; ${seconds(Date.now() - pressed)} s later the first step is done`);
  await browser.close();
}

const server = await start();
const slow = await slowPort(server.port);
for (const lookedMs of [0, 10_000]) await visit(slow.port, lookedMs);
slow.close();
await server.stop();
