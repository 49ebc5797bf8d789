import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('a click says how long the run will take, and leaves no run behind', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=200&held-out=8&epochs=40');
  const time = page.locator('#cost-time');
  await expect(time, 'nothing is promised before anything was measured').toBeHidden();
  await playground.button('How long will it take?').click();
  await expect(time).toHaveText(/^about \d/, { timeout: 30_000 });
  await expect(playground.button('How long will it take?'), 'it can be asked again').toBeEnabled();
  expect(await playground.stepsDone(), 'the steps are thrown away').toBe(0);
  await playground.button('Step').click();
  await expect.poll(() => playground.stepsDone()).toBe(1);
  await expect(playground.button('How long will it take?'), 'the run itself says how long').toBeHidden();
  playground.expectNoComplaints();
});

test('the images panel shows what augmentation makes of images, and follows the settings', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&flip=on&cutout=8');
  await page.locator('#images-panel > summary').click();
  const picture = page.getByTestId('augmented');
  await expect(picture).toHaveAttribute('alt', /10 training images, and below each what augmentation makes of it in 3 epochs/);
  const before = await picture.getAttribute('src');
  await page.getByText('More settings').click();
  await page.getByLabel('Seed', { exact: true }).fill('2');
  await page.keyboard.press('Tab');
  await expect(picture).not.toHaveAttribute('src', before ?? '');
  await page.getByLabel('Cutout', { exact: true }).fill('0');
  await page.keyboard.press('Tab');
  await page.getByLabel('Flip', { exact: true }).selectOption('off');
  await expect(page.locator('#images-augmented')).toContainText('Augmentation is off');
  playground.expectNoComplaints();
});

test('a recipe sets network and training together and leaves the images', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&images=500&seed=3');
  await page.getByText('More settings').click();
  const recipe = page.getByLabel('Recipe', { exact: true });
  await expect(recipe).toHaveValue('tutorial');
  const fields = await page.locator('.more .field :is(select, input)').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
  const over = fields.filter((one, index) => fields.slice(0, index).some((other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom));
  expect(over, 'no field lies over another').toEqual([]);
  await recipe.selectOption('thorough');
  await expect(page).toHaveURL(/depth=8/);
  await expect(page).toHaveURL(/images=500/);
  await expect(page).toHaveURL(/seed=3/);
  await page.getByLabel('Learning rate', { exact: true }).fill('0.01');
  await page.keyboard.press('Tab');
  await expect(recipe, 'settings of one’s own').toHaveValue('');
  await recipe.selectOption('tutorial');
  await expect(page).not.toHaveURL(/depth=8/);
  playground.expectNoComplaints();
});

test('the page begins with the recipe that learns most in a minute, and the tutorial has a link of its own', async ({ page }) => {
  const playground = await Playground.open(page);
  await page.getByText('More settings').click();
  const recipe = page.getByLabel('Recipe', { exact: true });
  await expect(recipe).toHaveValue('quick');
  await recipe.selectOption('tutorial');
  await expect(page).toHaveURL(/\?v=1$/);
  await page.reload();
  await expect(playground.button('Play')).toBeEnabled();
  await page.getByText('More settings').click();
  await expect(recipe).toHaveValue('tutorial');
  await expect(page.getByLabel('Dense units', { exact: true })).toHaveValue('512');
  await recipe.selectOption('quick');
  await expect(page, 'an address that says nothing').not.toHaveURL(/\?/);
  playground.expectNoComplaints();
});
