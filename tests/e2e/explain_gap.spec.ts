import AxeBuilder from '@axe-core/playwright';
import { type Page, expect, test } from './fixtures';
import { Playground, cells } from './playground';

const RUN = 'filters=2&batch=8&images=80&held-out=20&epochs=2&flip=on';

const button = (playground: Playground) =>
  playground.thisRun.getByRole('button', { name: 'Explain the gap between training and held-out accuracy' });
const sentence = (playground: Playground) => playground.thisRun.getByRole('status', { name: 'What makes the gap' });

/** `−1.5` or `+20.0` as a number, `80.0 %` too. */
const number = (text: string) => Number(text.replace('−', '-').replace(/[^\d.+-]/g, ''));

/** The passes and what each measured. */
async function passes(playground: Playground): Promise<string[][]> {
  const table = (await playground.unfold('Every pass in numbers', playground.thisRun)).getByRole('table');
  await expect(table.getByRole('row'), 'a head and six passes').toHaveCount(7);
  return cells(table);
}

/** The causes add up to the gap, in the table and in the picture's words. */
async function expectWholeGap(playground: Playground): Promise<string[][]> {
  const rows = await passes(playground);
  for (const [value, change] of [[1, 2], [3, 4]]) {
    const changes = rows.slice(1).map((row) => number(row[change]));
    const sum = changes.reduce((before, change) => before + change, 0);
    expect(sum, `${changes} of ${rows.map((row) => row[value])}`).toBeCloseTo(number(rows.at(-1)![value]) - number(rows[0][value]), 6);
  }
  const picture = playground.thisRun.getByRole('img', { name: /^Waterfall from training accuracy to held-out accuracy/ });
  await expect(picture).toHaveAccessibleName(new RegExp(`Training accuracy as reported: ${rows[0][1]};.*Held-out accuracy: ${rows.at(-1)![1]}`));
  return rows;
}

async function explain(page: Page, device: string, more = ''): Promise<string[][]> {
  const playground = await Playground.open(page, `device=${device}&${RUN}${more}`);
  await expect(button(playground), 'nothing to explain yet').toBeDisabled();
  await expect(button(playground)).toHaveAccessibleDescription(/Train, then pause/);
  await playground.train(280_000);
  await button(playground).click();
  await expect(sentence(playground)).toHaveText(/\d\.\d.*points/, { timeout: 280_000 });
  await playground.waitForStatus(/Finished/);
  const rows = await expectWholeGap(playground);
  expect(rows.map((row) => row[0])).toEqual([
    'Reported by training: mean over the epoch',
    'Training mode, the weights of now',
    '… without augmentation',
    '… without dropout',
    '… with moving statistics: training images in evaluation',
    'Held-out images in evaluation',
  ]);
  expect(number(rows.at(-1)![1]) / 100, 'what the page says elsewhere').toBeCloseTo(await playground.heldOutAccuracy(), 2);
  expect((await sentence(playground).innerText()).split(' ').length, 'a short sentence').toBeLessThanOrEqual(25);
  playground.expectNoComplaints();
  return rows;
}

test('one click splits the gap into causes that add up, on the CPU', async ({ page }) => {
  await explain(page, 'cpu');
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations).toEqual([]);
});

test('explaining a paused run changes none of its later losses', async ({ page }) => {
  const link = `device=cpu&${RUN}`;
  const undisturbed = await Playground.open(page, link);
  await undisturbed.train();
  const wanted = await undisturbed.losses();
  const playground = await Playground.open(page, link);
  await playground.step();
  await playground.step();
  await button(playground).click();
  await expect(sentence(playground)).toHaveText(/points/, { timeout: 60_000 });
  await playground.waitForStatus(/Paused/);
  await expectWholeGap(playground);
  await playground.train();
  expect(await playground.losses(), 'to the last digit').toEqual(wanted);
});

test('WebGPU explains the gap as the CPU does', async ({ page }) => {
  test.setTimeout(15 * 60_000);
  // So small a step that the devices' weights stay alike.
  const onGpu = await explain(page, 'webgpu', '&rate=0.0003&seed=3');
  const onCpu = await explain(page, 'cpu', '&rate=0.0003&seed=3');
  for (const [place, row] of onGpu.entries()) {
    const [loss, wanted] = [number(row[3]), number(onCpu[place][3])];
    expect(Math.abs(loss / wanted - 1), `${row[0]}: ${loss} on WebGPU, ${wanted} on the CPU`).toBeLessThan(0.05);
  }
});
