import { readFileSync } from 'node:fs';
import { type Locator, expect, test } from './fixtures';
import { pets, picture, zip } from './pictures';
import { Playground, cells, chooseOption, enter, shownIn } from './playground';

const note = (playground: Playground) => playground.panel('Data').getByRole('status', { name: 'Import' });
const classes = (playground: Playground) => playground.panel('Data').getByRole('table', { name: 'Images by class' });
const dataSet = (playground: Playground) => playground.panel('Data').getByRole('combobox', { name: 'Data set' });

/** Class, training and held-out images of each row. */
const counts = async (table: Locator) => (await cells(table)).map((row) => row.slice(0, 3));

/** Drops a file on the page, anywhere. */
const drop = (playground: Playground, name: string, bytes: Buffer) => playground.drop(playground.page.getByRole('main'), name, bytes);

test('pictures dropped in a zip become a data set that trains, stays, and is in the link', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&epochs=1');
  await drop(playground, 'My pets.zip', zip([...pets(10), ['pets/cats/photo.psd', Buffer.from('8BPS\0\x01')]]));
  await expect(note(playground)).toContainText('my-pets: 2 classes, 16 training images, 4 held-out images.');
  await expect(note(playground)).toContainText('1 file was left out: pets/cats/photo.psd is a Photoshop document: export as PNG.');
  await expect.poll(() => counts(classes(playground))).toEqual([
    ['cats', '8', '2'],
    ['dogs', '8', '2'],
  ]);
  await expect(classes(playground).getByRole('img')).not.toHaveCount(0);
  for (const pet of ['cats', 'dogs']) await expect(classes(playground).getByRole('row', { name: new RegExp(`^${pet}`) }).getByRole('img').first()).toBeVisible();
  expect(page.url(), 'the link names it, and which images it means').toMatch(/data=my-pets-[0-9a-f]{8}(&|$)/);

  await playground.train();
  const losses = await playground.losses();
  expect(losses.length, 'sixteen images in batches of eight are two steps').toBe(2);
  expect(losses.every(Number.isFinite), 'with losses').toBe(true);

  await playground.reload();
  await expect(playground.controls.getByText('of 16 · my-pets')).toBeVisible();
  playground.expectNoComplaints();
});

test('a data set of ones own is trained on whole, that of the page by its usual number', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2');
  await expect(playground.controls.getByText(/of 1,000 · CIFAR-10/)).toBeVisible();
  const files = ['cats', 'dogs'].flatMap((folder, place) =>
    Array.from({ length: 702 }, (_, index): [string, Buffer] => [`many/${folder}/${index}.png`, picture([90 * place, index % 256, index >> 8])]),
  );
  await drop(playground, 'Many.zip', zip(files));
  await expect(note(playground)).toContainText('many: 2 classes, 1,124 training images, 280 held-out images.', { timeout: 60_000 });
  await expect(playground.controls.getByText('of 1,124 · many')).toBeVisible();
  await expect(playground.field('Training images')).toHaveValue('1124');
  await expect(playground.panel('Data').getByText('1,124 of 1,124 training images and 280 of 280 held-out images are used')).toBeVisible();
  await expect(page, 'the link has the number').toHaveURL(/images=1124/);
  await playground.step();
  // 36 steps of ten epochs: 35 whole batches and the four images that are left.
  expect((await playground.progress())[1]).toBe(360);
  await playground.reset();
  await chooseOption(dataSet(playground), 'CIFAR-10, starter');
  await expect(playground.field('Training images')).toHaveValue('1000');
  await enter(playground.field('Training images'), '200');
  await chooseOption(dataSet(playground), 'many');
  await expect(playground.field('Training images'), 'fewer were chosen').toHaveValue('200');
});

test('a broken file gets a sentence that says where, and nothing is lost', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu');
  await drop(playground, 'pets.zip', zip(pets(5)));
  await expect(note(playground)).toContainText('pets: 2 classes');
  await drop(playground, 'data_batch_1.bin', Buffer.alloc(3073 * 2 + 100, 3));
  await expect(note(playground)).toHaveText('Nothing was imported: record 3 of 3 is cut short in data_batch_1.bin: it has 100 of 3,073 bytes.');
  await drop(playground, 'pets.zip', zip(pets(5)).subarray(0, 2000));
  await expect(note(playground)).toContainText('pets.zip is damaged or cut short');
  await expect(note(playground), 'wherever the page was scrolled to').toBeInViewport();
  await expect(playground.controls.getByText('of 8 · pets'), 'the former data set is still chosen').toBeVisible();
  await expect.poll(() => counts(classes(playground))).toHaveLength(2);
  await expect(playground.playButton).toBeEnabled();
});

test('a link to images of another browser says so and uses those of the page', async ({ page }) => {
  const playground = await Playground.open(page, 'data=my-birds&filters=2');
  await expect(page.getByText('The data set “my-birds” is not in this browser')).toBeVisible();
  await expect(playground.controls.getByText(/of 1,000 · CIFAR-10/)).toBeVisible();
  await expect(playground.playButton).toBeEnabled();
});

test('files are chosen too, a full disk is said, and a data set can be deleted', async ({ page }) => {
  const playground = await Playground.open(page);
  const panel = await playground.openTab('Data');
  await expect.poll(() => counts(classes(playground))).toHaveLength(10);
  await panel.getByRole('textbox', { name: 'Images per class' }).fill('4');
  await panel.getByLabel('Files').setInputFiles({ name: 'pets.zip', mimeType: 'application/zip', buffer: zip(pets(20)) });
  await expect(note(playground)).toContainText('pets-4-per-class: 2 classes, 8 training images, 2 held-out images.');

  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1000 });
  await drop(playground, 'cars.zip', zip(pets(40)));
  await expect(note(playground)).toContainText('the browser has no room for these images');
  await expect(playground.controls.getByText('of 8 · pets-4-per-class'), 'what was there is as it was').toBeVisible();
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin });

  await chooseOption(dataSet(playground), 'CIFAR-10, starter');
  await expect(playground.controls.getByText(/of 1,000 · CIFAR-10/)).toBeVisible();
  await chooseOption(dataSet(playground), 'pets-4-per-class');
  await panel.getByRole('button', { name: 'Delete pets-4-per-class' }).click();
  await expect(note(playground)).toContainText('pets-4-per-class is deleted.');
  await expect.poll(async () => (await dataSet(playground).getByRole('option').allInnerTexts()).map((name) => name.trim())).toEqual(['CIFAR-10, starter']);
  expect(await shownIn(dataSet(playground))).toBe('CIFAR-10, starter');
  expect(page.url(), 'the link no longer names it').not.toContain('data=');
});

test('a second upload of the same name has a name of its own, and each link means its own images', async ({ page, browser }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&epochs=1');
  const names = async () => (await dataSet(playground).getByRole('option').allInnerTexts()).map((name) => name.trim());
  const linkOf = () => /data=([^&]*)/.exec(page.url())?.[1] ?? '';
  await drop(playground, 'pets.zip', zip(pets(5)));
  await expect(note(playground)).toContainText('pets: 2 classes, 8 training images');
  const first = linkOf();
  await drop(playground, 'pets.zip', zip(pets(10)));
  await expect(note(playground)).toContainText('pets (2): 2 classes, 16 training images');
  await expect(playground.controls.getByText('of 16 · pets (2)')).toBeVisible();
  const second = linkOf();
  expect([first, second].map((link) => link.slice(0, 5)), 'the same name').toEqual(['pets-', 'pets-']);
  expect(second, 'other images').not.toBe(first);
  await expect.poll(names).toEqual(['CIFAR-10, starter', 'pets', 'pets (2)']);

  await drop(playground, 'other name.zip', zip(pets(5)));
  await expect(note(playground)).toHaveText('You have these images already: pets. Nothing was stored twice.');
  await expect.poll(names).toEqual(['CIFAR-10, starter', 'pets', 'pets (2)']);
  expect(linkOf(), 'they are chosen').toBe(first);
  const heldOut = playground.panel('Data').getByRole('textbox', { name: 'Held out, %' });
  await heldOut.fill('40');
  await heldOut.press('Tab');
  await drop(playground, 'pets.zip', zip(pets(5)));
  await expect(note(playground), 'other choices are another data set').toContainText('pets (3): 2 classes, 6 training images, 4 held-out images.');

  for (const [link, images] of [
    [first, 'of 8 · pets'],
    [second, 'of 16 · pets (2)'],
  ]) {
    const opened = await Playground.open(page, `data=${link}&filters=2`);
    await expect(opened.controls.getByText(images, { exact: true })).toBeVisible();
  }
  const former = await Playground.open(page, 'data=pets&filters=2');
  await expect(page.getByText('this browser has 3 data sets called so')).toContainText(`“pets (2)” (data=${second})`);
  await expect(former.controls.getByText(/CIFAR-10/)).toBeVisible();

  const elsewhere = await browser.newContext();
  const stranger = await Playground.open(await elsewhere.newPage(), `data=${first}&filters=2`);
  await drop(stranger, 'pets.zip', zip(pets(10)));
  await expect(stranger.controls.getByText('of 16 · pets')).toBeVisible();
  const visited = await Playground.open(stranger.page, `data=${first}&filters=2`);
  await expect(stranger.page.getByText(`The data set “${first}” is not in this browser`)).toContainText('other images');
  await expect(visited.controls.getByText(/of 1,000 · CIFAR-10/)).toBeVisible();
  await elsewhere.close();
});

test('a link of a former page means the only data set of its name', async ({ page }) => {
  const playground = await Playground.open(page);
  await drop(playground, 'pets.zip', zip(pets(5)));
  await expect(note(playground)).toContainText('pets: 2 classes');
  const link = /data=([^&]*)/.exec(page.url())![1];
  const opened = await Playground.open(page, 'data=pets&filters=2');
  await expect(opened.controls.getByText('of 8 · pets')).toBeVisible();
  await expect(page, 'it says which from now on').toHaveURL(new RegExp(`data=${link}`));
  opened.expectNoComplaints();
});

test('a data set that a former page kept still opens, and an import that was broken off leaves nothing', async ({ page }) => {
  const playground = await Playground.open(page);
  await drop(playground, 'pets.zip', zip(pets(5)));
  await expect(note(playground)).toContainText('pets: 2 classes');
  const files = () =>
    page.evaluate(async () => {
      const store = await caches.open('resnet-playground-images');
      return (await store.keys()).map((request) => request.url.replace(/^.*imported\//, '')).sort();
    });
  await page.evaluate(async () => {
    const store = await caches.open('resnet-playground-images');
    for (const request of await store.keys()) {
      const kept = (await store.match(request))!;
      const address = request.url.replace(/pets-[0-9a-f]{8}/, 'pets');
      if (request.url.endsWith('manifest.json')) {
        const { content, ...manifest } = await kept.json();
        await store.put(address, new Response(JSON.stringify(manifest)));
      } else {
        await store.put(address, kept);
      }
      await store.delete(request);
      await store.put(address.replace('/pets/', '/birds-00c0ffee/').replace('manifest.json', 'train-001.png'), new Response('half'));
    }
  });
  const former = await Playground.open(page, 'data=pets&filters=2');
  await expect(former.controls.getByText('of 8 · pets')).toBeVisible();
  await former.openTab('Data');
  await expect.poll(async () => (await files()).filter((file) => !file.startsWith('pets/')), 'what nobody finds is gone').toEqual([]);
  expect((await files()).length, 'two shards and the manifest').toBe(3);
});

const PICTURES = new URL('../fixtures/imports/', import.meta.url);

/** The same file so often in each of two classes. */
const copies = (file: string, ending: string, each: number): [string, Buffer][] =>
  ['cats', 'dogs'].flatMap((pet) =>
    Array.from({ length: each }, (_, index): [string, Buffer] => [`pets/${pet}/${index}.${ending}`, readFileSync(new URL(file, PICTURES))]),
  );

/** The pixel in that row and column of the first picture of a class. */
const pixel = (pictures: Locator, row: number, column: number) =>
  pictures.evaluate(
    (canvas, [row, column]) => [...(canvas as HTMLCanvasElement).getContext('2d')!.getImageData(column, row, 1, 1).data.slice(0, 3)],
    [row, column],
  );

for (const [format, file, ending] of [
  ['WebP', 'red_blue.webp', 'webp'],
  ['WebP under a JPEG’s name', 'red_blue.webp', 'jpg'],
  ['AVIF, which the browser decodes', 'red_blue.avif', 'avif'],
]) {
  test(`pictures are read as ${format}`, async ({ page }) => {
    const playground = await Playground.open(page, 'device=cpu');
    await drop(playground, 'pets.zip', zip(copies(file, ending, 5)));
    await expect(note(playground)).toContainText('pets: 2 classes, 8 training images, 2 held-out images.');
    await expect(note(playground)).not.toContainText('left out');
    await expect.poll(() => counts(classes(playground))).toEqual([
      ['cats', '4', '1'],
      ['dogs', '4', '1'],
    ]);
    const cats = classes(playground).getByRole('row', { name: /^cats/ }).getByRole('img').first();
    const [left, right] = [await pixel(cats, 16, 4), await pixel(cats, 16, 27)];
    expect(left[0] > 200 && left[2] < 60, `red on the left: ${left}`).toBe(true);
    expect(right[2] > 200 && right[0] < 60, `blue on the right: ${right}`).toBe(true);
    playground.expectNoComplaints();
  });
}

test('pictures that this browser cannot read are named with what to do, the commonest first', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu');
  const heic: [string, Buffer][] = ['cats', 'dogs'].flatMap((pet) =>
    Array.from({ length: 4 }, (_, index): [string, Buffer] => [`p/${pet}/IMG_${index}.HEIC`, Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')]),
  );
  await drop(playground, 'heic.zip', zip(heic));
  await expect(note(playground)).toContainText(
    'Nothing was imported: no picture could be used: 8 are HEIC pictures, which this browser cannot read (p/cats/IMG_0.HEIC, p/cats/IMG_1.HEIC, p/cats/IMG_2.HEIC, …): save as JPEG',
  );
});

test('classes in the names of files are offered, and taken without choosing the files again', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu');
  const files = Array.from({ length: 10 }, (_, index): [string, Buffer] => [`train/${index % 2 ? 'dog' : 'cat'}.${index}.png`, picture([index, 50, 90])]);
  await drop(playground, 'names.zip', zip(files));
  await expect(note(playground)).toContainText('their names look like classes: cat (5), dog (5)');
  const panel = playground.panel('Data');
  const take = panel.getByRole('button', { name: 'Take classes from file names' });
  await take.click();
  await expect(note(playground)).toContainText('names: 2 classes, 8 training images, 2 held-out images. The classes come from the file names.');
  await expect(take).toBeHidden();
  await expect(panel.getByRole('switch', { name: 'Take classes from file names' })).toBeChecked();
  await expect.poll(() => counts(classes(playground))).toEqual([
    ['cat', '4', '1'],
    ['dog', '4', '1'],
  ]);
});

test('a table beside pictures in one folder gives the classes', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu');
  const files = Array.from({ length: 10 }, (_, index): [string, Buffer] => [`train/${index}.png`, picture([index, 50, 90])]);
  const rows = files.map((_, index) => `${index},${index % 2 ? 'frog' : 'truck'}\n`).join('');
  await drop(playground, 'cifar.zip', zip([...files, ['trainLabels.csv', Buffer.from(`id,label\n${rows}`)]]));
  await expect(note(playground)).toContainText('cifar: 2 classes, 8 training images, 2 held-out images. The classes come from the table trainLabels.csv.');
});
