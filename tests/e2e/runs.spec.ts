import { type Page, expect, test } from './fixtures';
import { Playground, shownIn, chooseOption } from './playground';

const SHORT = 'device=cpu&filters=2&batch=10&images=40&held-out=20&epochs=1';

/** The rows of a table that a button saves. */
async function table(playground: Playground, button: string): Promise<string[][]> {
  const saved = await playground.saved(() => playground.ofRuns(button).click());
  expect(saved.name, 'a name that says what it is').toMatch(/^resnet-playground-.*\.csv$/);
  const lines = saved.text.trimEnd().split('\r\n');
  // No name in these tables has a comma but the automatic ones, which are quoted.
  return lines.map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((found) => found[1].replace(/^"|"$/g, '')));
}

/** Two runs, with and without skip connections: the first kept, the second finished. */
async function twoRuns(page: Page): Promise<Playground> {
  const playground = await Playground.open(page, SHORT);
  await playground.train();
  await playground.reset();
  await expect(playground.run(1)).toContainText('4 steps');
  await playground.skipSwitch.click();
  await playground.train();
  return playground;
}

const comparison = (playground: Playground) => playground.runs.getByRole('status', { name: 'Comparison' });
const pair = async (playground: Playground) => [
  await shownIn(playground.runs.getByRole('combobox', { name: 'Compare run' })),
  await shownIn(playground.runs.getByRole('combobox', { name: 'with run' })),
];

test('runs are named, pinned, compared and saved, and survive a reload', async ({ page }) => {
  const playground = await twoRuns(page);
  const losses = await playground.losses();
  expect(losses.length, 'every step').toBe(4);

  const name = page.getByRole('textbox', { name: 'Name of run 1' });
  await name.fill('  with skips ');
  await name.press('Enter');
  await expect(name, 'trimmed').toHaveValue('with skips');
  const pin = (pressed?: boolean) => playground.runs.getByRole('button', { name: 'Pin run 1', pressed });
  await pin().click();
  await expect(pin(true)).toBeVisible();
  await expect(pin(), 'the focus stays').toBeFocused();
  await expect(playground.chart('Loss')).toContainText('1 · with skips');
  await expect(playground.currentRun).toContainText('4 steps');

  await playground.reload();
  await expect(playground.run(2), 'the run there was').toContainText('skips off');
  await expect(name).toHaveValue('with skips');
  await expect(pin(true)).toBeVisible();
  await expect(playground.picture('Loss'), 'the curves of both').toHaveAccessibleName(/1 · with skips \d+\.\d\d after .*run 2|run 2.* \d+\.\d\d after .*1 · with skips/);
  for (const run of ['1 · with skips', 'run 2']) {
    await expect(playground.chart('Loss'), 'its curve has a value in the legend').toContainText(new RegExp(`${run}\\s*\\d+\\.\\d\\d`));
  }

  await playground.ofRuns('Compare the two').click();
  const sentence = comparison(playground);
  await expect(sentence).toContainText('1 · with skips: skips on. Run 2: skips off. After 4 steps');
  const compared = await playground.curves('Loss');
  const wanted = [/^1 · with skips training/, /^1 · with skips held out/, /^run 2 training/, /^run 2 held out/];
  expect(compared, 'training and held out of both, nothing else').toHaveLength(wanted.length);
  wanted.forEach((curve, place) => expect(compared[place]).toMatch(curve));
  for (const number of [1, 2]) {
    const loss = /\b\d+\.\d\d\b/.exec(await playground.run(number).innerText());
    await expect(sentence, 'the numbers of the table').toContainText(String(loss?.[0]));
  }
  await playground.ofRuns('Show all runs').click();
  await expect(sentence).toBeEmpty();

  const [head, ...rows] = await table(playground, 'CSV');
  const second = rows.filter((row) => row[0] === '2');
  const column = (title: string) => head.indexOf(title);
  expect(rows.length, 'four steps and a pass of each run').toBe(10);
  const written = second.map((row) => row[column('training loss')]).filter(Boolean).map(Number);
  expect(written, 'the losses that were measured').toEqual(losses);
  expect(second[4][column('held-out accuracy')], 'the pass comes last').toMatch(/^0\.\d+$|^[01]$/);
  expect(second[0][column('skip connections')]).toBe('off');
  expect(second[0][column('link')], 'what repeats it').toContain('skips=off');
  const layers = await table(playground, 'CSV of layers');
  expect(layers.filter((row) => row[0] === '2' && row[5] === 'gradient norm').length, 'a norm for each layer').toBeGreaterThan(11);

  await page.getByRole('checkbox', { name: 'Draw the curves of run 1' }).uncheck();
  await expect(playground.chart('Loss')).not.toContainText('1 · with skips');
  await playground.ofRuns('Forget run 1').click();
  await expect(playground.run(1)).toHaveCount(0);
  await playground.reload();
  await expect(playground.run(2)).toBeVisible();
  await expect(playground.run(1), 'deleted is deleted').toHaveCount(0);
  playground.expectNoComplaints();
});

test('a run that was forgotten comes back by Undo, with its name, and the focus is not lost', async ({ page }) => {
  const playground = await twoRuns(page);
  const name = page.getByRole('textbox', { name: 'Name of run 1' });
  await name.fill('with skips');
  await name.press('Enter');
  await playground.ofRuns('Forget run 1').focus();
  await page.keyboard.press('Enter');
  await expect(playground.run(1)).toHaveCount(0);
  await expect(page.locator('body'), 'the keyboard is not sent to the start of the page').not.toBeFocused();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(playground.run(1)).toContainText('4 steps');
  await expect(name).toHaveValue('with skips');
  await playground.reload();
  await expect(name, 'for good').toHaveValue('with skips');
  playground.expectNoComplaints();
});

test('the pair that is chosen to be compared survives pinning, forgetting and the end of a run', async ({ page }) => {
  const playground = await Playground.open(page, SHORT);
  for (const filters of [2, 3, 4]) {
    await playground.type('Start filters', String(filters));
    await playground.train();
    await playground.reset();
    await expect(playground.run(filters - 1)).toBeVisible();
  }
  const lists = ['Compare run', 'with run'].map((name) => playground.runs.getByRole('combobox', { name }));
  const entries = (await lists[0].getByRole('option').allInnerTexts()).map((entry) => entry.trim());
  const of = (run: number) => entries.find((entry) => new RegExp(`^(run )?${run}\\b`).test(entry))!;
  await chooseOption(lists[0], of(1));
  await chooseOption(lists[1], of(2));
  const chosen = [of(1), of(2)];
  await expect.poll(() => pair(playground), { message: 'not the newest two' }).toEqual(chosen);

  await playground.ofRuns('Pin run 3').click();
  await expect.poll(() => pair(playground), { message: 'after pinning' }).toEqual(chosen);
  await playground.ofRuns('Compare the two').click();
  await expect(comparison(playground)).toContainText(/After 4 steps/);
  const sentence = await comparison(playground).innerText();

  await playground.train();
  await expect.poll(() => pair(playground), { message: 'after the end of another run' }).toEqual(chosen);
  await playground.reset();
  await expect(playground.run(4)).toBeVisible();
  await expect.poll(() => pair(playground), { message: 'and when it is kept' }).toEqual(chosen);
  await playground.ofRuns('Forget run 3').click();
  await expect(playground.run(3)).toHaveCount(0);
  await expect.poll(() => pair(playground), { message: 'after another one was forgotten' }).toEqual(chosen);
  await expect(comparison(playground), 'and is still compared').toHaveText(sentence);

  await playground.ofRuns('Forget run 1').click();
  await expect(comparison(playground), 'one of the two is gone').toBeEmpty();
  expect((await pair(playground))[1], 'the other stays').toBe(chosen[1]);
  playground.expectNoComplaints();
});

test('a run under way is kept when the page is left', async ({ page }) => {
  const playground = await Playground.open(page, `${SHORT.replace('epochs=1', 'epochs=500')}`);
  await playground.play();
  await playground.waitForMoreStepsThan(2);
  await playground.reload();
  await expect(playground.run(1)).toContainText(/\d+ steps/);
  playground.expectNoComplaints();
});

test('stored runs that cannot be read are left out in a sentence', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('runs', 'bm8gcnVucw=='));
  const playground = await Playground.open(page, SHORT);
  await expect(page.getByRole('status').filter({ hasText: 'could not be read' })).toBeVisible();
  await expect(playground.runs.getByRole('row').filter({ hasText: /\d steps?/ })).toHaveCount(0);
  playground.expectNoComplaints();
});

test('a storage that is full or forbidden is said once and loses nothing', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  const playground = await twoRuns(page);
  await expect(page.getByRole('status').filter({ hasText: 'cannot be kept for the next visit' })).toHaveCount(1);
  await expect(playground.run(1)).toHaveCount(1);
  await expect(playground.currentRun).toHaveCount(1);
  playground.expectNoComplaints();
});
