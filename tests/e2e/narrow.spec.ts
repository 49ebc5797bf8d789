import { type Page, expect, test } from './fixtures';
import { picture, zip } from './pictures';
import { Playground, TABS } from './playground';

/** A word that breaks nowhere. */
const word = (letter: string) => letter.repeat(90);
const CLASSES = [word('W'), word('m')];
const RUN = 'device=cpu&filters=2&batch=2&held-out=4&epochs=2';

/** Twelve pictures of two classes, and what an import leaves out. */
function upload(): Buffer {
  const images = CLASSES.flatMap((name, of) =>
    Array.from({ length: 6 }, (_, place): [string, Buffer] => [`${word('p')}/${name}/${word('f')}-${place}.png`, picture([40 * place, 100 * of, 90])]),
  );
  return zip([...images, [`${word('p')}/${CLASSES[0]}/${word('x')}.heic`, Buffer.from('no picture')]]);
}

/** The page does not scroll sideways. What reaches beyond its edge is told. */
async function expectNothingSideways(page: Page, where: string) {
  const found = await page.evaluate(() => {
    const [root, body] = [document.documentElement, document.body];
    const isBeyond = (element: Element) => element.checkVisibility() && element.getBoundingClientRect().right > root.clientWidth + 1;
    const beyond = [...body.querySelectorAll('*')].filter((element) => isBeyond(element) && ![...element.children].some(isBeyond));
    const told = beyond.map((element) => `${element.localName} “${(element.textContent ?? '').trim().slice(0, 30)}”`);
    return { width: Math.max(root.scrollWidth, body.scrollWidth), window: window.innerWidth, told: told.slice(0, 12) };
  });
  expect.soft(found.width, `${where} is wider than the window: ${found.told.join(', ')}`).toBeLessThanOrEqual(found.window);
}

for (const width of [360, 320]) {
  test(`at ${width} px names of ninety letters push nothing sideways`, async ({ page }) => {
    await page.setViewportSize({ width, height: 780 });
    const playground = await Playground.open(page, RUN);
    await expectNothingSideways(page, 'the page at rest');
    await playground.drop(page.getByRole('main'), `${word('z')}.zip`, upload());
    const note = playground.panel('Data').getByRole('status', { name: 'Import' });
    await expect(note).toContainText('2 classes');
    await expectNothingSideways(page, 'the note of the import');
    await expect(playground.playButton).toBeEnabled();
    await playground.train();
    await playground.reset();
    await playground.type('Depth', '20');
    await playground.step();
    await playground.runs.getByLabel(/^Name of run 1/).fill(word('r'));
    await expectNothingSideways(page, 'a run with a long name');
    for (const tab of TABS) {
      const panel = await playground.openTab(tab);
      await expectNothingSideways(page, `the tab “${tab}”`);
      for (const folded of await panel.getByRole('group').all()) {
        const summary = folded.locator('summary').first();
        if (await summary.isVisible()) await summary.click();
      }
      if (tab === 'Evaluate') {
        await panel.getByRole('button', { name: 'Evaluate on all test images' }).click();
        await expect(panel.getByRole('table', { name: /confusion/i })).toBeVisible();
      }
      await expectNothingSideways(page, `all of the tab “${tab}”`);
    }
    await playground.openSettings('Data');
    await expectNothingSideways(page, 'the settings');
    await playground.closeSettings();
    // What is refused is told with its name.
    await playground.drop(page.getByRole('main'), `${word('q')}.zip`, upload().subarray(0, 2000));
    await expect(note).toContainText('damaged or cut short');
    await expectNothingSideways(page, 'a file that is refused');
    await page.goto(`./?data=${word('d')}&${word('k')}=${word('v')}&recipe=${word('c')}`);
    await playground.waitUntilReady();
    await expectNothingSideways(page, 'a link that is not understood');
  });
}
