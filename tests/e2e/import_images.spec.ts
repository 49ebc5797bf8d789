import { type Page, expect, test } from '@playwright/test';
import { pets, zip } from './pictures';
import { Playground } from './playground';

/** Drops a file on the page, as from a file manager. */
async function drop(page: Page, name: string, bytes: Buffer) {
  const transfer = await page.evaluateHandle(
    ([name, bytes]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name));
      return transfer;
    },
    [name, bytes.toString('base64')] as const,
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

const note = (page: Page) => page.getByTestId('images-note');
const rows = (page: Page) => page.getByTestId('images-of-classes').locator('tbody tr');

test('pictures dropped in a zip become a data set that trains, stays, and is in the link', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&epochs=1');
  await drop(page, 'My pets.zip', zip([...pets(10), ['pets/cats/photo.heic', Buffer.from('no picture')]]));
  await expect(note(page)).toContainText('my-pets: 2 classes, 16 training images, 4 held-out images.');
  await expect(note(page)).toContainText('1 file was left out: pets/cats/photo.heic is neither PNG nor JPEG.');
  await expect(rows(page)).toHaveText([/^cats\s*8\s*2/, /^dogs\s*8\s*2/]);
  await expect(rows(page).getByRole('img')).toHaveCount(2);
  expect(page.url(), 'the link names it').toContain('data=my-pets');

  await playground.button('Play').click();
  await playground.waitForPhase(/Finished/);
  const losses = await playground.losses();
  expect(losses.length, 'sixteen images in batches of eight are two steps').toBe(2);
  expect(losses.every(Number.isFinite), 'with losses').toBe(true);

  await page.reload();
  await expect(playground.button('Play')).toBeEnabled();
  await expect(page.getByText('of 16 · my-pets')).toBeVisible();
  playground.expectNoComplaints();
});

test('a broken file gets a sentence that says where, and nothing is lost', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu');
  await drop(page, 'pets.zip', zip(pets(5)));
  await expect(note(page)).toContainText('pets: 2 classes');
  await drop(page, 'data_batch_1.bin', Buffer.alloc(3073 * 2 + 100, 3));
  await expect(note(page)).toHaveText('Nothing was imported: record 3 of 3 is cut short in data_batch_1.bin: it has 100 of 3,073 bytes.');
  await drop(page, 'pets.zip', zip(pets(5)).subarray(0, 2000));
  await expect(note(page)).toContainText('pets.zip is damaged or cut short');
  await expect(page.getByText('of 8 · pets'), 'the former data set is still chosen').toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await expect(playground.button('Play')).toBeEnabled();
});

test('a link to images of another browser says so and uses those of the page', async ({ page }) => {
  const playground = await Playground.open(page, 'data=my-birds&filters=2');
  await expect(page.getByText('The data set “my-birds” is not in this browser')).toBeVisible();
  await expect(page.getByText('of 1,000 · CIFAR-10, starter')).toBeVisible();
  await expect(playground.button('Play')).toBeEnabled();
});

test('files are chosen too, a full disk is said, and a data set can be deleted', async ({ page }) => {
  const playground = await Playground.open(page);
  await page.getByRole('heading', { name: 'Images', exact: true }).click();
  await expect(rows(page)).toHaveCount(10);
  await page.getByLabel('Images per class').fill('4');
  await page.getByLabel('Files').setInputFiles({ name: 'pets.zip', mimeType: 'application/zip', buffer: zip(pets(20)) });
  await expect(note(page)).toContainText('pets-4-per-class: 2 classes, 8 training images, 2 held-out images.');

  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1000 });
  await drop(page, 'cars.zip', zip(pets(20)));
  await expect(note(page)).toContainText('the browser has no room for these images');
  await expect(page.getByText('of 8 · pets-4-per-class'), 'what was there is as it was').toBeVisible();
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin });

  await page.getByLabel('Data set').selectOption({ label: 'CIFAR-10, starter' });
  await expect(page.getByText('of 1,000 · CIFAR-10, starter')).toBeVisible();
  await page.getByLabel('Data set').selectOption('pets-4-per-class');
  await playground.button('Delete pets-4-per-class').click();
  await expect(note(page)).toContainText('pets-4-per-class is deleted.');
  await expect(page.getByLabel('Data set').getByRole('option')).toHaveText(['CIFAR-10, starter']);
  expect(page.url(), 'the link no longer names it').not.toContain('data=');
});
