import { type Page, expect, test } from './fixtures';
import { Playground } from './playground';

const RUN = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1';

/** The sheet behind the button of the header. */
async function openSheet(page: Page) {
  await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  const sheet = page.getByRole('dialog', { name: 'Share' });
  await expect(sheet).toBeVisible();
  return {
    sheet,
    link: sheet.getByRole('textbox', { name: 'Link to this experiment' }),
    element: sheet.getByRole('textbox', { name: 'Element of our script' }),
    frame: sheet.getByRole('textbox', { name: 'Frame, for pages without scripts' }),
    code: sheet.getByRole('img', { name: 'QR code of the link' }),
    withMyCurve: sheet.getByRole('switch', { name: 'With my curve' }),
  };
}

test('the keyboard alone copies the link: Share, Enter, Escape', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const playground = await Playground.open(page, `${RUN}&depth=20`);
  const button = page.getByRole('banner').getByRole('button', { name: 'Share' });
  await button.focus();
  await page.keyboard.press('Enter');
  const copy = page.getByRole('dialog', { name: 'Share' }).getByRole('button', { name: 'Copy link' });
  await expect(copy, 'what most people want is one key away').toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Link copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeHidden();
  await expect(button, 'where the reader was').toBeFocused();
  playground.expectNoComplaints();
});

test('the QR code is saved as it is seen', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=20');
  const { sheet, code } = await openSheet(page);
  const seen = await code.innerHTML();
  const saved = await playground.saved(() => sheet.getByRole('button', { name: 'Save QR code' }).click());
  expect(saved.name).toBe('resnet-playground-link.svg');
  const dots = /<path d="([^"]+)"/.exec(saved.text)![1];
  expect(seen, 'the same dots').toContain(dots);
  // The corner that every reader looks for: seven dark dots behind a margin of four.
  expect(dots).toMatch(/^M4 4h7v1h-7z/);
  playground.expectNoComplaints();
});

test('a link with my curve and a goal shows both to whoever opens it', async ({ page }) => {
  const playground = await Playground.open(page, RUN);
  await playground.train();
  const { sheet, link, withMyCurve } = await openSheet(page);
  const before = await link.inputValue();
  await withMyCurve.click();
  await expect(link).toHaveValue(/&curve=1[\w-]+z$/);
  await sheet.getByRole('combobox', { name: 'Goal for readers' }).selectOption('accuracy');
  await sheet.getByRole('textbox', { name: 'To reach' }).fill('140');
  await expect(sheet.getByText('The accuracy of a goal is at most 100: 100 is used.')).toBeVisible();
  await sheet.getByRole('textbox', { name: 'To reach' }).fill('1');
  await expect(link).toHaveValue(/&goal=accuracy:1@60s&curve=/);
  const shared = await link.inputValue();
  expect(shared.startsWith(before)).toBe(true);
  expect(shared.length).toBeLessThan(2000);
  const loss = await playground.lastValue('Loss', 'training');

  await page.goto('about:blank');
  await page.goto(shared);
  await playground.waitUntilReady();
  const goal = playground.thisRun.getByRole('group', { name: 'Goal of the link' });
  await expect(goal).toContainText('1 % of held-out images right in 60 s of training – press Play');
  expect((await playground.curves('Loss')).join(), 'before a run the author’s curve is alone').toMatch(/the author’s training [\d.]+ after/);
  expect(Math.abs((await playground.lastValue('Loss', 'the author’s training')) - loss)).toBeLessThan(loss);
  await playground.train();
  const names = (await playground.curves('Loss')).map((curve) => curve.replace(/ [\d.]+ after.*/, ''));
  expect(names, 'and the run that this browser kept').toEqual(['your training', 'your held out', 'the author’s training', 'run 1']);
  expect((await playground.curves('Accuracy')).join()).toContain('the author’s held out');
  await expect(playground.chart('Loss').getByText('the author’s training')).toBeVisible();

  // They stay when the settings change, and can be taken away.
  await playground.type('Epochs', '2');
  await expect(page).toHaveURL(/epochs=2.*goal=.*curve=/);
  await playground.thisRun.getByRole('button', { name: 'Remove curve' }).click();
  await goal.getByRole('button', { name: 'Remove goal' }).click();
  await expect(goal).toHaveCount(0);
  expect((await playground.curves('Loss')).join()).toMatch(/^training /);
  await expect(page).not.toHaveURL(/goal=|curve=/);
  playground.expectNoComplaints();
});

test('snippets embed the experiment as it was chosen', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const playground = await Playground.open(page, 'depth=29&skips=off&goal=accuracy:55@60s');
  const { sheet, element, frame } = await openSheet(page);
  await sheet.getByRole('combobox', { name: 'Beside the curve' }).selectOption('experiments');
  await sheet.getByRole('combobox', { name: 'Colours' }).selectOption('dark');
  await sheet.getByRole('combobox', { name: 'Loads' }).selectOption('visible');
  for (const part of ['Settings', 'Runs']) await sheet.getByRole('button', { name: part, exact: true }).click();
  const folder = new URL('.', page.url()).href;
  await expect(element).toHaveValue(
    `<script src="${folder}resnet-playground.js"></script>\n<resnet-playground v="1" depth="29" skips="off" theme="dark" view="experiments" ` +
      'hide="settings-runs" goal="accuracy:55@60s" start="visible" title="ResNet Playground: depth 29, skips off"></resnet-playground>',
  );
  // In a page of somebody else's: this one lets no text become a frame.
  const host = await context.newPage();
  const shown = await host.evaluate((html) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    const frame = template.content.querySelector('iframe')!;
    return { src: frame.getAttribute('src'), title: frame.title, allow: frame.allow, loading: frame.loading };
  }, await frame.inputValue());
  await host.close();
  expect(shown).toEqual({
    src: `${folder}?v=1&depth=29&skips=off&embed=1&theme=dark&view=experiments&hide=settings-runs&goal=accuracy:55@60s`,
    title: 'ResNet Playground: depth 29, skips off',
    allow: 'fullscreen',
    loading: 'lazy',
  });
  await sheet.getByRole('button', { name: 'Copy frame' }).click();
  await expect(sheet.getByText('Frame copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await frame.inputValue());
  playground.expectNoComplaints();
});

test('on a phone the sheet is as wide as the window and nothing of it is cut off', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const playground = await Playground.open(page, 'depth=20');
  const { sheet } = await openSheet(page);
  const [inner, outer] = await sheet.evaluate((dialog) => [dialog.scrollWidth, dialog.clientWidth]);
  expect(inner, 'nothing to scroll sideways').toBeLessThanOrEqual(outer);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  playground.expectNoComplaints();
});
