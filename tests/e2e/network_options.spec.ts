import { expect, test } from './fixtures';
import { Playground, expectRefused } from './playground';

test('a link sets every kind of choice, and the page shows it', async ({ page }) => {
  const query = 'depth=14&stages=2&convolutions=2&activation=gelu&order=convolution-first&switched=1.0&head-dropout=0.25&pool=0';
  const playground = await Playground.open(page, query);
  const words = await playground.inWords();
  await expect(words).toContainText('3 blocks in each of 2 stages');
  await expect(words).toContainText('two convolutions');
  await expect(playground.skip(2, 1, false)).toBeVisible();
  await playground.expectSetting('Activation', 'GELU');
  await playground.expectSetting('Stages', '2');
  await playground.expectSetting('Head dropout', '0.25');
});

test('a choice that cannot be built is told beside its field with what can', async ({ page }) => {
  const playground = await Playground.open(page);
  await playground.set('Kernel size', '4');
  await expect(playground.settings.getByText(/3 or 5/)).toBeVisible();
  await expectRefused(await playground.setting('Kernel size'), /3 or 5/);
  await playground.closeSettings();
  await expect(playground.playButton).toBeDisabled();
  await expect(playground.playButton).toHaveAccessibleDescription(/3 or 5/);
});

test('a preset sets the network, and the keyboard switches a single skip connection', async ({ page }) => {
  const playground = await Playground.open(page);
  await playground.set('Preset', 'Tutorial, depth 56');
  await expect(playground.field('Depth')).toHaveValue('56');
  await playground.set('Preset', 'Tiny (trains in seconds)');
  await playground.closeSettings();
  await playground.block(1, 1).focus();
  await page.keyboard.press('Enter');
  const skip = playground.skipOf(playground.toolbar(1, 1));
  await skip.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/switched=0\.0/);
  await expect(playground.skip(1, 1, false)).toBeVisible();
});

test('a click on an arc switches that skip connection off, and a click where it was brings it back', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=29');
  const { x, y } = await playground.top(1, 2);
  await page.mouse.click(x, y);
  await expect(page).toHaveURL(/switched=0\.1/);
  await expect(playground.skips(false)).toHaveCount(1);
  await page.mouse.click(x, y);
  await expect(playground.skips(false)).toHaveCount(0);
  await expect(page).not.toHaveURL(/switched/);
});

test('the network is written as code, to read and to copy', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const playground = await Playground.open(page, 'depth=20&activation=silu');
  const panel = await playground.openTab('Code & weights');
  for (const [framework, line] of [
    ['Keras', 'layers.Activation("silu")'],
    ['PyTorch', 'F.silu(x)'],
    ['Burn', 'activation::silu(x)'],
  ]) {
    await panel.getByRole('tab', { name: framework, exact: true }).click();
    const code = panel.getByRole('tabpanel', { name: framework, exact: true });
    await expect(code).toContainText(line);
    await panel.getByRole('button', { name: 'Copy' }).click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied, { message: `${framework} in the clipboard` }).toContain(line);
    const saved = await playground.saved(() => panel.getByRole('button', { name: 'Save', exact: true }).click());
    expect(saved.text, `${framework} as a file`).toBe(await copied());
    expect(saved.name).toMatch(framework === 'Burn' ? /\.rs$/ : /\.py$/);
  }
  playground.expectNoComplaints();
});

test('the lines of the Keras code that make what is chosen in the drawing are marked', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=20');
  const panel = await playground.openTab('Code & weights');
  await panel.getByRole('tab', { name: 'Keras', exact: true }).click();
  const code = panel.getByRole('tabpanel', { name: 'Keras', exact: true });
  const marked = code.locator('mark');
  const text = () => code.locator('pre').textContent();
  await expect(code).toContainText('keras.Model');
  await playground.drawing.getByRole('button', { name: /^Image\./ }).focus();
  await expect(marked).toContainText('keras.Input');
  const all = await text();
  await page.keyboard.press('ArrowRight');
  await expect(marked).toContainText('stem_conv');
  await expect(marked).not.toContainText('keras.Input');
  const said = await playground.caption(/Keras lines \d+–\d+/).innerText();
  const [first, last] = /Keras lines (\d+)–(\d+)/.exec(said)!.slice(1).map(Number);
  const lines = (await marked.textContent())!.replace(/\n$/, '').split('\n');
  expect(lines.length, 'as many lines as the sentence names').toBe(last - first + 1);
  const from = all!.indexOf(lines.join('\n'));
  expect(all!.slice(0, from).split('\n').length, 'those that it names').toBe(first);
  expect(await text(), 'the code stays as it is').toBe(all);
  await panel.getByRole('tab', { name: 'PyTorch', exact: true }).click();
  const other = panel.getByRole('tabpanel', { name: 'PyTorch', exact: true });
  await expect(other).toContainText('torch');
  await expect(other.locator('mark').filter({ hasText: 'stem_conv' }), 'other code has other lines').toHaveCount(0);
});

test('code of the residual stages alone is written too', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=20');
  const panel = await playground.openTab('Code & weights');
  await panel.getByRole('tab', { name: 'Keras', exact: true }).click();
  const code = panel.getByRole('tabpanel', { name: 'Keras', exact: true });
  await expect(code).toContainText('stem_conv');
  await panel.getByRole('checkbox', { name: /residual stages only/i }).or(panel.getByRole('switch', { name: /residual stages only/i })).click();
  await expect(code).not.toContainText('stem_conv');
  await expect(code).toContainText('layers.Add');
});
