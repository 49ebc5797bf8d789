import { type Page, expect, test } from '@playwright/test';
import { Playground } from './playground';

const LINK = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1';

/** Names of the parts that were fetched, without those that several of them share; a part may be fetched early and then again from the browser's memory. */
function partsOf(page: Page): string[] {
  const parts: string[] = [];
  page.on('response', (response) => {
    const name = /part-[0-9a-f]+-([a-z]+)\.wasm$/.exec(response.url())?.[1];
    if (name && !parts.includes(name)) parts.push(name);
  });
  return parts;
}

/** Lets a part fail to come until it is told otherwise. */
async function breakPart(page: Page, name: string): Promise<{ mend(): void }> {
  let broken = true;
  await page.route(`**/part-*-${name}.wasm`, (route) => (broken ? route.abort() : route.continue()));
  return { mend: () => (broken = false) };
}

test('a part comes when it is needed, once, and all files are of one build', async ({ page }) => {
  const parts = partsOf(page);
  const files: string[] = [];
  page.on('request', (request) => files.push(request.url().split('/').pop() ?? ''));
  const playground = await Playground.open(page);
  await expect(playground.measured('device')).not.toBeEmpty();
  expect(parts, 'a page that was opened without a link').toEqual(['shown']);

  await page.locator('#more-summary').click();
  await expect(page.getByLabel('Batch size')).toHaveValue('8');
  expect(parts).toEqual(['shown', 'settings']);

  await page.getByRole('heading', { name: 'Images' }).click();
  await expect(page.locator('#images-set')).toBeVisible();
  expect(parts).toEqual(['shown', 'settings', 'images']);

  const before = files.length;
  await page.locator('#more-summary').click();
  await page.locator('#more-summary').click();
  await expect(page.getByLabel('Batch size')).toBeVisible();
  expect(files.slice(before).filter((file) => file.startsWith('part-')), 'opened again, nothing is fetched').toEqual([]);

  const builds = new Set(files.map((file) => /^(?:app|part)-([0-9a-f]{16})/.exec(file)?.[1]).filter(Boolean));
  expect(builds.size, 'hashes in the names').toBe(1);
  playground.expectNoComplaints();
});

test('what reads a link comes with the page, what trains with the first run', async ({ page }) => {
  const parts = partsOf(page);
  const playground = await Playground.open(page, LINK);
  await expect(playground.measured('device')).toHaveText(/^CPU/);
  expect(parts.sort()).toEqual(['link', 'shown']);
  await playground.button('Play').click();
  await playground.waitForPhase(/Finished/);
  expect(parts.sort()).toEqual(['link', 'run', 'shown']);
  playground.expectNoComplaints();
});

test('settings that cannot be fetched become a sentence in their fold, and Retry brings them', async ({ page }) => {
  const settings = await breakPart(page, 'settings');
  await Playground.open(page, 'batch=16');
  await page.locator('#more-summary').click();
  await expect(page.locator('#part-settings').getByRole('alert')).toContainText('could not be fetched');
  await page.locator('#part-settings').getByRole('button', { name: 'Retry' }).click();
  await expect(page.locator('#part-settings').getByRole('alert'), 'a second failure is told as well').toBeVisible();
  settings.mend();
  await page.locator('#part-settings').getByRole('button', { name: 'Retry' }).press('Enter');
  await expect(page.getByLabel('Batch size')).toHaveValue('16');
  await expect(page.locator('#more-summary'), 'the keyboard is where the button was').toBeFocused();
  await expect(page.locator('#part-settings')).toBeEmpty();
});

test('Play waits for what trains: it is told when that fails, and does not have to be pressed again', async ({ page }) => {
  const run = await breakPart(page, 'run');
  const playground = await Playground.open(page, LINK);
  await playground.button('Play').click();
  await expect(page.locator('#part-run').getByRole('alert')).toContainText('could not be fetched');
  run.mend();
  await page.locator('#part-run').getByRole('button', { name: 'Retry' }).click();
  await playground.waitForPhase(/Finished/);
});

test('a link that cannot be read yet leaves a sentence with Retry in the place of the page', async ({ page }) => {
  const link = await breakPart(page, 'link');
  await page.goto('./?depth=20');
  await expect(page.getByRole('alert')).toContainText('could not be fetched');
  link.mend();
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByLabel('Depth', { exact: true })).toHaveValue('20');
});

test('a click that comes before somebody hears it is done as soon as somebody does', async ({ page }) => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  await page.route('**/part-*-shown.wasm', async (route) => {
    await opened;
    await route.continue();
  });
  await Playground.open(page);
  await page.locator('.drawing-arc-reach').first().dispatchEvent('click');
  await page.getByRole('button', { name: 'Layers' }).click();
  await expect(page.getByRole('button', { name: 'Layers' })).not.toHaveAttribute('aria-pressed', 'true');
  open();
  await expect(page.getByRole('button', { name: 'Layers' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page, 'the arc that was clicked').toHaveURL(/switched=0\.0/);
});

test('the frame of the page stays where it is when its parts come', async ({ page }) => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  await page.route('**/part-*-shown.wasm', async (route) => {
    await opened;
    await route.continue();
  });
  await Playground.open(page);
  // The GPU's answer may bring a line above the panels.
  await expect(page.locator('#badge-name')).not.toHaveText('looking for a GPU');
  const places = () =>
    page.locator('main section, main details').evaluateAll((panels) =>
      panels.filter((panel) => panel.checkVisibility()).map((panel) => `${panel.querySelector('h2')?.textContent}: ${Math.round(panel.getBoundingClientRect().top)}`),
    );
  const before = await places();
  open();
  await expect(page.locator('#cost-rows tr').first()).toBeAttached();
  expect(await places()).toEqual(before);
});

test('an image that is pasted before there is a run is looked at once there is one', async ({ page }) => {
  const playground = await Playground.open(page, LINK);
  await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 8;
    canvas.getContext('2d')?.fillRect(0, 0, 8, 8);
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([picture ?? ''], 'own.png', { type: 'image/png' }));
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
  });
  await playground.button('Step').click();
  await expect(page.getByTestId('look-picture')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('[id^=look-image-][aria-pressed=true]'), 'it is none of the held-out images').toHaveCount(0);
});
