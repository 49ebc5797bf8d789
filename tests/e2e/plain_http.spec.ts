// A page over plain http, from another name than localhost: a classroom's machine. Browsers give it neither a GPU nor storage
// nor the clipboard, and it trains all the same.
import { type Page, expect, test } from './fixtures';
import { CLASSROOM } from '../../playwright.config';
import { Playground } from './playground';

const RUN = 'filters=2&batch=8&images=80&held-out=16&epochs=2';

/** The page from that name. */
const open = async (page: Page, query: string) => {
  const playground = await Playground.open(page, query, `${CLASSROOM}/playground`);
  expect(await page.evaluate(() => [isSecureContext, typeof caches]), 'a page that gets nothing').toEqual([false, 'undefined']);
  return playground;
};

const notKept = /This run is not kept for the next visit: browsers keep nothing for a page over plain http, so open it over https or from localhost\./g;

test('a run trains on the CPU to its end, pauses, and says once that it is not kept', async ({ page }) => {
  const playground = await open(page, RUN);
  await expect(playground.device).toHaveText(/^CPU/);
  await playground.step();
  await playground.play();
  await playground.waitForStatus(/Finished/);
  expect(await playground.stepsDone(), 'two epochs of ten steps').toBe(20);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect((await playground.thisRun.innerText()).match(notKept), 'one sentence').toHaveLength(1);
  await expect(playground.thisRun, 'beside why it trains on the CPU').toContainText(/WebGPU needs a page over https or from localhost.*trains on the CPU/);
  playground.expectNoComplaints();
});

test('a longer run goes on where it would be saved', async ({ page }) => {
  // Saved every five seconds, and at every pause.
  const playground = await open(page, RUN.replace('epochs=2', 'epochs=400'));
  await playground.play();
  await playground.waitForMoreStepsThan(60);
  await playground.pause();
  await playground.waitForStatus(/Paused/);
  await playground.play();
  await playground.waitForMoreStepsThan(80);
  expect((await playground.thisRun.innerText()).match(notKept), 'one sentence').toHaveLength(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
  playground.expectNoComplaints();
});

test('Share copies the link, or offers it to be copied', async ({ page }) => {
  const playground = await open(page, `${RUN}&depth=20`);
  await page.getByRole('button', { name: 'Share' }).click();
  const sheet = page.getByRole('dialog', { name: 'Share' });
  await expect(sheet.getByRole('textbox', { name: 'Link to this experiment' })).toHaveValue(/^http:\/\/classroom\.test.*depth=20/);
  await sheet.getByRole('button', { name: 'Copy link' }).click();
  const [copied, byHand] = [sheet.getByText('Link copied'), sheet.getByText(/The text is selected/)];
  await expect(copied.or(byHand)).toBeVisible();
  if (!(await byHand.isVisible())) {
    await page.keyboard.press('Escape');
    const field = page.getByRole('searchbox', { name: 'Find a layer' });
    await field.focus();
    await page.keyboard.press('ControlOrMeta+v');
    await expect(field).toHaveValue(/^http:\/\/classroom\.test.*depth=20/);
  }
  playground.expectNoComplaints();
});

test('a link to images of the visitor’s own says why they are not here, and the page’s own are used', async ({ page }) => {
  const playground = await open(page, `${RUN}&data=pets`);
  await expect(page.getByText(/“pets” is not here: browsers keep images for pages over https or from localhost alone/i)).toBeVisible();
  await expect(page.getByText(/import it under Data/)).toHaveCount(0);
  await playground.train();
});

test('whitening, which has to be kept, says what it needs', async ({ page }) => {
  const playground = await open(page, `${RUN}&normalise=zca`);
  await playground.play();
  await expect(page.getByRole('alert')).toContainText(/cannot be kept.*over https or from localhost/, { timeout: 120_000 });
});
