import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('the maps, the prediction and its class activation map of a held-out image are shown, and another image has others', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=4&batch=10&images=60&held-out=20&epochs=1&classes=0-3-5');
  const panel = page.getByTestId('feature-maps');
  await expect(panel.getByRole('button', { name: 'Look at an image' }), 'nothing to look with yet').toBeDisabled();
  await playground.button('Play').click();
  await playground.waitForPhase(/finished/i);
  await panel.getByRole('button', { name: 'Look at an image' }).click();

  const finding = playground.measured('look-finding');
  await expect(finding).toContainText(/^After 6 steps the network says \w+, \d+ %/);
  const shares = panel.getByTestId('look-bars').locator('.cost-number');
  await expect(shares, 'three classes take part').toHaveCount(3);
  const sum = (await shares.allInnerTexts()).map((text) => Number.parseInt(text, 10)).reduce((before, share) => before + share, 0);
  expect(Math.abs(sum - 100), 'probabilities add up to one').toBeLessThanOrEqual(2);

  const maps = panel.getByTestId('look-maps');
  await expect(maps, 'four maps of the stem, a pixel between them').toHaveJSProperty('naturalWidth', 4 * 32 + 3);
  await panel.getByLabel('Maps of').selectOption('stage 3, block 1');
  await expect(maps, 'the last block halves them twice').toHaveJSProperty('naturalHeight', 4 * 8 + 3);

  const picture = panel.getByTestId('look-picture');
  const before = await picture.getAttribute('src');
  const [probabilities, drawn] = [await shares.allInnerTexts(), await maps.getAttribute('src')];
  await panel.getByRole('button', { name: 'Where it comes from' }).click();
  await expect(picture, 'the image without the map over it').not.toHaveAttribute('src', before ?? '');
  await panel.getByRole('button', { name: 'Next image' }).click();
  await expect(panel.getByText(/image 2 of 20/)).toBeVisible();
  await expect(maps).not.toHaveAttribute('src', drawn ?? '');
  expect(await shares.allInnerTexts(), 'another image, other probabilities').not.toEqual(probabilities);
  await expect(panel.getByRole('button', { name: 'Next image' }), 'the focus stays').toBeFocused();

  const last = panel.locator('.look-class').last();
  const name = (await last.innerText()).split(/\s/)[0];
  await last.click();
  await expect(finding, 'any class can be explained').toContainText(new RegExp(`speaks for ${name}`));
  expect(await playground.stepsDone(), 'looking trains nothing').toBe(6);
  playground.expectNoComplaints();
});
