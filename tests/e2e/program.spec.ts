import { type Page, expect, test } from './fixtures';
import { Playground, boxOf } from './playground';
import { picture } from './pictures';

const LINK = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1';

/** Names of the programs that were fetched, in their order. */
function programsOf(page: Page): string[] {
  const programs: string[] = [];
  page.on('request', (request) => {
    const name = /\/([^/?]+)\.wasm(\?|$)/.exec(request.url())?.[1];
    if (name) programs.push(name);
  });
  return programs;
}

const isOfTrainer = (program: string) => program.startsWith('trainer_');
/** What imports images, writes code and reports: fetched when one of that is asked for. */
const isOfTasks = (program: string) => /^tasks/.test(program);
const isOfPage = (program: string) => !isOfTrainer(program) && !isOfTasks(program);

/** Lets files fail to come until it is told otherwise. */
async function breakFiles(page: Page, files: string | RegExp): Promise<{ mend(): void }> {
  let broken = true;
  await page.route(files, (route) => (broken ? route.abort() : route.fallback()));
  return { mend: () => (broken = false) };
}

/** Lets files wait until they are let go. */
async function holdFiles(page: Page, files: string | RegExp): Promise<{ release(): void }> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(files, async (route) => {
    await released;
    await route.fallback();
  });
  return { release };
}

/** The program of the page itself. */
const PAGE_PROGRAM = /\/(?!trainer_|tasks)[^/]+\.wasm$/;

test('the page is one program, of one build; what comes later comes when it is asked for, and once', async ({ page }) => {
  const programs = programsOf(page);
  const files: string[] = [];
  page.on('request', (request) => files.push(request.url()));
  const playground = await Playground.open(page);
  await expect(playground.device).toBeVisible();
  expect(programs.filter(isOfPage), 'a page that was opened without a link').toHaveLength(1);

  await playground.expectSetting('Batch size', '8');
  await playground.closeSettings();
  await playground.openTab('Data');
  await expect(playground.panel('Data').getByRole('combobox', { name: 'Data set' })).toBeVisible();
  await expect(playground.panel('Data').getByRole('img').first()).toBeVisible();
  expect(programs.filter(isOfPage), 'settings and images are part of it').toHaveLength(1);

  await playground.openTab('Costs');
  await playground.openTab('Data');
  await expect(playground.panel('Data').getByRole('img').first()).toBeVisible();
  await playground.expectSetting('Batch size', '8');
  expect(programs.filter(isOfPage), 'opened again, nothing is fetched').toHaveLength(1);
  // The trainer comes by itself, once the page has nothing else to do.
  expect(programs, 'no program twice').toEqual([...new Set(programs)]);

  const builds = new Set(files.map((file) => /\/app-([0-9a-f]{8,16})/.exec(file)?.[1]).filter(Boolean));
  expect(builds.size, 'hashes in the names of the page’s files').toBe(1);
  playground.expectNoComplaints();
});

test('what reads a link comes with the page, what trains is a program of its own', async ({ page }) => {
  const programs = programsOf(page);
  const playground = await Playground.open(page, LINK);
  await expect(playground.device).toHaveText(/^CPU/);
  await playground.train();
  // It is asked for ahead and by the worker. The browser's cache, which Playwright switches off, answers the second time.
  expect([...new Set(programs.filter(isOfTrainer))]).toEqual([expect.stringMatching(/^trainer_cpu_bg\b/)]);
  expect(programs.filter(isOfPage)).toHaveLength(1);
  playground.expectNoComplaints();
});

test('a list of data sets that cannot be fetched becomes a sentence, and Retry brings it', async ({ page }) => {
  const list = await breakFiles(page, '**/data/**/*.json');
  const playground = await Playground.visit(page, 'batch=16&device=cpu');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('could not be fetched');
  await expect(playground.playButton).toBeDisabled();
  await expect(playground.playButton).toHaveAccessibleDescription(/\w/);
  await alert.getByRole('button', { name: 'Retry' }).click();
  await expect(alert, 'a second failure is told as well').toContainText('could not be fetched');
  list.mend();
  await alert.getByRole('button', { name: 'Retry' }).press('Enter');
  await expect(alert).toBeHidden();
  await expect(playground.playButton).toBeEnabled();
  await expect(page.locator(':focus'), 'the keyboard is not sent to the start of the page').not.toHaveCount(0);
  await playground.expectSetting('Batch size', '16');
});

test('Play waits for what trains, and does not have to be pressed again', async ({ page }) => {
  const trainer = await holdFiles(page, '**/trainer_cpu*.wasm*');
  const playground = await Playground.open(page, LINK);
  await playground.play();
  await expect(playground.status).toHaveText(/Fetching|Loading|Starting/);
  await expect(playground.button('Pause'), 'it is pressed').toBeVisible();
  trainer.release();
  await playground.waitForStatus(/Finished/);
  expect(await playground.stepsDone()).toBe(10);
});

test('a page whose program does not come says so and Retry brings it, with the link', async ({ page }) => {
  const program = await breakFiles(page, PAGE_PROGRAM);
  const playground = await Playground.visit(page, 'depth=20');
  await expect(page.getByRole('alert')).toContainText('could not be fetched');
  program.mend();
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(playground.field('Depth')).toHaveValue('20');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('before its program is there the page shows its frame, whose controls are off rather than deaf', async ({ page }) => {
  const program = await holdFiles(page, PAGE_PROGRAM);
  const playground = await Playground.visit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'ResNet Playground' })).toBeVisible();
  await expect(playground.playButton).toBeVisible();
  for (const name of ['Play', 'Step', 'Reset', 'Deeper']) await expect(playground.button(name)).toBeDisabled();
  await expect(playground.network, 'a drawing of the network it begins with').toBeVisible();
  program.release();
  await playground.waitUntilReady();
  const depth = Number(await playground.field('Depth').inputValue());
  await playground.button('Deeper').click();
  await expect(playground.field('Depth')).toHaveValue(String(depth + 9));
  playground.expectNoComplaints();
});

test('the frame of the page stays where it is when its program comes', async ({ page }) => {
  // No line about a GPU that this machine has not.
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined }));
  const program = await holdFiles(page, PAGE_PROGRAM);
  const playground = await Playground.visit(page);
  const places = async () => {
    const found: Record<string, string> = {};
    for (const name of ['Play', 'Step', 'Reset', 'Shallower', 'Deeper', 'Wider', 'Fewer epochs', 'More epochs']) {
      const { x, y } = await boxOf(playground.button(name));
      found[name] = `${Math.round(x)}, ${Math.round(y)}`;
    }
    for (const level of [1, 2] as const) {
      const heading = page.getByRole('heading', { level }).first();
      const { x, y } = await boxOf(heading);
      found[`heading ${level}`] = `${Math.round(x)}, ${Math.round(y)}`;
    }
    return found;
  };
  const before = await places();
  program.release();
  await playground.waitUntilReady();
  await expect(playground.device).toBeVisible();
  const notice = page.getByRole('button', { name: 'Dismiss', exact: true });
  if (await notice.isVisible()) await notice.click();
  expect(await places()).toEqual(before);
});

test('an image that is pasted before there is a run is looked at once there is one', async ({ page }) => {
  const playground = await Playground.open(page, LINK);
  await page.evaluate((bytes) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], 'own.png', { type: 'image/png' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, picture([20, 200, 20]).toString('base64'));
  await playground.step();
  const panel = await playground.openTab('Feature maps');
  await expect(panel.getByRole('img', { name: 'Your own image' })).toBeVisible({ timeout: 60_000 });
  await expect(panel.getByRole('status', { name: 'Prediction' }), 'it is none of the held-out images').toContainText('only you know what it is');
});
