import { expect, test } from '@playwright/test';
import { Playground } from './playground';

/** Two classes and narrow networks: what they show after a few hundred steps is in docs/experiments.md, for three seeds. */
const SMALL = 'device=cpu&filters=4&batch=16&classes=1-6&images=160&held-out=100';

/** Asks one of the questions and gives the answer. */
async function answer(playground: Playground, question: string): Promise<string> {
  const button = playground.button(question);
  await button.click();
  // The settings end every answer.
  const finding = playground.measured('experiment-finding');
  await expect(finding).toContainText('All with', { timeout: 240_000 });
  await expect(button, 'and it can be asked again').toBeEnabled();
  return finding.innerText();
}

/** `[[1.2e-3, 4e-9], …]` from every `(from 1.2e-3 to 4e-9)`. */
function changes(sentence: string): number[][] {
  return [...sentence.matchAll(/\(from (\S+) to (\S+)\)/g)].map((found) => [Number(found[1]), Number(found[2])]);
}

/** The numbers that the groups of `pattern` hold. */
function numbers(sentence: string, pattern: RegExp): number[] {
  const found = pattern.exec(sentence);
  expect(found, `${pattern} in: ${sentence}`).not.toBeNull();
  return (found ?? []).slice(1).map(Number);
}

/** What the legend of a chart says of a curve. */
async function legend(playground: Playground, chart: string, curve: string): Promise<number> {
  const entry = playground.page.getByRole('region', { name: chart, exact: true }).locator('.chart-entry', { hasText: curve });
  return Number(await entry.locator('strong').innerText());
}

test('with skip connections a network of depth 29 learns what it does not learn without', async ({ page }) => {
  const playground = await Playground.open(page, `${SMALL}&depth=29&batch-norm=off&epochs=10`);
  const said = await answer(playground, 'Skips on against off');
  const [withSkips, without] = numbers(said, /loss ends at ([\d.]+) with skip connections and at ([\d.]+) without/);
  // Guessing between two classes gives ln 2 = 0.693.
  expect(without, `without, it still guesses: ${said}`).toBeGreaterThan(0.66);
  expect(withSkips, `with, it has learnt: ${said}`).toBeLessThan(0.6);
  const [first] = changes(said);
  expect(first[0] / first[1], `the gradient in stage 1 at the first step: ${said}`).toBeGreaterThan(100);
  expect(said, 'the settings are said').toContain('4 start filters, without batch norm, batches of 16 from 160 images');
  expect(await legend(playground, 'Loss of each network', 'without'), 'both curves are drawn').toBeGreaterThan(0.6);
  expect(await legend(playground, 'Gradients at the first step', 'with skip connections')).toBeGreaterThan(0);
  expect(await playground.stepsDone(), 'no run was begun').toBe(0);
  playground.expectNoComplaints();
});

test('a deeper plain network ends with a larger training loss; a deeper residual network does not', async ({ page }) => {
  const playground = await Playground.open(page, `${SMALL}&epochs=6`);
  const asked = answer(playground, 'Deeper is not better');
  await expect(playground.button('Where gradients die'), 'one at a time').toBeDisabled();
  await expect(playground.measured('experiment-progress')).toContainText(/Network \d of 8, .*step \d+ of/);
  const said = await asked;
  const losses = numbers(said, /ends at ([\d.]+) at depth 11 and ([\d.]+) at depth 38; without, at ([\d.]+) at depth 11 and ([\d.]+) at depth 38/);
  const [shallow, deep, plainShallow, plainDeep] = losses;
  expect(plainDeep - plainShallow, `plain networks degrade: ${said}`).toBeGreaterThan(0.15);
  expect(deep - shallow, `residual networks do not: ${said}`).toBeLessThan(0.1);
  const plot = page.getByRole('region', { name: 'Loss by depth' });
  await expect(plot.locator('.chart-dot'), 'four depths, twice').toHaveCount(8);
  playground.expectNoComplaints();
});

test('a trained residual network goes on without one of its blocks where the plain one falls to guessing', async ({ page }) => {
  const playground = await Playground.open(page, `${SMALL}&depth=20&epochs=30`);
  const said = await answer(playground, 'Leave out and swap blocks');
  const [whole] = numbers(said, /residual network gets (\d+) % of 100 held-out/);
  expect(whole, `it has learnt: ${said}`).toBeGreaterThan(65);
  const [residual, plain] = [...said.matchAll(/without one block (\d+) % on average/g)].map((found) => Number(found[1]));
  // Guessing gives 50 %, whether the plain network had learnt something before or not: seeds differ in that.
  expect(plain, said).toBeLessThan(60);
  expect(residual - plain, said).toBeGreaterThan(7);
  const chart = page.getByRole('region', { name: 'Without one block' });
  await expect(chart.locator('.chart-dot'), 'whole and each block; but for the shapes of the plain one').toHaveCount(7 + 4);
  playground.expectNoComplaints();
});

test('at depth 56 skip connections carry the gradient that dies without them, and batch norm alone makes it explode', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=56&device=cpu&batch=8&images=40&held-out=20&epochs=1');
  const said = await answer(playground, 'Skips × batch norm');
  const [withoutNorm, withNorm, withoutNormAtTheEnd, withNormAtTheEnd] = changes(said);
  expect(withoutNorm[0] / withoutNorm[1], 'without batch norm the first stage has at least 100 times less').toBeGreaterThan(100);
  expect(withNorm[1] / withNorm[0], 'with batch norm it has more, not less').toBeGreaterThan(3);
  expect(withoutNormAtTheEnd[0], 'the last step is measured as well').toBeGreaterThan(0);
  expect(withNormAtTheEnd[1]).toBeGreaterThan(0);
  expect(await legend(playground, 'Gradients at the last step', 'skip connections alone'), 'and drawn').toBeGreaterThan(0);
  playground.expectNoComplaints();
});

test('deeper plain networks get less and less gradient', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&batch=4&filters=4');
  const said = await answer(playground, 'Where gradients die');
  expect(said).toContain('from depth 11 to 110');
  const [[shallow, deep]] = changes(said);
  expect(shallow, 'depth 11 learns').toBeGreaterThan(0);
  expect(shallow / deep, 'depth 110 does not').toBeGreaterThan(100);
  playground.expectNoComplaints();
});

test('version 1 begins with the larger gradient in stage 1, and the page says how far both came', async ({ page }) => {
  const playground = await Playground.open(page, `${SMALL}&depth=29&epochs=4`);
  const said = await answer(playground, 'Version 1 against 2');
  const [second, first] = numbers(said, /loss ends at ([\d.]+) in version 2 and at ([\d.]+) in version 1/);
  // Which is ahead after so few steps depends on rounding, and in two figures they may be equal; the gradients at the first
  // step, which tell the two networks apart, do not.
  for (const loss of [second, first]) expect(loss, said).toBeGreaterThan(0);
  const [[ofSecond, ofFirst]] = changes(said);
  expect(ofFirst / ofSecond, `the gradient in stage 1 at the first step: ${said}`).toBeGreaterThan(2);
  expect(await legend(playground, 'Gradients at the last step', 'version 1')).toBeGreaterThan(0);
  playground.expectNoComplaints();
});

test('Stop ends an experiment, keeps what was measured, and leaves the run alone', async ({ page }) => {
  const playground = await Playground.open(page, `${SMALL}&epochs=10`);
  await playground.button('Deeper is not better').click();
  await expect(playground.measured('experiment-progress')).toContainText('Network 2 of 8', { timeout: 60_000 });
  await playground.button('Stop the experiment').click();
  await expect(playground.measured('experiment-finding')).toContainText('Stopped before its end');
  await expect(page.getByRole('region', { name: 'Loss by depth' }).locator('.chart-dot'), 'the network that was done').toHaveCount(1);
  await expect(playground.button('Stop the experiment')).toBeHidden();
  await playground.button('Step').click();
  await expect(playground.measured('step'), 'a run can begin').toHaveText('1');
  playground.expectNoComplaints();
});

test('each block of the run is left out in turn, and the run goes on from where it was', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=29&device=cpu&filters=2&batch=10&images=100&held-out=100&epochs=2');
  const measure = playground.button('Leave out each block in turn');
  await expect(measure, 'there is nothing trained yet').toBeDisabled();
  await playground.button('Play').click();
  await playground.waitForPhase(/Finished/);
  await measure.click();
  await expect(measure, 'it is busy').toBeDisabled();
  await expect(playground.measured('phase')).toHaveText(/Leaving out and swapping blocks/);
  const finding = playground.measured('lesion-finding');
  await expect(finding).toContainText('After step 20 the whole network gets', { timeout: 60_000 });
  await playground.waitForPhase(/Finished/);
  const chart = page.getByRole('region', { name: 'Blocks of this run' });
  await expect(chart.locator('.chart-dot'), 'the whole network, nine blocks, three swaps').toHaveCount(13);
  const [whole] = numbers(await finding.innerText(), /gets (\d+) %/);
  expect(whole, 'the accuracy of the run').toBe(Math.round(100 * (await playground.heldOutAccuracy())));
  playground.expectNoComplaints();
});
