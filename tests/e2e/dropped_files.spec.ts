import { readFile } from 'node:fs/promises';
import { type Locator, expect, test } from './fixtures';
import { pets, picture, zip } from './pictures';
import { LessonsPanel } from './pages/lessons';
import { Playground } from './playground';

const QUICK = 'device=cpu&filters=2&batch=8&images=40&held-out=8&epochs=1';

/** Weights of the tutorial's network with 8 start filters, as Keras saved them. */
const KERAS_WEIGHTS = new URL('../fixtures/keras_depth11_filters8/weights.safetensors', import.meta.url);

/** Drops a file on the page, where nothing takes files by itself. */
const drop = (playground: Playground, name: string, bytes: Buffer, type = '') => playground.drop(playground.page.getByRole('main'), name, bytes, type);

/** Drags a text, such as an address, over something and lets it go. */
async function dropText(over: Locator, kind: string, text: string) {
  const dataTransfer = await over.page().evaluateHandle(
    ([kind, text]) => {
      const transfer = new DataTransfer();
      transfer.setData(kind, text);
      return transfer;
    },
    [kind, text] as const,
  );
  await over.dispatchEvent('dragover', { dataTransfer });
  await over.dispatchEvent('drop', { dataTransfer });
}

test('a picture that is dropped anywhere is looked at', async ({ page }) => {
  const playground = await Playground.open(page, QUICK);
  await playground.train();
  await drop(playground, 'red', picture([200, 10, 10]));
  const panel = playground.panel('Feature maps');
  await expect(panel, 'its tab opens').toBeVisible();
  await expect(panel.getByRole('status', { name: 'Prediction' })).toHaveText(/predicts/);
  playground.expectNoComplaints();
});

test('weights that are dropped anywhere are where the next run starts, and their network opens with one click', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&depth=20&filters=4&batch=8&images=40&held-out=8&epochs=1');
  await drop(playground, 'weights', await readFile(KERAS_WEIGHTS));
  const panel = playground.panel('Code & weights');
  await expect(panel, 'its tab opens').toBeVisible();
  await expect(panel.getByText(/This file is of a network of depth 11 with 8 filters/)).toBeVisible();
  await panel.getByRole('button', { name: 'Open that network' }).click();
  await expect(playground.field('Depth')).toHaveValue('11');
  await expect(playground.field('Start filters')).toHaveValue('8');
  await expect(panel.getByText(/This file is of a network/)).toHaveCount(0);
  await playground.train();
  playground.expectNoComplaints();
});

test('a file that only looks like weights is named, and nothing changes', async ({ page }) => {
  const playground = await Playground.open(page, QUICK);
  await drop(playground, 'model.safetensors', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 123456789\n'));
  await expect(page.getByText(/model\.safetensors is not used\. This is a pointer of Git LFS/)).toBeVisible();
  await playground.train();
  playground.expectNoComplaints();
});

test('an archive becomes a data set, whatever tab is open', async ({ page }) => {
  const playground = await Playground.open(page, QUICK);
  await playground.openTab('Feature maps');
  await drop(playground, 'pets.zip', zip(pets(5)));
  await expect(playground.panel('Data').getByRole('status', { name: 'Import' })).toContainText('pets: 2 classes');
  playground.expectNoComplaints();
});

test('while something is dragged the page says what will become of it', async ({ page }) => {
  const playground = await Playground.open(page);
  const dataTransfer = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([], 'cat.png', { type: 'image/png' }));
    return transfer;
  });
  const hint = page.getByText('Drop the picture: the network looks at it');
  await playground.page.getByRole('main').dispatchEvent('dragover', { dataTransfer });
  await expect(hint).toBeVisible();
  await playground.page.getByRole('main').dispatchEvent('dragleave', { dataTransfer });
  await expect(hint).toHaveCount(0);
});

test('a link of any page like this one is opened, another address gets a word, and the page stays', async ({ page }) => {
  const playground = await Playground.open(page, QUICK);
  const main = page.getByRole('main');
  await dropText(main, 'text/uri-list', 'https://example.org/playground/?v=1&depth=29&amp;filters=4.');
  await expect(playground.field('Depth')).toHaveValue('29');
  await expect(playground.field('Start filters')).toHaveValue('4');
  await dropText(main, 'text/uri-list', 'https://example.org/cats.jpg');
  await expect(page.getByText(/Drop the file itself: the page fetches nothing from other sites/)).toBeVisible();
  await expect(playground.field('Depth'), 'nothing changes').toHaveValue('29');
  expect(new URL(page.url()).hostname, 'the page is still there').not.toBe('example.org');
  playground.expectNoComplaints();
});

test('a link that is dropped on the course leaves it, and its experiment stays', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&depth=38');
  const course = new LessonsPanel(playground);
  await course.opener.click();
  await expect(course.heading('depth')).toBeVisible();
  await dropText(page.getByRole('main'), 'text/uri-list', 'https://example.org/playground/?v=1&depth=29&filters=4');
  await expect(course.panel).toHaveCount(0);
  await expect(playground.field('Depth')).toHaveValue('29');
  await expect(playground.field('Start filters')).toHaveValue('4');
});
