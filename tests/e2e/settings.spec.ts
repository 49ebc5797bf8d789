import { expect, test } from './fixtures';
import { Playground, SETTINGS_TABS, control, enter, expectAccepted, expectRefused, looksOf, shownIn } from './playground';

test('a setting is found by its name, its sentence, or a word of its list, whatever its tab', async ({ page }) => {
  const playground = await Playground.open(page);
  const sheet = await playground.openSettings();
  for (const [word, found, other] of [
    ['dropout', 'Stem dropout', 'Optimizer'],
    ['cosine', 'Schedule', 'Kernel size'],
    ['mirrored', 'Flip', 'Kernel size'],
    ['kernel', 'Kernel size', 'Schedule'],
  ]) {
    await playground.settingSearch.fill(word);
    await expect(control(sheet, found), `“${word}” leads to ${found}`).toBeVisible();
    await expect(control(sheet, other), `“${word}” has nothing to do with ${other}`).toBeHidden();
  }
  await playground.settingSearch.fill('no such setting');
  await expect(sheet.getByRole('combobox').or(sheet.getByRole('textbox'))).toHaveCount(0);
  await expect(sheet, 'it says so').toContainText(/No setting/);
  await playground.settingSearch.clear();
  await expect(sheet.getByRole('tablist')).toBeVisible();
  playground.expectNoComplaints();
});

test('what differs from the recipe is counted and marked, and is put back one by one or all together', async ({ page }) => {
  const playground = await Playground.open(page);
  await expect(playground.settingsButton).not.toContainText('changed');
  await playground.set('Learning rate', '0.01');
  await playground.set('Optimizer', 'SGD');
  await playground.set('Flip', 'off');
  await playground.closeSettings();
  await expect(playground.settingsButton).toContainText(/3 changed/);
  const sheet = await playground.openSettings('Training');
  await sheet.getByRole('button', { name: 'Put back Learning rate' }).click();
  await playground.expectSetting('Learning rate', '0.003');
  await expect(sheet.getByRole('button', { name: 'Put back Learning rate' })).toHaveCount(0);
  await expect(sheet).toContainText(/2 changed/);
  await expect(sheet.locator(':focus'), 'the keyboard stays in the sheet').not.toHaveCount(0);
  await sheet.getByRole('button', { name: 'Put all back' }).click();
  await sheet.getByRole('button', { name: 'Undo' }).click();
  await expect(sheet.getByRole('button', { name: /^Put back/ })).not.toHaveCount(0);
  await sheet.getByRole('button', { name: 'Put all back' }).click();
  await playground.expectSetting('Optimizer', 'AdamW');
  await playground.expectSetting('Flip', 'on');
  await expect(sheet.getByRole('button', { name: /^Put back/ })).toHaveCount(0);
  await expect(sheet.getByRole('button', { name: 'Undo' })).toBeVisible();
  await playground.set('Seed', '7');
  await expect(sheet.getByRole('button', { name: 'Undo' }), 'it would take back the seed as well').toBeHidden();
  await playground.closeSettings();
  await expect(playground.settingsButton).not.toContainText('changed');
  await expect.poll(() => shownIn(playground.recipe)).toBe('Quick · 1 min');
  await expect(page, 'the seed is the visitor’s').toHaveURL(/[?&]seed=7$/);
  playground.expectNoComplaints();
});

test('data set and classes are chosen among those that there are', async ({ page }) => {
  const playground = await Playground.open(page);
  const sheet = await playground.openSettings('Data');
  await expect(sheet.getByRole('combobox', { name: 'Data set' })).toBeVisible();
  const classes = sheet.getByRole('group', { name: 'Classes' });
  await classes.getByRole('button', { name: 'frog' }).click();
  await expect(page).toHaveURL(/classes=0-1-2-3-4-5-7-8-9/);
  await expect(classes).toContainText('9 of 10');
  playground.expectNoComplaints();
});

test('what does not apply is not shown', async ({ page }) => {
  const playground = await Playground.open(page);
  const sheet = await playground.openSettings('Training');
  const expectShown = async (label: string, isShown: boolean) => {
    await playground.settingSearch.fill(label);
    const found = control(sheet, label);
    await (isShown ? expect(found, label).toBeVisible() : expect(found, label).toBeHidden());
  };
  await playground.set('Optimizer', 'AdamW');
  await expectShown('Momentum', false);
  await expectShown('Nesterov', false);
  await expectShown('Weight decay', true);
  await playground.set('Optimizer', 'SGD');
  await expectShown('Momentum', true);
  await expectShown('Nesterov', true);
  await playground.set('Schedule', 'One cycle');
  await expectShown('Drop factor', false);
  await expectShown('Drops', false);
  await playground.set('Schedule', 'Step');
  await expectShown('Drop factor', true);
  await expectShown('Plateau factor', false);
  await playground.set('Plateau patience', '2');
  await expectShown('Plateau factor', true);
  await expectShown('Whitening epsilon', false);
  await playground.set('Normalisation', 'ZCA');
  await expectShown('Whitening epsilon', true);
  playground.expectNoComplaints();
});

test('every setting has a sentence that a screen reader reads with it, and none lies over another', async ({ page }) => {
  const playground = await Playground.open(page);
  let count = 0;
  for (const tab of SETTINGS_TABS) {
    const sheet = await playground.openSettings(tab);
    const panel = sheet.getByRole('tabpanel');
    await expect(panel).toBeVisible();
    const all = await panel.getByRole('textbox').or(panel.getByRole('combobox')).or(panel.getByRole('switch')).all();
    const boxes: { x: number; y: number; width: number; height: number }[] = [];
    for (const one of all) {
      await expect(one, `${tab}: ${await one.ariaSnapshot()}`).toHaveAccessibleDescription(/\w+ \w+/);
      const box = await one.evaluate((element) => element.getBoundingClientRect().toJSON());
      if (box.width > 0) boxes.push(box);
    }
    const over = boxes.filter((one, place) =>
      boxes.slice(0, place).some((other) => one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height),
    );
    expect(over, `${tab}: no field lies over another`).toEqual([]);
    count += all.length;
  }
  expect(count, 'settings of all tabs').toBeGreaterThan(35);
  playground.expectNoComplaints();
});

test('the sheet is used by keyboard: Escape puts a number back, then closes it, and the focus returns', async ({ page }) => {
  const playground = await Playground.open(page);
  await playground.settingsButton.focus();
  await page.keyboard.press('Enter');
  await expect(playground.settings).toBeVisible();
  const rate = await playground.setting('Learning rate');
  await rate.fill('0.5');
  await page.keyboard.press('Escape');
  await expect(rate, 'the value it had').toHaveValue('0.003');
  await expect(playground.settings).toBeVisible();
  await playground.settingSearch.clear();
  await playground.settings.getByRole('tab', { name: 'Network', exact: true }).focus();
  for (const tab of [...SETTINGS_TABS.slice(1), SETTINGS_TABS[0]]) {
    await page.keyboard.press('ArrowRight');
    await expect(playground.settings.getByRole('tab', { name: tab, exact: true })).toBeFocused();
  }
  await page.keyboard.press('Escape');
  await expect(playground.settings).toBeHidden();
  await expect(playground.settingsButton).toBeFocused();
  playground.expectNoComplaints();
});

test('the schedule is drawn over the run, and augmentation on images', async ({ page }) => {
  const playground = await Playground.open(page);
  const training = await playground.openSettings('Training');
  const schedule = training.getByRole('img', { name: /learning rate/i });
  const before = await looksOf(schedule);
  await enter(control(training, 'Schedule'), 'cosine');
  await expect.poll(() => looksOf(schedule)).not.toBe(before);
  const augmentation = await playground.openSettings('Augmentation');
  const images = augmentation.getByRole('img', { name: /training images/ });
  const augmented = await looksOf(images);
  await enter(control(augmentation, 'Cutout'), '16');
  await expect.poll(() => looksOf(images)).not.toBe(augmented);
  playground.expectNoComplaints();
});

test('a text that is no number stays, with a sentence beneath', async ({ page }) => {
  const playground = await Playground.open(page);
  const rate = await playground.setting('Learning rate');
  await rate.fill('fast');
  await rate.press('Tab');
  await expect(rate).toHaveValue('fast');
  await expectRefused(rate, /Learning rate is a number above 0 and at most 1/);
  await rate.fill('0,004');
  await rate.press('Tab');
  await expect(rate, 'a comma is a point').toHaveValue('0.004');
  await expectAccepted(rate);
  playground.expectNoComplaints();
});
