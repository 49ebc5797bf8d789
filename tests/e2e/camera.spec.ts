import { expect, test } from '@playwright/test';
import { Playground } from './playground';
import config from '../../playwright.config';

// A camera that Chromium makes up: a moving disc on green.
const made_up = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const launch = config.use?.launchOptions;
test.use({ launchOptions: { ...launch, args: [...(launch?.args ?? []), ...made_up] } });

const SMALL = 'device=cpu&filters=2&batch=8&images=80&held-out=8&epochs=1';

test('the camera shows what it sees until a picture is taken, and the network looks at that', async ({ page }) => {
  const playground = await Playground.open(page, SMALL);
  await expect(playground.button('Use the camera'), 'there is no network to look yet').toBeDisabled();
  await playground.button('Step').click();
  await expect.poll(() => playground.stepsDone()).toBe(1);
  // Twice, before the camera is there.
  await page.evaluate(() => {
    const button = document.getElementById('look-camera');
    button?.click();
    button?.click();
  });
  await expect(page.getByLabel('What the camera sees'), 'one camera').toHaveCount(1);
  await playground.button('Take the picture').click();
  await expect(page.locator('#look-shown img').first()).toBeVisible();
  await expect(page.getByLabel('What the camera sees'), 'the camera is off').toHaveCount(0);
  playground.expectNoComplaints();
});

test('without a camera the page says what would do', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  const playground = await Playground.open(page, SMALL);
  await playground.button('Step').click();
  await expect.poll(() => playground.stepsDone()).toBe(1);
  await playground.button('Use the camera').click();
  await expect(page.locator('#look-note')).toContainText('There is no camera to be had');
  playground.expectNoComplaints();
});

test('pictures by class from the camera become a data set to train on', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=4&epochs=1');
  await page.locator('#images-summary').click();
  await playground.button('Turn the camera on').click();
  await playground.button('Take a picture').click();
  await expect(page.locator('#snapshot-note'), 'a class needs a name').toContainText('Say first what it is');
  const name = page.getByLabel('What it is');
  const rows = page.getByTestId('snapshots').locator('tbody tr');
  await name.fill('cup');
  await playground.button('Take ten').click();
  await expect(rows.first()).toContainText('10', { timeout: 90_000 });
  await expect(page.locator('#snapshot-note')).toContainText('take pictures of a second one');
  await expect(playground.button('Make a data set of them')).toBeDisabled();
  await name.fill('pen/pencil');
  for (const count of [1, 2, 3]) {
    await playground.button('Take a picture').click();
    await expect(rows.nth(1)).toContainText(`pen pencil${count}`);
  }
  await playground.button('Remove the last picture of cup').click();
  await expect(rows.first()).toHaveText(/cup\s*9/);
  await playground.button('Make a data set of them').click();
  await expect(page.getByTestId('images-note')).toContainText(/camera-[\d-]{16}: 2 classes, 9 training images, 3 held-out images/);
  await expect(page.getByTestId('images-of-classes').locator('tbody tr'), 'shown as any other').toHaveText([/cup\s*7\s*2/, /pen pencil\s*2\s*1/]);
  await playground.button('Turn the camera off').click();
  await expect(page.locator('#images-panel video')).toHaveCount(0);
  await playground.button('Play').click();
  await playground.waitForPhase(/Finished/);
  expect(await playground.losses(), 'two whole batches of four').toHaveLength(2);
  playground.expectNoComplaints();
});
