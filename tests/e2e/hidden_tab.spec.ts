import { type Page, expect, test } from './fixtures';
import { Playground } from './playground';

/** Longer than the eight seconds in which a speed is measured. */
const STRETCH_SECONDS = 9;
/** Pause between two of a worker's tasks in a tab that the browser slows down. */
const SLOW_SECONDS = 5;

/** The trainer's program in a browser that, while it is told to, lets seconds pass between two of a worker's tasks. */
const SLOWED_DOWN = `
const post = MessagePort.prototype.postMessage;
let slow = false;
new BroadcastChannel('slow').onmessage = (message) => { slow = message.data; };
MessagePort.prototype.postMessage = function (...what) { setTimeout(() => post.apply(this, what), slow ? ${1000 * SLOW_SECONDS} : 0); };
`;

async function turn(page: Page, hidden: boolean, slow: boolean) {
  await page.evaluate(
    ([hidden, slow]) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      new BroadcastChannel('slow').postMessage(slow);
    },
    [hidden, slow],
  );
}

test('a tab that the browser slowed down while it was hidden says so, and goes on', async ({ page }) => {
  await page.route('**/trainer_cpu_loader*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: SLOWED_DOWN + (await response.text()) });
  });
  // Wide and deep, so that an epoch takes far longer than this test on any machine: where a pass over held-out images falls
  // into the hidden stretch alone, the page rightly says nothing of speed.
  const playground = await Playground.open(page, 'device=cpu&depth=20&filters=32&batch=2&images=1000&held-out=10&epochs=50');
  await playground.play();
  await playground.waitForMoreStepsThan(0);
  await expect.poll(() => playground.secondsTrained(), { timeout: 60_000 }).toBeGreaterThanOrEqual(STRETCH_SECONDS);

  const told = page.getByText('the browser slowed training down');
  await expect(told).toBeHidden();
  const before = await playground.stepsDone();
  await turn(page, true, true);
  // By the clock: how many steps lie between two tasks depends on the machine.
  await page.waitForTimeout(1000 * (STRETCH_SECONDS + SLOW_SECONDS));
  await playground.waitForMoreStepsThan(before);
  await turn(page, false, false);
  await expect(playground.thisRun, 'no pass over held-out images yet').toContainText(/epoch 1 of 50/);
  await expect(told).toContainText(/\d+ steps in \d+ seconds, about \d+ before/);
  await playground.waitForMoreStepsThan(await playground.stepsDone());
  playground.expectNoComplaints();
});
