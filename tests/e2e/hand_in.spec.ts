import AxeBuilder from '@axe-core/playwright';
import { writeFile } from 'node:fs/promises';
import { type Page, expect, test } from './fixtures';
import { Playground } from './playground';

const RUN = 'device=cpu&filters=2&batch=10&images=40&held-out=20&epochs=2';
const EVIL = '<img src=x onerror="document.title=\'taken\'"> & "so on"';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const sheet = (page: Page, name: string) => page.getByRole('dialog', { name });

/** A report as its reader opens it: a file on a disk. */
async function read(page: Page, html: string, path: string): Promise<Page> {
  await writeFile(path, html);
  const reader = await page.context().newPage();
  await reader.goto(`file://${path}`);
  return reader;
}

test('a report has the student\'s text, the numbers of the page, and links that repeat the runs', async ({ page }, testInfo) => {
  const playground = await Playground.open(page, RUN);
  await playground.train();
  await playground.reset();
  await page.getByRole('button', { name: 'Pin run 1' }).click();
  await playground.skipSwitch.click();
  await playground.train();
  await playground.ofRuns('Save as report').click();
  const form = sheet(page, 'Save as report');
  await expect(form).toContainText('The pinned runs are chosen.');
  await expect(form.getByRole('checkbox', { name: /^run 1: / })).toBeChecked();
  await form.getByRole('checkbox', { name: /^run 2: / }).check();
  expect((await new AxeBuilder({ page }).withTags(RULES).analyze()).violations).toEqual([]);
  await form.getByLabel('Your name (optional)').fill('Ada');
  await form.getByLabel('Your text').fill(`Skips help.\n\n${EVIL}`);
  const saved = await playground.saved(() => form.getByRole('button', { name: 'Save the report' }).click());
  expect(saved.name).toBe('resnet-playground-report.html');
  await expect(form.getByRole('status', { name: 'Report' })).toContainText('saved');
  await page.keyboard.press('Escape');
  const rows = await playground.runs.getByRole('table', { name: 'Runs' }).getByRole('row').allInnerTexts();

  const reader = await read(page, saved.text, testInfo.outputPath('report.html'));
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('Report by Ada');
  await expect(reader.getByText(EVIL), 'as it was typed').toBeVisible();
  await expect(reader).toHaveTitle(/Report by Ada/);
  const numbers = reader.getByRole('region', { name: 'Numbers of the runs' });
  for (const number of [1, 2]) {
    const cells = await numbers.getByRole('row').filter({ hasText: `run ${number}` }).getByRole('cell').allInnerTexts();
    const [loss, accuracy] = [cells[1], /^\S+\s%/.exec(cells[3])![0]];
    const shown = rows.find((row) => new RegExp(`^\\s*${number}\\b`).test(row))!;
    expect(shown, `the loss of run ${number}`).toContain(loss);
    expect(shown.replace(/\s/g, ' '), `its accuracy`).toContain(accuracy.replace(/\s/g, ' '));
  }
  await expect(reader.getByRole('region', { name: 'Settings that differ' }).getByRole('row', { name: /Skip connections/ })).toHaveText(/on\s*off/);
  await expect(reader.getByRole('img', { name: /^Training loss: run 1 \d.*run 2 \d/ })).toBeVisible();
  for (const width of [400, 1000]) {
    await reader.setViewportSize({ width, height: 800 });
    expect(await reader.evaluate(() => document.documentElement.scrollWidth), 'nothing sticks out').toBeLessThanOrEqual(width);
  }
  const { violations } = await new AxeBuilder({ page: reader }).withTags(RULES).analyze();
  expect(violations).toEqual([]);

  const link = await reader.getByRole('link').first().getAttribute('href');
  expect(link).toContain('filters=2');
  playground.expectNoComplaints();
});

test('what is written stays for the next visit, and without a pinned run the newest is taken', async ({ page }) => {
  const playground = await Playground.open(page, RUN);
  await playground.step();
  await playground.ofRuns('Save as report').click();
  const form = sheet(page, 'Save as report');
  await expect(form).toContainText('No run is pinned: the newest is chosen.');
  await form.getByLabel('Your text').fill('Half a thought');
  const box = form.getByRole('checkbox', { name: /^run 1: / });
  await box.uncheck();
  await expect(form.getByRole('button', { name: 'Save the report' })).toBeDisabled();
  await expect(form.getByRole('status', { name: 'Report' })).toHaveText('Choose at least one run.');
  await playground.reload();
  await playground.ofRuns('Save as report').click();
  await expect(form.getByLabel('Your text')).toHaveValue('Half a thought');
  playground.expectNoComplaints();
});

test('a run is saved as a notebook, from its code and from the list of runs', async ({ page }) => {
  const playground = await Playground.open(page, `${RUN}&depth=20&classes=0-3-5`);
  const code = await playground.openTab('Code & weights');
  const forKeras = code.getByRole('button', { name: 'Notebook for Keras' });
  await expect(forKeras).toBeDisabled();
  await expect(code.getByRole('status', { name: 'Notebook' })).toContainText('no run yet');
  await playground.train();
  const saved = await playground.saved(() => forKeras.click());
  expect(saved.name).toBe('resnet_20_keras.ipynb');
  const notebook = JSON.parse(saved.text);
  expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
  const source = (id: string) => notebook.cells.find((cell: { id: string }) => cell.id === id).source.join('');
  expect(source('network'), 'the code that the page shows').toContain('def build_resnet_model():');
  expect(source('images')).toContain('CLASSES = ["airplane", "cat", "dog"]');
  expect(source('weights')).toContain('resnet-20-keras-weights.safetensors');
  const losses = await playground.losses();
  for (const [place, loss] of losses.entries()) {
    const listed = new RegExp(`\\(${place + 1}, ([\\d.e-]+), `).exec(source('curve'))![1];
    expect(Number(listed), `step ${place + 1}`).toBeCloseTo(loss, 4);
  }

  await playground.ofRuns('Save as notebook').click();
  const form = sheet(page, 'Save as notebook');
  expect((await new AxeBuilder({ page }).withTags(RULES).analyze()).violations).toEqual([]);
  await form.getByRole('combobox', { name: 'Library' }).selectOption('PyTorch');
  const other = await playground.saved(() => form.getByRole('button', { name: 'Save the notebook' }).click());
  expect(other.name).toBe('resnet_20_pytorch.ipynb');
  expect(other.text).toContain('class ResNet(nn.Module)');
  playground.expectNoComplaints();
});
