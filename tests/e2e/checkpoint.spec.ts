import { expect, test } from './fixtures';
import { Playground, shownIn } from './playground';

/** Saves a checkpoint of the run, under a path that `info` gives. */
async function saveCheckpoint(playground: Playground, path: string): Promise<string> {
  const panel = await playground.openTab('Code & weights');
  const download = playground.page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Checkpoint' }).click();
  await (await download).saveAs(path);
  return path;
}

/** Chooses a file to start from, and waits until the page says what it is used as. */
async function startFrom(playground: Playground, file: string) {
  const sheet = await playground.openSettings('Start from');
  await sheet.getByLabel('Weights or checkpoint').setInputFiles(file);
  await expect.poll(async () => shownIn(sheet.getByRole('combobox', { name: 'Use as' }))).toMatch(/checkpoint/i);
}

test('a checkpoint sets the controls of a fresh page and goes on with the same losses', async ({ page }, info) => {
  const link = 'device=cpu&filters=2&batch=8&images=80&held-out=8&epochs=2&seed=3&classes=0-1-2-3&activation=gelu&switched=1.0';
  let playground = await Playground.open(page, link);
  await playground.train();
  const unbroken = await playground.losses();
  expect(unbroken).toHaveLength(20);

  playground = await Playground.open(page, link);
  for (let step = 1; step <= 3; step += 1) await playground.step();
  const file = await saveCheckpoint(playground, info.outputPath('checkpoint.safetensors'));

  playground = await Playground.open(page, 'device=cpu');
  const panel = await playground.openTab('Code & weights');
  await panel.getByRole('button', { name: 'Checkpoint' }).click({ force: true });
  await expect(panel.getByText(/no run to save/i).first(), 'nothing is silently ignored').toBeVisible();
  await startFrom(playground, file);
  await playground.expectSetting('Activation', 'GELU');
  await playground.closeSettings();
  await expect(playground.field('Start filters')).toHaveValue('2');
  await expect(playground.skip(2, 1, false), 'the block without its skip connection').toBeVisible();
  await expect(playground.skip(1, 1, true)).toBeVisible();
  await playground.train();
  expect(await playground.losses(), 'to the last bit').toEqual(unbroken.slice(3));
  playground.expectNoComplaints();
});

for (const seed of ['9007199254740993', '18446744073709551615']) {
  test(`a checkpoint of seed ${seed}, which is no number of JavaScript, is imported and goes on`, async ({ page }, info) => {
    const link = `device=cpu&filters=2&batch=8&images=80&held-out=8&epochs=1&seed=${seed}`;
    let playground = await Playground.open(page, link);
    await playground.train();
    const unbroken = await playground.losses();

    playground = await Playground.open(page, link);
    await playground.step();
    const file = await saveCheckpoint(playground, info.outputPath('checkpoint.safetensors'));

    playground = await Playground.open(page, 'device=cpu');
    await startFrom(playground, file);
    await playground.expectSetting('Seed', seed);
    await expect(page).toHaveURL(new RegExp(`seed=${seed}(&|$)`));
    await playground.train();
    expect(await playground.losses(), 'the same images in the same order, to the last bit').toEqual(unbroken.slice(1));
    playground.expectNoComplaints();
  });
}
