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
