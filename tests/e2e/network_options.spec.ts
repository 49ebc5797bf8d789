import { expect, test } from '@playwright/test';
import { Playground } from './playground';

test('a link sets every kind of choice, and the page shows it', async ({ page }) => {
  await Playground.open(page, 'depth=14&stages=2&convolutions=2&activation=gelu&order=convolution-first&switched=1.0&head-dropout=0.25&pool=0');
  await page.getByText('More settings').click();
  await expect(page.getByLabel('Activation', { exact: true })).toHaveValue('gelu');
  await expect(page.getByLabel('Stages', { exact: true })).toHaveValue('2');
  await expect(page.getByLabel('Head dropout', { exact: true })).toHaveValue('0.25');
  await expect(page.getByTestId('network-in-words')).toContainText('3 blocks in each of 2 stages');
  await expect(page.getByTestId('network-in-words')).toContainText('two convolutions');
});

test('a choice that cannot be built is told beside its field with what can', async ({ page }) => {
  await Playground.open(page);
  await page.getByText('More settings').click();
  const kernel = page.getByLabel('Kernel size', { exact: true });
  await kernel.fill('4');
  await kernel.blur();
  await expect(page.locator('#kernel-problem')).toContainText('3 or 5');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeDisabled();
});

test('a preset sets the network, and the keyboard switches a single skip connection', async ({ page }) => {
  await Playground.open(page);
  await page.getByText('More settings').click();
  await page.getByLabel('Network', { exact: true }).selectOption('tutorial-56');
  await expect(page.getByLabel('Depth', { exact: true })).toHaveValue('56');
  await page.getByLabel('Network', { exact: true }).selectOption('tiny');
  await page.locator('[data-place="2"]').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Switched blocks', { exact: true })).toHaveValue('0.0');
  await expect(page).toHaveURL(/switched=0\.0/);
});

test('a click on an arc switches that skip connection off, and a click where it was brings it back', async ({ page }) => {
  await Playground.open(page, 'depth=29');
  const clickTop = async (kind: string) => {
    const top = await page.locator(`[data-shortcut="${kind}"] .drawing-arc-reach`).first().evaluate((path: SVGPathElement) => {
      const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM()!);
      return { x, y };
    });
    await page.mouse.click(top.x, top.y);
  };
  await clickTop('identity');
  await expect(page).toHaveURL(/switched=0\.1/);
  await expect(page.locator('[data-shortcut="absent"]')).toHaveCount(1);
  await clickTop('absent');
  await expect(page.locator('[data-shortcut="absent"]')).toHaveCount(0);
  await expect(page).not.toHaveURL(/switched/);
});

test('the network is written as code', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=20&activation=silu');
  await page.getByText('More settings').click();
  for (const [name, line] of [
    ['Copy as Keras', 'layers.Activation("silu")'],
    ['Copy as PyTorch', 'F.silu(x)'],
    ['Copy as Burn', 'activation::silu(x)'],
  ]) {
    await playground.button(name).click();
    await expect(page.locator('pre.code')).toContainText(line);
  }
});

test('the lines of the Keras code that make what is chosen in the drawing are marked', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=20');
  await page.getByText('More settings').click();
  await playground.button('Copy as Keras').click();
  const marked = page.locator('pre.code mark');
  await page.locator('.drawing [data-place]').first().focus();
  await expect(marked).toContainText('keras.Input');
  const whole = await page.locator('pre.code').textContent();
  await page.keyboard.press('ArrowRight');
  await expect(marked).toContainText('stem_conv');
  await expect(marked).not.toContainText('keras.Input');
  const said = await playground.measured('drawing-explanation').innerText();
  const [first, last] = /Keras lines (\d+)–(\d+)/.exec(said)!.slice(1).map(Number);
  expect(await marked.textContent(), 'the lines that the sentence names').toBe(whole!.split('\n').slice(first - 1, last).join('\n') + '\n');
  expect(await page.locator('pre.code').textContent(), 'the code stays as it is').toBe(whole);
  await playground.button('Copy as PyTorch').click();
  await expect(page.locator('pre.code')).toContainText('torch');
  await expect(marked, 'other code has other lines').toHaveCount(0);
});
