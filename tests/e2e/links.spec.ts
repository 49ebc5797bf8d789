import { expect, test } from './fixtures';
import { Playground } from './playground';

const CLEAN = 'v=1&depth=29&filters=4&skips=off';

/** Links as they come back from mails, chats and documents. */
const COPIED = {
  'with entities of HTML and a sign of the sentence': '?depth=29&amp;filters=4&amp;skips=off).',
  'encoded as a whole': '?depth%3D29%26filters%3D4%26skips%3Doff',
  'behind a hash, in capitals, with trackers': '#?Depth=29&FILTERS=4&Skips=Off&utm_source=mail&fbclid=IwAR0',
};

for (const [how, link] of Object.entries(COPIED)) {
  test(`a link ${how} opens the same experiment, and the address becomes the clean one`, async ({ page }) => {
    const playground = await Playground.visit(page);
    await page.goto('about:blank');
    await page.goto(`./${link}`);
    await playground.waitUntilReady();
    await expect(playground.field('Depth')).toHaveValue('29');
    await expect(playground.field('Start filters')).toHaveValue('4');
    await expect(playground.skipSwitch).not.toBeChecked();
    await expect.poll(() => new URL(page.url()).search + new URL(page.url()).hash).toBe(`?${CLEAN}`);
    await expect(page.getByText(/The link says/), 'nothing to complain about').toHaveCount(0);
    playground.expectNoComplaints();
  });
}

test('what a link says and nobody understands is told once, and the rest is used', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=29&colour=red&colour=blue&images=1,000');
  await expect(page.getByText('The link says something this page does not know and ignores: “colour”.')).toHaveCount(1);
  await expect(page.getByText('images is a whole number: “1,000” is read as 1000.')).toBeVisible();
  await expect(playground.field('Depth')).toHaveValue('29');
});

test('a link that is written behind the hash of an open page is opened without leaving the run', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=8');
  await playground.step();
  await page.evaluate(() => {
    location.hash = 'depth=20&filters=2&device=cpu';
  });
  await expect(playground.field('Depth')).toHaveValue('20');
  await expect(page.getByText(/The settings are those of the link\. The run there is keeps its own/)).toBeVisible();
  expect(await playground.stepsDone(), 'the run is as it was').toBe(1);
});

test('a goal that is reached is shown and said once, one that is not says how far the run came', async ({ page }) => {
  const run = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1';
  const playground = await Playground.open(page, `${run}&goal=accuracy:1@10min`);
  const goal = playground.thisRun.getByRole('group', { name: 'Goal of the link' });
  await expect(goal).toContainText('Goal: 1 % of held-out images right in 10:00 min of training – press Play');
  const said = page.getByRole('status', { name: 'Goal' });
  await expect(said).toHaveText('');
  await playground.train();
  const reached = (await playground.heldOutAccuracy()) >= 0.01;
  await expect(goal).toContainText(reached ? /– reached after \d+ s \([\d.]+ %\)/ : /– not reached: 0\.0 % at best/);
  await expect(said).toHaveText(reached ? /^Goal: 1 % .* reached after/ : /^Goal: 1 % .* not reached/);

  await page.goto(`./?${run}&goal=loss:0.001@5steps`);
  await playground.waitUntilReady();
  await playground.train();
  await expect(goal).toContainText(/Goal: a training loss of 0\.001 in 5 steps – not reached: [\d.]+ at best, after \d steps?/);
  await expect(said).toHaveText(/not reached/);
  await page.goto(`./?${run}&goal=loss:100@5steps`);
  await playground.waitUntilReady();
  await playground.step();
  await expect(goal).toContainText(/– reached after 1 step \([\d.]+\)/);
  playground.expectNoComplaints();
});

test('a goal and a curve that cannot be read are told, and the experiment opens all the same', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=29&goal=accuracy:140@60s&curve=1AAAA');
  await expect(page.getByText('The accuracy of a goal is at most 100: 100 is used.')).toBeVisible();
  await expect(page.getByText(/The author's curve in the link is damaged or was cut off/)).toBeVisible();
  await expect(playground.thisRun.getByRole('group', { name: 'Goal of the link' })).toContainText('100 % of held-out images right');
  await expect(playground.field('Depth')).toHaveValue('29');
  await expect(page).toHaveURL(/goal=accuracy:100@60s$/);
  playground.expectNoComplaints();
});
