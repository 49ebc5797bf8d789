import { expect, test } from './fixtures';
import { Playground, looksOf } from './playground';

const SMALL = 'device=cpu&filters=2&batch=8&images=400&held-out=8&epochs=40';

test('settings change while a run goes on, and what cannot change asks for a new run', async ({ page }) => {
  const playground = await Playground.open(page, SMALL);
  await playground.play();
  await playground.waitForMoreStepsThan(2);
  await playground.pause();
  await playground.waitForStatus(/Paused/);
  const before = await playground.stepsDone();
  await playground.set('Learning rate', '0.0001');
  await playground.press('Change from here');
  await expect(page.getByText(`Settings were changed after step ${before}`)).toBeVisible();
  await expect(playground.button('Apply changes'), 'no new run is asked for').toBeHidden();
  await playground.step();
  expect(await playground.stepsDone()).toBe(before + 1);

  await playground.set('Batch size', '16');
  await playground.closeSettings();
  await expect(playground.button('Apply changes')).toBeVisible();
  const offered = playground.controls.getByRole('button', { name: 'Change from here', disabled: false });
  await expect(offered, 'another order of images').toHaveCount(0);
  playground.expectNoComplaints();
});

test('a step is told in slow motion with its own loss, forth and back', async ({ page }) => {
  const playground = await Playground.open(page, SMALL);
  const panel = await playground.openTab('Gradients & activations');
  const press = (name: string) => panel.getByRole('button', { name, exact: true }).click();
  const words = (told: string | RegExp) => panel.getByText(told);
  const tell = panel.getByRole('button', { name: 'Tell one step' });
  await tell.click();
  await expect(words('1 of 4, forward: 8 images go through 11 layers')).toBeVisible();
  // Each part stands for seconds, which a busy machine may spend between two looks at it.
  await press('Pause');
  const stepOnly = async (told: string | RegExp, button: string) => {
    await expect(async () => {
      if (!(await words(told).isVisible())) await press(button);
      await expect(words(told)).toBeVisible({ timeout: 1000 });
    }).toPass();
  };
  await stepOnly(/1 of 4, forward/, 'Back');
  // At rest: where motion is welcome, a picture taken of it is another one each time.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const forward = await looksOf(playground.drawing);
  const [loss] = await playground.losses();
  await press('Next');
  await expect(words(`2 of 4, loss: the mean cross-entropy of the scores is ${loss.toFixed(3)}`)).toBeVisible();
  await press('Next');
  await expect(words(/3 of 4, backward/)).toBeVisible();
  await expect.poll(() => looksOf(playground.drawing), { message: 'the drawing shows which way it goes' }).not.toBe(forward);
  await press('Back');
  await expect(words(/2 of 4, loss/)).toBeVisible();
  await press('Next');
  await press('Next');
  await expect(words(/4 of 4, update/)).toBeVisible();
  expect(await playground.stepsDone(), 'one step').toBe(1);
  playground.expectNoComplaints();
});

test('a told step goes on by itself until it is paused', async ({ page }) => {
  await page.clock.install();
  const playground = await Playground.open(page, SMALL);
  const panel = await playground.openTab('Gradients & activations');
  const words = (told: RegExp) => panel.getByText(told);
  await panel.getByRole('button', { name: 'Tell one step' }).click();
  await expect(words(/1 of 4, forward/)).toBeVisible();
  await panel.getByRole('button', { name: 'Pause', exact: true }).click();
  const paused = await words(/\d of 4, /).innerText();
  await page.clock.fastForward(30_000);
  await expect(words(/\d of 4, /), 'a pause is a pause').toHaveText(paused);
  await panel.getByRole('button', { name: /^Continue/ }).click();
  for (let scene = 1; scene < 4 && !(await words(/4 of 4, update/).isVisible()); scene += 1) await page.clock.fastForward(10_000);
  await expect(words(/4 of 4, update/)).toBeVisible();
});

test('a network that blew up says where, and one click later trains', async ({ page }) => {
  const playground = await Playground.open(
    page,
    'device=cpu&depth=110&filters=2&images=64&held-out=8&epochs=1&batch=8&rate=1&optimizer=sgd&batch-norm=off',
  );
  await playground.play();
  const failure = page.getByRole('alert');
  await expect(failure).toContainText(/no longer a number after step \d+.* At step \d+/, { timeout: 60_000 });
  await expect(failure.getByRole('button', { name: 'Halve the learning rate' })).toBeVisible();
  await failure.getByRole('button', { name: 'Switch batch norm on' }).click();
  await playground.waitForStatus(/Finished/);
  await expect(page).not.toHaveURL(/batch-norm=off/);
});
