import { expect, test } from './fixtures';
import { Playground, chooseOption, looksOf, nameOf } from './playground';

test('the maps, the prediction and its class activation map of a held-out image are shown, and another image has others', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=4&batch=10&images=60&held-out=20&epochs=1&classes=0-3-5');
  const panel = await playground.openTab('Feature maps');
  const look = panel.getByRole('button', { name: 'Look at an image' });
  await expect(look, 'nothing to look with yet').toBeDisabled();
  await playground.train();
  await look.click();

  const prediction = panel.getByRole('status', { name: 'Prediction' });
  await expect(prediction).toHaveText(/After 6 steps.*predicts \w+ \(\d+\s%\); it is an? \w+/s);
  const classes = panel.getByRole('list', { name: 'Probabilities' }).getByRole('listitem');
  await expect(classes, 'three classes take part').toHaveCount(3);
  const shares = async () => (await classes.allInnerTexts()).map((text) => Number(/(\d+)\s%/.exec(text)?.[1]));
  const sum = (await shares()).reduce((before, share) => before + share, 0);
  expect(Math.abs(sum - 100), 'probabilities add up to one').toBeLessThanOrEqual(2);

  const maps = (name: RegExp) => panel.getByRole('img', { name });
  await expect(maps(/stem.*\b4 maps.*32 × 32/), 'four maps of the stem').toBeVisible();
  await chooseOption(panel.getByRole('combobox', { name: 'Maps of' }), 'stage 3, block 1');
  const deep = maps(/stage 3, block 1.* maps.*8 × 8/);
  await expect(deep, 'the last block halves them twice').toBeVisible();

  const picture = (image: number) => panel.getByRole('img', { name: new RegExp(`^Held-out image ${image} of 20`) });
  const covered = await looksOf(picture(1));
  const heatMap = panel.getByRole('button', { name: 'Heat map' }).or(panel.getByRole('switch', { name: 'Heat map' }));
  await heatMap.click();
  await expect.poll(() => looksOf(picture(1)), { message: 'the image without the map over it' }).not.toBe(covered);
  const [probabilities, drawn] = [await classes.allInnerTexts(), await looksOf(deep)];
  const number = panel.getByRole('textbox', { name: 'Held-out image' }).or(panel.getByRole('spinbutton', { name: 'Held-out image' }));
  await number.focus();
  await page.keyboard.press('ArrowUp');
  await expect(picture(2)).toBeVisible();
  await expect.poll(() => looksOf(deep), { message: 'other maps' }).not.toBe(drawn);
  expect(await classes.allInnerTexts(), 'another image, other probabilities').not.toEqual(probabilities);
  await expect(number, 'the focus stays').toBeFocused();

  const last = classes.last().getByRole('button');
  const name = (await nameOf(last)).split(/\s/)[0];
  await last.click();
  await expect(prediction, 'any class can be explained').toHaveText(new RegExp(`evidence for .?${name}`, 's'));
  expect(await playground.stepsDone(), 'looking trains nothing').toBe(6);
  playground.expectNoComplaints();
});
