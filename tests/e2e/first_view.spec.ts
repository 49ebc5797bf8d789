import { expect, test } from './fixtures';
import { Playground, TABS } from './playground';

test('a visit says what this is, and its first steps can be dismissed for good', async ({ page }) => {
  const playground = await Playground.open(page);
  await expect(page).toHaveTitle('ResNet Playground');
  await expect(page.getByRole('heading', { level: 1, name: 'ResNet Playground' })).toBeVisible();
  const steps = page.getByRole('list').filter({ hasText: /deeper/i }).filter({ hasText: /skip/i }).filter({ hasText: /Play/ });
  await expect(steps.getByRole('listitem'), 'three numbered steps').toHaveCount(3);
  await page.getByRole('button', { name: 'Dismiss the first steps' }).click();
  await expect(steps).toHaveCount(0);
  await expect(page.locator('body'), 'the keyboard is not sent to the start of the page').not.toBeFocused();
  await playground.reload();
  await expect(page.getByRole('button', { name: 'Dismiss the first steps' })).toHaveCount(0);
  playground.expectNoComplaints();
});

test('the first view says only what is drawn', async ({ page }) => {
  const playground = await Playground.open(page);
  const legend = (word: string) => playground.network.getByText(word, { exact: true });
  const says = (words: RegExp) => playground.caption(words);
  /** Whether arcs that carry x unchanged are drawn: blocks after the first of a stage have them. */
  const expectDrawn = async ({ identity, projection }: { identity: boolean; projection: boolean }, why: string) => {
    for (const [word, isDrawn] of [['identity', identity], ['projection', projection]] as const) {
      await (isDrawn ? expect(legend(word), why).toBeVisible() : expect(legend(word), why).toBeHidden());
    }
    const carries = says(/arc carries x unchanged/);
    await (identity ? expect(carries, why).toBeVisible() : expect(carries, why).toBeHidden());
    if (projection && !identity) await expect(says(/1×1 convolution/), why).toBeVisible();
  };
  const depth = Number(await playground.field('Depth').inputValue());
  await expectDrawn({ identity: depth > 11, projection: true }, `the network a newcomer sees, of depth ${depth}`);
  await expect(legend('gradient'), 'no gradient was measured yet').toBeHidden();
  await playground.type('Depth', '20');
  await expectDrawn({ identity: true, projection: true }, 'depth 20');
  await expect(playground.skip(1, 2, true)).toBeVisible();
  await playground.type('Depth', '11');
  await expectDrawn({ identity: false, projection: true }, 'depth 11 has projections alone');
  await playground.skipSwitch.click();
  await expectDrawn({ identity: false, projection: false }, 'a plain network');
  playground.expectNoComplaints();
});

test('the legend names the gradient once it is drawn', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=8&epochs=1');
  await playground.step();
  await expect(playground.network.getByText(/^gradient/)).toBeVisible();
});

test('the keyboard skips to the network', async ({ page }) => {
  const playground = await Playground.open(page);
  await page.keyboard.press('Tab');
  const link = page.getByRole('link', { name: 'Skip to the network' });
  await expect(link).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const inNetwork = playground.network.locator(':focus');
  await expect(inNetwork, 'the next stop is in the network').toHaveCount(1);
});

test('no id is there twice, whatever is open', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=10&images=40&held-out=20&epochs=1');
  const twice = () =>
    page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
      return ids.filter((id, place) => ids.indexOf(id) !== place);
    });
  expect(await twice(), 'at first').toEqual([]);
  await playground.train();
  await playground.reset();
  await playground.train();
  for (const tab of TABS) {
    await playground.openTab(tab);
    expect(await twice(), tab).toEqual([]);
  }
  await playground.openTab('Feature maps');
  await playground.panel('Feature maps').getByRole('button', { name: 'Look at an image' }).click();
  await expect(playground.panel('Feature maps').getByRole('status', { name: 'Prediction' })).toContainText('predicts');
  expect(await twice(), 'with an image').toEqual([]);
  const sheet = await playground.openSettings();
  await expect(sheet.getByRole('tabpanel')).toBeVisible();
  expect(await twice(), 'with the sheet of settings over it').toEqual([]);
  playground.expectNoComplaints();
});

test.describe('with its service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('a visit asks for nothing that is not there, and complains of nothing', async ({ page }) => {
    const missing: string[] = [];
    page.on('response', (response) => response.status() >= 400 && missing.push(response.url()));
    page.on('requestfailed', (request) => missing.push(request.url()));
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    const playground = await Playground.open(page);
    for (const tab of TABS) await playground.openTab(tab);
    await playground.openSettings();
    expect(missing).toEqual([]);
    expect(warnings.filter((warning) => !/GPU|WebGPU|powerPreference/i.test(warning)), 'but for those of a machine without a GPU').toEqual([]);
    playground.expectNoComplaints();
  });
});
