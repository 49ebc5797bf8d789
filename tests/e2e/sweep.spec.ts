import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Locator, expect, test } from './fixtures';
import { Playground } from './playground';

/** A sweep of the native program in two shards: see the README beside them. */
const SHARDS = ['shard-1.jsonl', 'shard-2.jsonl'].map((name) => fileURLToPath(new URL(`../fixtures/sweeps/${name}`, import.meta.url)));

interface Result {
  link: string;
  varied: Record<string, string>;
  seed: number;
  epochs: { held_out_accuracy: number; train_loss: number }[];
}

async function results(): Promise<Result[]> {
  const texts = await Promise.all(SHARDS.map((path) => readFile(path, 'utf8')));
  return texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line) as Result);
}

/** Held-out accuracies in the end, in percent, of the runs with these settings. */
function accuracies(all: Result[], depth: string, skips: string): number[] {
  const own = all.filter(({ varied }) => varied.depth === depth && varied.skips === skips);
  return own.map(({ epochs }) => 100 * epochs.at(-1)!.held_out_accuracy);
}

const table = (playground: Playground) => playground.runs.getByRole('table', { name: 'Imported results' });
const group = (playground: Playground, name: string) => table(playground).getByRole('row').filter({ hasText: name });
const said = (playground: Playground) => playground.runs.getByRole('status', { name: 'Import', exact: true });

/** Chooses files by the button, as a person does. */
async function choose(playground: Playground, files: Parameters<Locator['setInputFiles']>[0]) {
  const [chooser] = await Promise.all([playground.page.waitForEvent('filechooser'), playground.ofRuns('Import results').click()]);
  await chooser.setFiles(files);
}

test('the shards of a sweep become a table and curves with their spread', async ({ page }) => {
  const playground = await Playground.visit(page);
  const all = await results();
  await choose(playground, SHARDS);
  await expect(said(playground)).toHaveText(`${all.length} results were read.`);
  await expect(table(playground).getByRole('row'), 'a head and four settings').toHaveCount(5);
  for (const depth of ['11', '20']) {
    for (const skips of ['on', 'off']) {
      const values = accuracies(all, depth, skips);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
      const row = group(playground, `depth ${depth}, skips ${skips}`);
      await expect(row).toContainText(`${values.length} seeds`);
      await expect(row).toContainText(`${Math.min(...values).toFixed(1)}\u{a0}% to ${Math.max(...values).toFixed(1)}\u{a0}%`);
      await expect(row.getByRole('cell').last()).toHaveText(new RegExp(`^${mean.toFixed(1)}\\s*%\\s*± ${deviation.toFixed(1)}$`));
    }
  }
  const curves = await playground.curves('Held-out accuracy of the sweep');
  expect(curves.map((curve) => curve.split(' after ')[0].replace(/ \S+\s%$/, ''))).toEqual([
    'depth 11, skips off',
    'depth 11, skips on',
    'depth 20, skips off',
    'depth 20, skips on',
  ]);

  const drawn = page.getByRole('checkbox', { name: 'Draw the curves of depth 11, skips off' });
  await drawn.uncheck();
  await expect(playground.picture('Held-out accuracy of the sweep')).not.toHaveAccessibleName(/depth 11, skips off/);
  await expect(drawn, 'the focus stays').toBeFocused();
  await drawn.check();
  await expect(playground.picture('Training loss of the sweep')).toHaveAccessibleName(/depth 11, skips off \d/);

  const link = group(playground, 'depth 20, skips off').getByRole('link', { name: 'Open these settings: depth 20, skips off' });
  const opened = await Playground.visit(await page.context().newPage(), (await link.getAttribute('href'))!.replace('?', ''));
  await expect(opened.field('Depth')).toHaveValue('20');
  await expect(opened.skipSwitch).not.toBeChecked();
  playground.expectNoComplaints();
});

test('results that are dropped come to the runs, and are forgotten with a way back', async ({ page }) => {
  const playground = await Playground.open(page);
  const [first, second] = await Promise.all(SHARDS.map((path) => readFile(path, 'utf8')));
  const drop = (name: string, text: string) => playground.drop(page.getByRole('main'), name, Buffer.from(text));
  await drop('shard-1', first);
  await expect(said(playground)).toContainText('6 results were read.');
  // A shard that is under way still, and a line of the file before.
  await drop('shard-2.jsonl', first.split('\n')[0] + '\nepoch,loss\n' + second.slice(0, -40));
  await expect(said(playground)).toContainText('6 results were read. 1 run was there before: the later result counts. 1 line was cut off');
  await expect(said(playground)).toContainText('1 line is no result of a sweep');
  await expect(table(playground)).toBeVisible();

  await playground.ofRuns('Forget the results').click();
  await expect(table(playground)).toHaveCount(0);
  await expect(playground.ofRuns('Undo')).toBeFocused();
  await playground.ofRuns('Undo').click();
  await expect(table(playground)).toBeVisible();

  await choose(playground, { name: 'notes.jsonl', mimeType: '', buffer: Buffer.from('{"epoch": 1}\n') });
  await expect(said(playground)).toContainText('No results of a sweep were found');
  await expect(table(playground), 'nothing is lost').toBeVisible();
  playground.expectNoComplaints();
});
