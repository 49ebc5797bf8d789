// A native program on this machine trains in the place of the page's own trainer: the losses that it has without a page, nothing
// contacted unasked, and a way on when it is gone. The program is target/debug/resnet-playground, or what RESNET_PLAYGROUND names.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Page, expect, test } from './fixtures';
import { Playground } from './playground';

const TARGET = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../target', import.meta.url));
const PROGRAM = process.env.RESNET_PLAYGROUND ?? `${TARGET}/debug/resnet-playground`;
const RUN = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1&seed=7';

test.skip(process.env.WITHOUT_WORKSTATION === '1', 'WITHOUT_WORKSTATION=1 leaves the native program away');

const running: ChildProcess[] = [];

test.beforeAll(() => {
  expect(existsSync(PROGRAM), `${PROGRAM} is not built: run \`cargo build --bin resnet-playground\``).toBe(true);
});

test.afterEach(() => {
  for (const program of running.splice(0)) program.kill();
});

/** Starts the program at a free port of this machine, or at one that it had before; gives its address. */
async function start(port = '0', ...options: string[]): Promise<string> {
  const program = spawn(PROGRAM, ['train', '--serve', '--listen', `127.0.0.1:${port}`, ...options]);
  running.push(program);
  let said = '';
  return new Promise((resolve, reject) => {
    program.stdout.on('data', (piece) => {
      said += piece;
      const address = /ws:\/\/\S+/.exec(said)?.[0];
      if (address) resolve(address);
    });
    program.stderr.on('data', (piece) => (said += piece));
    program.on('error', reject);
    program.on('exit', () => reject(new Error(`the program ended: ${said}`)));
  });
}

/** Losses of the link as the program trains it without a page. */
function trainedAlone(link: string): number[] {
  const folder = fileURLToPath(new URL('../..', import.meta.url));
  const lines = execFileSync(PROGRAM, ['train', link], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const all = lines.trim().split('\n').map((line) => JSON.parse(line) as { step?: number; loss: number });
  // The page shows the digits that tell one 32-bit number from the next, the program those of 64 bits.
  return all.filter(({ step }) => step !== undefined).map(({ loss }) => Math.fround(loss));
}

/** Every WebSocket that the page opens. */
function socketsOf(page: Page): string[] {
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  return sockets;
}

/** Chooses the program as the device, and enters where it is. */
async function choose(playground: Playground, address: string, token = '') {
  await playground.openSettings('Device');
  await playground.set('Device', 'A program on my computer');
  await playground.set('Address of the program', address);
  if (token) await playground.set('Token', token);
}

const connection = (playground: Playground) => playground.settings.getByRole('status', { name: 'Connection' });

/** Presses Connect, and gives what comes of it. */
async function connect(playground: Playground) {
  await playground.settings.getByRole('button', { name: 'Connect', exact: true }).click();
  return connection(playground);
}

test('a page gets the losses that the program has without it, to the last bit, and close to those of the tab', async ({ page }) => {
  const here = await Playground.open(page, RUN);
  await here.train();
  const losses = await here.losses();
  expect(losses, 'one loss a step').toHaveLength(10);

  const sockets = socketsOf(page);
  const address = await start();
  const there = await Playground.open(page, RUN);
  await choose(there, address);
  await there.train();
  await expect(there.device).toHaveText(/^CPU of \S/);
  const trained = await there.losses();
  expect(trained.map(Math.fround), 'by the program with and without the page').toEqual(trainedAlone(RUN));
  // Compiled for a browser the same operations round otherwise, and each step builds on those before.
  expect(Math.abs(trained[0] - losses[0]), 'the first step').toBeLessThan(1e-5);
  for (const [step, loss] of trained.entries()) expect(Math.abs(loss - losses[step]), `step ${step + 1}`).toBeLessThan(0.02);
  expect(page.workers().filter((worker) => worker.url().includes('trainer_')), 'no trainer of the page').toEqual([]);
  expect(sockets.map((url) => url.replace(/\/$/, '')), 'one connection').toEqual([address]);
  expect(decodeURIComponent(page.url()), 'no address goes into a link').not.toContain(new URL(address).host.slice(-6));
  there.expectNoComplaints();
});

test('nothing is contacted unless it is asked for, and nothing is remembered', async ({ page }) => {
  const sockets = socketsOf(page);
  const address = await start('0', '--token', 'correct-horse');
  const playground = await Playground.open(page, RUN);
  await playground.step();
  await choose(playground, address, 'correct-horse');
  await expect(connection(playground)).toContainText('Nothing is contacted before you connect or train');
  expect(sockets, 'chosen and entered').toEqual([]);
  await expect(await connect(playground)).toHaveText(/^Connected: runs that begin now train on CPU of \S/);
  expect(sockets.length, 'Connect was pressed').toBe(1);
  await playground.reload();
  await playground.expectSetting('Device', 'cpu');
  expect(sockets.length, 'after the page was loaded again').toBe(1);
});

test('each reason why a program does not train has a sentence with a remedy', async ({ page }) => {
  const playground = await Playground.open(page, RUN);
  await choose(playground, 'ws://127.0.0.1:9');
  await expect(await connect(playground)).toHaveText(/No program at ws:\/\/127\.0\.0\.1:9 answers.*resnet-playground train --serve/);
  await playground.set('Address of the program', 'somewhere else');
  await expect(await connect(playground)).toContainText('is no address of a program');
  const address = await start('0', '--token', 'correct-horse');
  await playground.set('Address of the program', address);
  await playground.set('Token', 'wrong');
  await expect(await connect(playground)).toContainText('was started with another token');
  await page.routeWebSocket(/:8765/, (socket) => socket.close({ code: 4409, reason: 'another version' }));
  await playground.set('Address of the program', 'ws://127.0.0.1:8765');
  await expect(await connect(playground)).toContainText('of another version than the program');

  // The same where it is found out by Play.
  await playground.play();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('of another version than the program');
  await expect(alert.getByRole('button')).toHaveText(['Reload', 'Train in this tab']);
  await alert.getByRole('button', { name: 'Train in this tab' }).click();
  await playground.waitForStatus(/Finished/);
  await expect(playground.device).toHaveText(/^CPU(, \d+ threads)?$/);
});

test('a run whose program is gone goes on in this tab from where it was saved', async ({ page }) => {
  const address = await start();
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1000&depth=20');
  await choose(playground, address);
  await playground.play();
  await expect(playground.thisRun).toContainText(/saved up to step [1-9]/);
  const before = await playground.stepsDone();
  running.pop()!.kill();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/No program at .* answers/);
  await expect(alert.getByRole('button').first()).toHaveText(/^Go on from step [1-9]\d*$/);
  await alert.getByRole('button', { name: /^Go on in this tab from step [1-9]\d*$/ }).click();
  await expect(alert).toBeHidden();
  await playground.waitForMoreStepsThan(before + 20, 120_000);
  await expect(playground.device).toHaveText(/^CPU(, \d+ threads)?$/);
  await playground.pause();
});
