import { expect, test } from './fixtures';
import { Playground, chooseOption, shownIn } from './playground';

const shown = (playground: Playground) => shownIn(playground.recipe);

test('a recipe sets network and training together and leaves the images', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&images=500&seed=3');
  await expect.poll(() => shown(playground)).toBe('Tutorial');
  await chooseOption(playground.recipe, 'Thorough · 5 min');
  await expect(page).toHaveURL(/depth=8/);
  await expect(page).toHaveURL(/images=500/);
  await expect(page).toHaveURL(/seed=3/);
  await playground.set('Learning rate', '0.01');
  await playground.closeSettings();
  await expect.poll(() => shown(playground), { message: 'settings of one’s own' }).toBe('Custom');
  await chooseOption(playground.recipe, 'Tutorial');
  await expect(page).not.toHaveURL(/depth=8/);
  playground.expectNoComplaints();
});

test('the page begins with the recipe that learns most in a minute, and the tutorial has a link of its own', async ({ page }) => {
  const playground = await Playground.open(page);
  await expect.poll(() => shown(playground)).toBe('Quick · 1 min');
  await chooseOption(playground.recipe, 'Tutorial');
  await expect(page).toHaveURL(/\?v=1$/);
  await playground.reload();
  await expect.poll(() => shown(playground)).toBe('Tutorial');
  await playground.expectSetting('Dense units', '512');
  await playground.closeSettings();
  await chooseOption(playground.recipe, 'Quick · 1 min');
  await expect(page, 'an address that says nothing').not.toHaveURL(/\?/);
  playground.expectNoComplaints();
});

test('a change makes the recipe Custom, which cannot be chosen, and each recipe leads back', async ({ page }) => {
  const playground = await Playground.open(page);
  const entries = playground.recipe.getByRole('option');
  const offered = (await entries.allInnerTexts()).map((entry) => entry.trim());
  expect(offered).toEqual(expect.arrayContaining(['Quick · 1 min', 'Tutorial', 'Thorough · 5 min', 'Long · 12 min']));
  for (const recipe of ['Thorough · 5 min', 'Tutorial', 'Long · 12 min', 'Quick · 1 min']) {
    await playground.type('Start filters', '24');
    await expect.poll(() => shown(playground), { message: `a change of what was chosen before ${recipe}` }).toBe('Custom');
    const custom = playground.recipe.getByRole('option', { name: 'Custom', disabled: false });
    await expect(custom, 'it says what is, and is no choice').toHaveCount(0);
    await chooseOption(playground.recipe, recipe);
    await expect.poll(() => shown(playground)).toBe(recipe);
    await expect(playground.field('Start filters'), 'the whole of the recipe').not.toHaveValue('24');
    // By keyboard, as far up as the list goes.
    await playground.recipe.focus();
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowUp');
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowDown');
    expect(await shown(playground), 'the keyboard does not reach Custom either').not.toBe('Custom');
  }
  playground.expectNoComplaints();
});

test('a recipe is followed for however many epochs', async ({ page }) => {
  const playground = await Playground.open(page);
  await playground.type('Epochs', '3');
  await expect(page).toHaveURL(/epochs=3/);
  await expect.poll(() => shown(playground)).toBe('Quick · 1 min');
});
