// The page in WebKitGTK, by WebDriver: opens, draws, trains on the CPU. Playwright has a WebKit of its own; this is the one that Debian
// has, the nearest to Safari that a machine without macOS runs. Outside of the series of all tests.
// apt-get install webkit2gtk-driver xvfb; cargo xtask dist
// xvfb-run -a node --test tests/webkit/smoke.test.mjs
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const [PAGE, DRIVER] = [Number(process.env.E2E_PORT ?? 8199), Number(process.env.WEBDRIVER_PORT ?? 8198)];
const BROWSER = ['4.1', '4.0'].map((version) => `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-${version}/MiniBrowser`).find(existsSync);
/** How WebDriver names an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const programs = [];
let session;

async function ask(method, path, body) {
  const response = await fetch(`http://127.0.0.1:${DRIVER}${path}`, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw Error(`${path}: ${value.error}: ${value.message}`);
  return value;
}

/** The value of a script in the page. */
const script = (body) => ask('POST', `${session}/execute/sync`, { script: `return ${body}`, args: [] });

/** Waits until the page says so. */
async function until(what, holds) {
  let last;
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(200)) if (holds((last = await what()))) return last;
  assert.fail(`the page says after a minute: ${last}`);
}

const status = () => script(`document.querySelector('[role=status][aria-label=Status]')?.textContent ?? ''`);

async function press(words) {
  const button = await ask('POST', `${session}/element`, { using: 'xpath', value: `//button[normalize-space()='${words}']` });
  await ask('POST', `${session}/element/${button[ELEMENT]}/click`, {});
}

before(async () => {
  assert.ok(BROWSER, 'WebKitGTK is there: apt-get install webkit2gtk-driver');
  programs.push(spawn('node', ['tests/e2e/serve.mjs', String(PAGE)], { stdio: ['ignore', 'ignore', 'inherit'] }));
  const environment = { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1' }; // as root, without a card
  programs.push(spawn('WebKitWebDriver', [`--port=${DRIVER}`], { stdio: 'ignore', env: environment }));
  for (const url of [`http://127.0.0.1:${PAGE}/playground/`, `http://127.0.0.1:${DRIVER}/status`]) {
    for (let attempt = 0; !(await fetch(url).catch(() => null)); attempt += 1) {
      assert.ok(attempt < 100, `${url} answers`);
      await sleep(100);
    }
  }
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] } } };
  const { sessionId, capabilities: got } = await ask('POST', '/session', { capabilities });
  session = `/session/${sessionId}`;
  console.log(`${got.browserName} ${got.browserVersion}`);
});

after(async () => {
  if (session) await ask('DELETE', session);
  for (const program of programs) {
    const ended = once(program, 'exit');
    if (program.exitCode === null && program.kill()) await ended;
  }
});

test('WebKit opens the page, draws the network, trains it on the CPU until the loss falls', async () => {
  const link = 'device=cpu&filters=4&batch=16&images=256&held-out=32&epochs=4&seed=1';
  await ask('POST', `${session}/url`, { url: `http://127.0.0.1:${PAGE}/playground/?${link}` });
  await until(status, (status) => status.startsWith('Ready'));
  const blocks = await script(`document.querySelectorAll('svg [role=button][aria-label^="Stage"]').length`);
  assert.equal(blocks, 3, 'a block for each of three stages');
  await press('Play');
  await until(status, (status) => status.startsWith('Finished'));
  await script(`[...document.querySelectorAll('summary')].find((summary) => summary.textContent.includes('Loss of every step')).click()`);
  const table = `[...document.querySelectorAll('table')].find((table) => table.textContent.includes('Loss') && table.closest('details')?.open)`;
  const losses = await until(
    () => script(`[...(${table}?.querySelectorAll('tbody tr') ?? [])].map((row) => Number(row.children[1].textContent))`),
    (losses) => losses.length >= 40,
  );
  const mean = (part) => part.reduce((sum, loss) => sum + loss, 0) / part.length;
  assert.ok(mean(losses.slice(-10)) < 0.9 * mean(losses.slice(0, 10)), `the last ten losses against the first ten: ${losses}`);
});
