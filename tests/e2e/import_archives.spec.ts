import { expect, test } from './fixtures';
import { Playground, cells } from './playground';

const fixture = (name: string) => `tests/fixtures/imports/${name}`;

test('archives as people pack them: old encodings, several at once, and those that are not read', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu');
  const panel = await playground.openTab('Data');
  const note = panel.getByRole('status', { name: 'Import' });
  const names = async () => (await cells(panel.getByRole('table', { name: 'Images by class' }))).map(([name]) => name);

  await panel.getByLabel('Files').setInputFiles(fixture('cp866.zip'));
  await expect(note).toContainText('cp866: 2 classes, 4 training images, 2 held-out images.');
  await expect.poll(names, 'Russian folders stay apart').toEqual(['кот', 'пёс']);

  await panel.getByLabel('Files').setInputFiles(fixture('password.zip'));
  await expect(note).toContainText('Nothing was imported: password.zip is protected with a password: unpack the archive');
  expect(await names(), 'what was there stays').toEqual(['кот', 'пёс']);

  await panel.getByLabel('Files').setInputFiles(['cp437.zip', 'pets_tar_without_ending', 'pets.7z'].map(fixture));
  await expect(note).toContainText('pets.7z is a 7z archive');
  await expect.poll(names, 'two archives go together, the third is left out').toEqual(['Käse', 'Kühe', 'Möwe', 'cats', 'dogs']);
  playground.expectNoComplaints();
});
