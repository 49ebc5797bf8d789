import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures';
import { Playground } from './playground';
import { tensors } from './safetensors';

const SHIPPED = new URL('../../www/data/trained/cifar-8-classes.safetensors', import.meta.url);

test('a frozen trunk stays as it is to the bit while a new head learns two classes it has never seen', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&batch=20&epochs=6');
  const sheet = await playground.openSettings('Start from');
  await sheet.getByRole('button', { name: /fine-tune on ships and trucks/i }).click();
  await expect(sheet.getByText(/cifar-8-classes\.safetensors/)).toBeVisible();
  await playground.train();

  const losses = await playground.losses();
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(losses.slice(-5)), 'the head learns').toBeLessThan(0.8 * mean(losses.slice(0, 5)));
  expect(await playground.heldOutAccuracy(), 'and tells images apart that it was not trained on').toBeGreaterThan(0.65);

  const panel = await playground.openTab('Code & weights');
  const { bytes } = await playground.saved(() => panel.getByRole('button', { name: 'Weights for Keras' }).click());
  const saved = tensors(bytes);
  const shipped = tensors(await readFile(SHIPPED));
  const isHead = (name: string) => /^head\.dense/.test(name);
  for (const [name, values] of saved) {
    if (!isHead(name)) expect(values === shipped.get(name), `${name} of the trunk is unchanged`).toBe(true);
    if (name.endsWith('.kernel') && isHead(name)) expect(values === shipped.get(name), `${name} of the head has moved`).toBe(false);
  }
  expect(saved.size, 'all weights of both networks').toBe(shipped.size);
  playground.expectNoComplaints();
});

test('a file that is no weights file gets a sentence, and the run starts without it', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&images=40&held-out=20&batch=20&epochs=1&filters=2');
  const pickle = { name: 'model.pt', mimeType: 'application/octet-stream', buffer: Buffer.from([0x80, 0x02, 0x7d, 0x71, 0, 0x2e]) };
  const sheet = await playground.openSettings('Start from');
  await sheet.getByLabel('Weights or checkpoint').setInputFiles(pickle);
  await expect(sheet.getByText(/model\.pt is not used\. This is a pickle .* a pickle can run code/)).toBeVisible();
  await playground.train();
  playground.expectNoComplaints();
});
