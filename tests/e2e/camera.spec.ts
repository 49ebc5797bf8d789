import { type Locator, expect, test } from './fixtures';
import { Playground, cells } from './playground';
import config from '../../playwright.config';

// A camera that Chromium makes up: a moving disc on green.
const made_up = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const launch = config.use?.launchOptions;
test.use({ launchOptions: { ...launch, args: [...(launch?.args ?? []), ...made_up] } });

const SMALL = 'device=cpu&filters=2&batch=8&images=80&held-out=8&epochs=1';

/** Until its first frame is there no picture can be taken, and the page says so. */
const seesSomething = (live: Locator) =>
  expect.poll(() => live.evaluate((video) => (video as HTMLVideoElement).videoWidth), 'the camera’s first frame').toBeGreaterThan(0);

test('the camera shows what it sees until a picture is taken, and the network looks at that', async ({ page }) => {
  const playground = await Playground.open(page, SMALL);
  const panel = await playground.openTab('Feature maps');
  const use = panel.getByRole('button', { name: 'Use the camera' });
  const live = panel.getByLabel('What the camera sees');
  await expect(use, 'there is no network to look yet').toBeDisabled();
  await playground.step();
  // The second time before the camera is there.
  await use.dblclick();
  await expect(live, 'one camera').toHaveCount(1);
  await seesSomething(live);
  await panel.getByRole('button', { name: 'Take the picture' }).click();
  await expect(panel.getByRole('img', { name: 'Your own image' })).toBeVisible();
  await expect(live, 'the camera is off').toHaveCount(0);
  playground.expectNoComplaints();
});

test('without a camera the page says what would do', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  const playground = await Playground.open(page, SMALL);
  await playground.step();
  const panel = await playground.openTab('Feature maps');
  await panel.getByRole('button', { name: 'Use the camera' }).click();
  await expect(panel.getByText(/There is no camera/)).toBeVisible();
  playground.expectNoComplaints();
});

test('pictures by class from the camera become a data set to train on', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=4&epochs=1');
  const panel = await playground.openTab('Data');
  const press = (name: string) => panel.getByRole('button', { name, exact: true }).click();
  await press('Turn the camera on');
  await press('Take a picture');
  await expect(panel.getByText('Say first what it is'), 'a class needs a name').toBeVisible();
  const name = panel.getByRole('textbox', { name: 'What it is' });
  const taken = panel.getByRole('table', { name: 'Pictures taken' });
  const counts = async () => (await cells(taken)).map(([name, count]) => `${name} ${count}`);
  await name.fill('cup');
  await press('Take ten');
  await expect.poll(counts, { timeout: 90_000 }).toEqual(['cup 10']);
  await expect(panel.getByText('take pictures of a second one')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Make a data set of them' })).toBeDisabled();
  await name.fill('pen/pencil');
  for (const count of [1, 2, 3]) {
    await press('Take a picture');
    await expect.poll(counts).toEqual(['cup 10', `pen pencil ${count}`]);
  }
  await press('Remove the last picture of cup');
  await expect.poll(counts).toEqual(['cup 9', 'pen pencil 3']);
  await press('Make a data set of them');
  await expect(panel.getByText(/camera-[\d-]{16}: 2 classes, 9 training images, 3 held-out images/)).toBeVisible();
  const classes = panel.getByRole('table', { name: 'Images by class' });
  await expect.poll(async () => (await cells(classes)).map((row) => row.slice(0, 3)), { message: 'shown as any other' }).toEqual([
    ['cup', '7', '2'],
    ['pen pencil', '2', '1'],
  ]);
  await press('Turn the camera off');
  await expect(panel.getByLabel('What the camera sees')).toHaveCount(0);
  await playground.train();
  expect(await playground.losses(), 'two batches of four and the ninth image').toHaveLength(3);
  playground.expectNoComplaints();
});
