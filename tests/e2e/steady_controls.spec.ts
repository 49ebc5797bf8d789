import { type Page, expect, test } from './fixtures';
import { Playground, boxOf } from './playground';

const RUN = 'device=cpu&filters=2&batch=8&images=400&held-out=8&epochs=400';

interface Shift {
  value: number;
  /** Where what moved came from and went to. */
  moved: { from: DOMRect; to: DOMRect; text: string }[];
}

/** Notes every piece of the page that moves without having been asked to. */
async function watchShifts(page: Page) {
  await page.addInitScript(() => {
    interface Source {
      node?: Node;
      previousRect: DOMRect;
      currentRect: DOMRect;
    }
    const shifts: unknown[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean; sources: Source[] }[]) {
        if (entry.hadRecentInput) continue;
        const moved = entry.sources.map(({ node, previousRect, currentRect }) => ({
          from: previousRect.toJSON(),
          to: currentRect.toJSON(),
          text: (node?.textContent ?? '').trim().slice(0, 60),
        }));
        shifts.push({ value: entry.value, moved });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

const shifts = (page: Page) => page.evaluate(() => (window as unknown as { shifts: unknown[] }).shifts as unknown) as Promise<Shift[]>;
const total = (all: Shift[]) => all.reduce((sum, { value }) => sum + value, 0);
const told = (all: Shift[]) => JSON.stringify(all.flatMap(({ moved }) => moved.map(({ text }) => text)));

for (const width of [1440, 1280, 1024, 768, 360]) {
  test(`at ${width} px the same spot is the same control, with a run under way and settings changed`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const playground = await Playground.open(page, RUN);
    await playground.play();
    await playground.waitForMoreStepsThan(2);

    /** Presses where the control is now, again and again, whatever comes to be there. */
    const pressHere = async (name: string, press: (spot: { x: number; y: number }) => Promise<void>) => {
      const target = name === 'Skip connections' ? playground.skipSwitch : playground.button(name);
      await target.scrollIntoViewIfNeeded();
      const box = await boxOf(target);
      await press({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    };
    await pressHere('Deeper', async ({ x, y }) => {
      for (const depth of ['20', '29', '38']) {
        await page.mouse.click(x, y);
        await expect(playground.field('Depth'), 'three clicks are three steps').toHaveValue(depth);
      }
    });
    await expect(playground.button('Apply changes'), 'settings differ from those of the run').toBeVisible();
    await pressHere('Skip connections', async ({ x, y }) => {
      await page.mouse.click(x, y);
      await expect(playground.skipSwitch).not.toBeChecked();
      await page.mouse.click(x, y);
      await expect(playground.skipSwitch, 'two clicks toggle it twice').toBeChecked();
    });
    await pressHere('More epochs', async ({ x, y }) => {
      const before = Number(await playground.field('Epochs').inputValue());
      for (const more of [1, 2, 3]) {
        await page.mouse.click(x, y);
        await expect.poll(async () => Number(await playground.field('Epochs').inputValue())).toBeGreaterThanOrEqual(before + more);
      }
    });
    await expect(playground.field('Start filters'), 'nothing else was hit').toHaveValue('2');
    await expect(playground.field('Depth')).toHaveValue('38');
    await playground.playButton.scrollIntoViewIfNeeded();
    await pressHere('Pause', async ({ x, y }) => {
      await page.mouse.click(x, y);
      await playground.waitForStatus(/Paused/);
      const paused = await playground.stepsDone();
      await page.mouse.click(x, y);
      await playground.waitForMoreStepsThan(paused);
    });
    playground.expectNoComplaints();
  });
}

for (const [name, query, width] of [
  ['a link to depth 110', 'depth=110', 1440],
  ['a link to depth 110 on the CPU', 'depth=110&device=cpu', 1440],
  ['a page without a link', '', 1440],
  ['a page without a link on a phone', '', 360],
] as const) {
  test(`${name} comes without a jump`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await watchShifts(page);
    const playground = await Playground.open(page, query);
    await boxOf(playground.drawing);
    await expect(page.getByRole('tabpanel')).toBeVisible();
    const all = await shifts(page);
    expect(total(all), told(all)).toBeLessThan(0.1);
  });
}

test('nothing in the bar moves from Play to the end of a run, and the status line does not jitter', async ({ page }) => {
  await watchShifts(page);
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=8&images=80&held-out=40&epochs=150');
  const places = async () => {
    const found: Record<string, string> = {};
    for (const name of [/^(Play|Pause)$/, 'Step', 'Reset', 'Shallower', 'Deeper', 'Narrower', 'Wider', 'Fewer epochs', 'More epochs']) {
      const { x, y, width } = await boxOf(playground.controls.getByRole('button', { name, exact: true }));
      found[String(name)] = [x, y, width].map(Math.round).join();
    }
    for (const label of ['Recipe', 'Depth', 'Start filters', 'Training images', 'Epochs', 'Skip connections']) {
      const { x, y } = await boxOf(playground.field(label));
      found[label] = [x, y].map(Math.round).join();
    }
    const { y } = await boxOf(playground.network);
    return { ...found, network: String(Math.round(y)) };
  };
  const before = await places();
  const shiftsBefore = (await shifts(page)).length;
  await playground.play();
  await playground.waitForMoreStepsThan(3);
  expect(await places(), 'while it trains').toEqual(before);
  await playground.pause();
  await playground.waitForStatus(/Paused/);
  expect(await places(), 'while it is paused').toEqual(before);
  await playground.train();
  expect(await places(), 'when it is finished').toEqual(before);
  await playground.type('Depth', '20');
  expect(await places(), 'when settings differ from the run’s').toEqual(before);

  const bar = await boxOf(playground.controls);
  const inBar = (await shifts(page)).slice(shiftsBefore).filter(({ moved }) =>
    moved.some(({ from, to }) => [from, to].some((rect) => rect.width > 0 && rect.y + rect.height <= bar.y + bar.height && rect.x > 0)),
  );
  expect(total(inBar), `what moved in the bar: ${told(inBar)}`).toBeLessThan(0.002);
});

test('on a narrow screen Play, progress and held-out accuracy stay in sight', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  const playground = await Playground.open(page, RUN);
  await playground.play();
  await playground.waitForMoreStepsThan(0);
  await page.getByRole('region', { name: 'Runs', exact: true }).scrollIntoViewIfNeeded();
  await expect(playground.playButton).toBeInViewport();
  await expect(playground.controls.getByRole('progressbar', { name: 'Progress' })).toBeInViewport();
  const bar = await boxOf(playground.playButton);
  expect(bar.y, 'at the top').toBeLessThan(200);
});
