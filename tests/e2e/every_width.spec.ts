import { type Locator, expect, test } from './fixtures';
import { everywhere, furnished } from './pages/everywhere';
import { beyondTheEdge, cutOff, faintEdges, smallTargets, spaceOut } from './pages/measures';

/** What was found where, a line for each thing. */
class Found {
  private readonly places = new Map<string, string[]>();

  add(where: string, lines: string[]) {
    for (const line of lines) this.places.set(line, [...(this.places.get(line) ?? []), where]);
  }

  /** Each thing with the places that it was found at. */
  get lines(): string[] {
    return [...this.places].map(([line, places]) => `${line} @ ${places.slice(0, 4).join('; ')}${places.length > 4 ? ` and ${places.length - 4} more` : ''}`);
  }
}

test('at every width nothing scrolls sideways or is cut off, with texts set apart or not; controls are large enough and have edges', async ({ page }) => {
  test.setTimeout(8 * 60_000);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const playground = await furnished(page);
  const [sideways, cut, small, faint] = Array.from({ length: 4 }, () => new Found());
  // 1440 px at 100, 200, 300 and 400 %, and 1280 px at 400 %.
  for (const width of [1440, 720, 480, 360, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const measured = async (where: string, part: Locator) => {
      const at = `${width} px, ${where}`;
      small.add(at, await smallTargets(part));
      for (const apart of [false, true]) {
        await spaceOut(page, apart);
        const state = apart ? `${at}, set apart` : at;
        sideways.add(state, await beyondTheEdge(page));
        cut.add(state, await cutOff(part));
      }
      await spaceOut(page, false);
      if (width !== 1440) return;
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        faint.add(`${at}, ${colorScheme}`, await faintEdges(part));
      }
    };
    await measured('the page', page.locator('body'));
    // In between, tabs and sheets have the room of 1440 px or more than that of 360.
    if (width !== 720 && width !== 480) await everywhere(playground, measured);
  }
  expect.soft(sideways.lines, 'nothing is wider than the window').toEqual([]);
  expect.soft(cut.lines, 'nothing is cut off').toEqual([]);
  expect.soft(small.lines, 'targets of 24 px: WCAG 2.5.8').toEqual([]);
  expect.soft(faint.lines, 'edges of 3:1: WCAG 1.4.11').toEqual([]);
});
