// An embed in a page of another origin: focus, scrolling, keys, and the messages between the two.
import { expect, test } from './fixtures';
import { HostPage } from './pages/host_page';

const SMALL = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1';

test.describe('in the page of somebody else', () => {
  let base = '';
  test.beforeEach(({ baseURL }) => {
    base = baseURL!;
  });

  test('the playground takes neither the focus nor the scroll position when it loads', async ({ page }) => {
    const host = await HostPage.open(page, base, `embed=1&${SMALL}`);
    await page.locator('#first').focus();
    await host.connect();
    await expect(host.frame.getByRole('button', { name: 'Play' })).toBeVisible();
    expect(await page.evaluate(() => [document.activeElement?.id, scrollY])).toEqual(['first', 0]);
    await host.ask('play');
    await host.waitFor('done');
    await host.ask('reset');
    expect(await page.evaluate(() => [document.activeElement?.id, scrollY]), 'nor later').toEqual(['first', 0]);
  });

  test('the wheel over the drawing scrolls the page around, and a hint says how to zoom', async ({ page }) => {
    const host = await HostPage.open(page, base, 'embed=1&depth=56');
    const drawing = host.frame.getByRole('application', { name: 'Network drawing' });
    const before = await drawing.getAttribute('viewBox');
    await drawing.hover();
    await page.mouse.wheel(0, 200);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
    expect(await drawing.getAttribute('viewBox')).toBe(before);
    await expect(host.frame.getByText('To zoom, hold Ctrl or ⌘ and turn the wheel.')).toBeVisible();
    await page.evaluate(() => scrollTo(0, 0));
    await drawing.hover();
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    await expect(drawing).not.toHaveAttribute('viewBox', before!);
    expect(await page.evaluate(() => scrollY), 'with Ctrl the page stays').toBe(0);
  });

  test.describe('by touch', () => {
    test.use({ hasTouch: true });

    test('one finger is left to the page around, with a hint, and two zoom the drawing', async ({ page }) => {
      const host = await HostPage.open(page, base, 'embed=1&depth=56');
      const drawing = host.frame.getByRole('application', { name: 'Network drawing' });
      const before = await drawing.getAttribute('viewBox');
      const devtools = await page.context().newCDPSession(page);
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number; id: number }[]) =>
        devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
      /** Where the drawing's middle is now: one finger moves the page. */
      const middle = async () => {
        await drawing.hover({ trial: true });
        const box = (await drawing.boundingBox())!;
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      };
      const finger = await middle();
      await touch('touchStart', { ...finger, id: 0 });
      // The first pixels a browser takes for an unsteady finger.
      for (const way of [6, 12, 20, 30]) await touch('touchMove', { x: finger.x, y: finger.y - way, id: 0 });
      // A finger that rests before it is lifted does not throw the page. While that rolls on, no touch can be kept from the browser.
      await page.waitForTimeout(300);
      await touch('touchEnd');
      await expect(host.frame.getByText('To zoom or move the drawing, use two fingers.')).toBeVisible();
      expect(await drawing.getAttribute('viewBox')).toBe(before);
      const rolled = () => page.evaluate(() => new Promise((resolve) => {
        const from = scrollY;
        setTimeout(() => resolve(scrollY - from), 300);
      }));
      await expect.poll(rolled, 'the page has come to rest').toBe(0);
      const { x, y } = await middle();
      const apart = (distance: number) => [-0.5, 0.5].map((side, id) => ({ x: x + side * distance, y, id }));
      await touch('touchStart', ...apart(40));
      for (const distance of [60, 90, 120, 160]) await touch('touchMove', ...apart(distance));
      await touch('touchEnd');
      await expect(drawing).not.toHaveAttribute('viewBox', before!);
    });
  });

  test('the Tab key goes through in few steps, and Escape leaves the drawing', async ({ page }) => {
    const host = await HostPage.open(page, base, 'embed=1&depth=56');
    await host.connect();
    await page.locator('#first').focus();
    let stops = 0;
    do {
      await page.keyboard.press('Tab');
      stops += 1;
    } while (stops < 60 && !(await page.evaluate(() => document.activeElement?.id === 'last')));
    expect(stops).toBeLessThanOrEqual(20);
    await host.frame.getByRole('application', { name: 'Network drawing' }).focus();
    const focused = () => host.frame.locator('body').evaluate(() => document.activeElement?.closest('svg')?.getAttribute('aria-label') ?? 'elsewhere');
    await expect.poll(focused).toBe('Network drawing');
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('elsewhere');
  });

  test('keys play and pause in the frame that has the focus alone', async ({ page }) => {
    const host = await HostPage.open(page, base, `embed=1&${SMALL.replace('epochs=1', 'epochs=200')}`);
    await host.connect();
    await page.locator('#first').focus();
    await page.keyboard.press('p');
    expect((await host.ask('getMetrics')).activity).toBe('idle');
    await expect(host.frame.getByText(/Ready: press Play/)).toBeVisible();
    await host.frame.getByRole('button', { name: 'Reset' }).focus();
    await page.keyboard.press('p');
    await host.waitFor('step');
    await page.keyboard.press('p');
    await host.waitFor('paused');
  });

  test('every command is answered and every event comes', async ({ page }) => {
    const host = await HostPage.open(page, base, `embed=1&${SMALL}&depth=20`);
    await host.connect();
    expect((await host.told('ready'))[0].data).toMatchObject({ version: 1, link: expect.stringMatching(/^v=1&depth=20/) });
    expect(await host.ask('getMetrics')).toMatchObject({ activity: 'idle', step: 0, loss: null, goal: null });
    expect(await host.ask('setLink', { link: `?${SMALL.replace('epochs=1', 'epochs=2')}&depth=21` })).toEqual({
      link: expect.stringContaining('epochs=2'),
      notices: [expect.stringContaining('depth 21')],
    });
    const { link, url } = await host.ask('getLink');
    expect(url).toBe(`${new URL(base).origin}/playground/?${link}`);
    expect(await host.ask('step')).toEqual({});
    expect((await host.waitFor('paused')).step).toBe(1);
    expect(await host.ask('play')).toEqual({});
    const epoch = await host.waitFor('epoch');
    expect(epoch).toMatchObject({ epoch: expect.any(Number), epochs: 2 });
    expect(epoch.heldOutAccuracy).toBeGreaterThanOrEqual(0);
    expect(epoch.heldOutAccuracy).toBeLessThanOrEqual(1);
    const done = await host.waitFor('done');
    expect(done).toMatchObject({ activity: 'finished', epoch: 2, step: done.steps, device: expect.stringMatching(/CPU/) });
    const steps = (await host.told('step')).map(({ data }) => data.step as number);
    expect(steps, 'forwards').toEqual([...steps].sort((one, other) => one - other));
    expect(await host.ask('play')).toEqual({ error: expect.stringMatching(/finished/) });
    expect(await host.ask('reset')).toEqual({});
    expect((await host.ask('getMetrics')).activity).toBe('idle');
    const states = (await host.told('state')).map(({ data }) => data.activity);
    for (const activity of ['loading', 'training', 'paused', 'finished', 'idle']) expect(states).toContain(activity);
    expect(await host.ask('explode')).toEqual({ error: expect.stringMatching(/No command is called “explode”/) });
    expect(await host.ask('setLink', { link: 29 } as never)).toEqual({ error: 'The link of setLink is a text.' });
    expect(await host.ask('setState', { state: 'depth=20' })).toEqual({ error: expect.stringMatching(/getState/) });
  });

  test('a loss that is no number any more is told as diverged', async ({ page }) => {
    const host = await HostPage.open(page, base, `embed=1&${SMALL.replace('epochs=1', 'epochs=50')}&depth=20&batch-norm=off&rate=1000&optimizer=sgd`);
    await host.connect();
    await host.ask('play');
    expect((await host.waitFor('diverged')).reason).toMatch(/no longer a number/);
    expect(await host.ask('play')).toEqual({ error: expect.stringMatching(/stopped/) });
  });

  test('images that cannot be had are told with a remedy', async ({ page }) => {
    await page.route('**/data/**', (route) => (route.request().url().endsWith('data-sets.json') ? route.fallback() : route.abort()));
    const host = await HostPage.open(page, base, `embed=1&${SMALL}`);
    await host.connect();
    const error = await host.waitFor('error');
    expect(error.message).toMatch(/data set could not be fetched/);
    expect(error.remedy).toMatch(/connection/);
  });

  test('a run goes on in another frame where it was parked', async ({ page, context }) => {
    const long = SMALL.replace('epochs=1', 'epochs=400');
    const host = await HostPage.open(page, base, `embed=1&${long}&depth=20`);
    await host.connect();
    await host.ask('play');
    await host.waitFor('epoch', 2);
    const { state } = await host.ask('park');
    const parked = await host.ask('getMetrics');
    expect(parked.activity).toBe('paused');
    expect(parked.step).toBeGreaterThan(0);
    await expect.poll(() => page.workers().filter((worker) => worker.url().includes('trainer')).length, 'no trainer is left').toBe(0);
    await expect(host.frame.getByRole('button', { name: 'Continue' })).toBeVisible();

    const other = await context.newPage();
    const second = await HostPage.open(other, base, `embed=1&${long}`);
    await second.connect();
    expect((await second.ask('setState', { state })).link).toContain('depth=20');
    expect(await second.ask('getMetrics')).toMatchObject({ activity: 'paused', step: parked.step, heldOutAccuracy: parked.heldOutAccuracy });
    expect(other.workers().filter((worker) => worker.url().includes('trainer')), 'nothing is loaded before it is played').toEqual([]);
    await second.ask('step');
    expect((await second.waitFor('paused', 1)).step).toBe(parked.step + 1);

    await host.frame.getByRole('button', { name: 'Continue' }).click();
    await expect.poll(async () => (await host.ask('getMetrics')).step).toBeGreaterThan(parked.step);
    await host.ask('pause');
    await host.waitFor('paused', 2);
    const again = JSON.parse((await host.ask('getState')).state);
    expect(again).toMatchObject({ version: 1, checkpoint: expect.any(String) });
    expect((await host.ask('getMetrics')).activity, 'asking changes nothing').toBe('paused');
  });

  test('the height is told after the first paint and on change, as a whole number', async ({ page }) => {
    const host = await HostPage.open(page, base, 'embed=1&depth=20');
    await expect.poll(async () => (await host.posted('lti.frameResize')).length).toBeGreaterThan(0);
    await host.connect();
    const first = (await host.waitFor('resize')).height as number;
    expect(Number.isInteger(first) && first > 120 && first <= 420, `${first}`).toBe(true);
    await host.element.evaluate((frame, height) => (frame.style.height = `${height}px`), first);
    await expect(host.frame.locator('html')).toHaveJSProperty('scrollHeight', first);
    await host.element.evaluate((frame) => (frame.style.width = '340px'));
    await expect.poll(async () => ((await host.told('resize')).at(-1)!.data.height as number) > first).toBe(true);
    const narrow = (await host.told('resize')).at(-1)!.data.height as number;
    await host.element.evaluate((frame, height) => (frame.style.height = `${height}px`), narrow);
    await expect(host.frame.locator('html')).toHaveJSProperty('scrollHeight', narrow);
    const heights = (await host.posted('lti.frameResize')).map(({ height }) => height);
    expect(heights).toEqual((await host.told('resize')).map(({ data }) => data.height));
    expect(heights.length, 'it comes to rest').toBeLessThan(8);
  });

  test('a book that speaks SPLICE gets score and state, and gives it back', async ({ page }) => {
    await HostPage.open(page, base, `embed=1&${SMALL}&depth=20`).then(async (host) => {
      await host.connect();
      expect(await host.posted('SPLICE.getState'), 'only where the link asks for it').toEqual([]);
    });
    const host = await HostPage.open(page, base, `embed=1&splice=1&${SMALL}&depth=20`);
    await expect.poll(async () => (await host.posted('SPLICE.getState')).length).toBe(1);
    await host.frame.getByRole('button', { name: 'Play' }).click();
    await expect.poll(async () => (await host.posted('SPLICE.reportScoreAndState')).at(-1)?.score, { timeout: 120_000 }).toBe(1);
    const { state } = (await host.posted('SPLICE.reportScoreAndState')).at(-1)!;
    expect(state).toMatchObject({ version: 1, link: expect.stringContaining('depth=20'), metrics: { activity: 'finished' } });
    const names = (await host.posted('SPLICE.sendEvent')).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['play', 'done']));

    await page.addInitScript((state) => {
      const kept = { ...state, link: state.link.replace('depth=20', 'depth=29') };
      Object.defineProperty(window, 'kept', { get: () => kept, set: () => {} });
    }, state);
    const later = await HostPage.open(page, base, `embed=1&splice=1&${SMALL}&depth=20`);
    await expect(later.frame.getByRole('textbox', { name: 'Depth' })).toHaveValue('29');
  });

  test('only the page around gets a port, and a new one when it says hello again', async ({ page }) => {
    const host = await HostPage.open(page, base, `embed=1&${SMALL}`);
    await expect(host.frame.getByRole('button', { name: 'Play' })).toBeVisible();
    await host.frame.locator('body').evaluate(() => window.postMessage({ resnetPlayground: 'hello', version: 1, id: 'stranger' }, '*'));
    await host.connect();
    await host.connect();
    expect(await host.ask('getMetrics')).toMatchObject({ activity: 'idle' });
    const ids = await host.portsGiven();
    expect(ids).toHaveLength(new Set(ids).size);
    expect(ids.length).toBeGreaterThanOrEqual(2);
    expect(ids, 'who is not around the frame is not heard').not.toContain('stranger');
  });

  test('messages that are no hello change nothing, whatever the page around writes into them', async ({ page }) => {
    const host = await HostPage.open(page, base, `embed=1&${SMALL}&depth=20`);
    await host.connect();
    const before = await host.ask('getLink');
    await page.evaluate(() => {
      const markup = '<img src=x onerror=alert(1)>';
      const deep = Array.from({ length: 2000 }).reduce<object>((inner) => ({ inner }), {});
      const call = { id: 1, command: 'setLink', params: { link: 'depth=164' } };
      const hello = { resnetPlayground: 'hello', version: 1 };
      const messages: unknown[] = [
        null, 0, '', markup, [], {}, deep, new Map([['command', 'play']]), new ArrayBuffer(8), 'x'.repeat(1_000_000), call, { ...hello, ...call },
        JSON.parse('{"__proto__":{"command":"play"},"constructor":{"prototype":{"id":1}}}'), { ...hello, version: '1', id: 'x' }, { ...hello, version: 2, id: 'x' },
        { ...hello, id: 7 }, { resnetPlayground: markup, version: 1, id: markup }, { subject: 'SPLICE.getState', message_id: markup, state: markup },
        { subject: 'SPLICE.setState', state: { link: 'depth=164' } }, { resnetPlayground: 'port', version: 1, id: 'x' }, { resnetPlayground: 'state', activity: 'training' },
      ];
      const frame = document.querySelector('iframe')!.contentWindow!;
      for (let round = 0; round < 50; round++) for (const message of messages) frame.postMessage(message, '*');
    });
    expect(await host.ask('getLink')).toEqual(before);
    expect(await host.ask('getMetrics')).toMatchObject({ activity: 'idle', step: 0 });
    await expect(host.frame.getByRole('alert')).toHaveCount(0);
  });

  test('sandboxed without an origin the run trains in memory, where the host of the playground allows it', async ({ page }) => {
    const host = await HostPage.open(page, new URL('../open/', base).href, `embed=1&${SMALL}`, { attributes: 'sandbox="allow-scripts"' });
    await host.connect();
    await host.ask('play');
    expect(await host.waitFor('done')).toMatchObject({ activity: 'finished' });
  });

  test('the full screen is offered where the page around allows it', async ({ page }) => {
    let host = await HostPage.open(page, base, 'embed=1');
    await expect(host.frame.getByRole('button', { name: 'Play' })).toBeVisible();
    await expect(host.frame.getByRole('button', { name: 'Full screen' })).toHaveCount(0);
    host = await HostPage.open(page, base, 'embed=1', { attributes: 'allow="fullscreen"' });
    await expect(host.frame.getByRole('button', { name: 'Full screen' })).toBeVisible();
  });
});
