import { type Page, expect, test } from './fixtures';
import { foundByAxe } from './pages/axe';
import { LESSONS, type Lesson, LessonsPanel } from './pages/lessons';
import { Playground, shownIn } from './playground';

const OWN = 'device=cpu&depth=29&filters=2&batch=8&images=80&held-out=8&epochs=2';

async function opened(page: Page, query: string): Promise<[Playground, LessonsPanel]> {
  const playground = await Playground.open(page, query);
  return [playground, new LessonsPanel(playground)];
}

/** Walks along the drawing until a part of that name has the focus. */
async function walkTo(playground: Playground, part: ReturnType<Playground['block']>) {
  const focused = playground.drawing.locator('[data-place]:focus');
  await playground.page.keyboard.press('Home');
  await expect(focused).toHaveAttribute('data-place', '0');
  for (let place = 0; place < 20 && (await part.and(focused).count()) === 0; place += 1) {
    await playground.page.keyboard.press('ArrowRight');
    await expect(focused).not.toHaveAttribute('data-place', String(place));
  }
  await expect(part).toBeFocused();
}

/** Asks a question of the tab “Experiments” from where “Go there” leads. */
async function ask(lessons: LessonsPanel, playground: Playground, question: string) {
  await lessons.goThere();
  await lessons.press(playground.panel('Experiments').getByRole('button', { name: question }));
  await expect(playground.panel('Experiments').getByRole('status', { name: 'Finding' })).toContainText(/\d.*\.$/, { timeout: 240_000 });
}

test('a reader walks through the course with the keyboard alone, and answers every question on the CPU', { tag: '@long' }, async ({ page }) => {
  test.setTimeout(15 * 60_000);
  const [playground, lessons] = await opened(page, 'device=cpu&depth=29');
  const { keyboard } = page;
  await lessons.press(lessons.opener);
  await expect(lessons.heading('depth')).toBeFocused();

  // Measured: which answer is right is known only then.
  await lessons.expectHint(/“Is deeper better\?”/);
  await ask(lessons, playground, 'Is deeper better?');
  await lessons.choose('Lower: more layers learn more');
  await lessons.choose('Higher: more layers learn less');
  await lessons.expectDone(/Without skip connections the loss ends at \d\.\d\d/);

  await lessons.next('block');
  await lessons.expectHint(/Every block still has/);
  await lessons.goThere();
  await walkTo(playground, playground.block(2, 2));
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
  await lessons.expectHint(/That is stage 2, block 2/);
  await keyboard.press('Enter');
  await keyboard.press('ArrowDown');
  await walkTo(playground, playground.block(1, 2));
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
  await lessons.expectDone(/computes F\(x\) alone/);

  await lessons.next('sum');
  await lessons.tabTo(lessons.panel.getByRole('textbox').first());
  await lessons.fillIn(['2.5', '0.5', '0', '1', '0.5', '0.5']);
  await lessons.expectHint(/channel 3, without.*only F\(x\) is left/);
  await lessons.fillIn(['2.5', '0,5', '0', '1', '0.5', '0']);
  await lessons.expectDone(/All six are right/);

  await lessons.next('order');
  await lessons.expectHint(/still an activation/);
  await lessons.goThere();
  await keyboard.press('Enter');
  await expect(playground.settings).toBeVisible();
  await lessons.tabTo(playground.settingSearch);
  await keyboard.type('Block order');
  await lessons.tabTo(playground.settings.getByRole('combobox', { name: 'Block order' }));
  await keyboard.press('ArrowUp');
  await keyboard.press('Escape');
  await expect(playground.settings).toBeHidden();
  await expect(lessons.panel, 'the sheet alone is closed').toBeVisible();
  await lessons.expectDone(/inside of the next block/);

  await lessons.next('projection');
  await lessons.expectHint(/Point at stage 2, block 1/);
  await lessons.goThere();
  await walkTo(playground, playground.block(2, 1));
  await lessons.fillIn(['32', '64', '2048']);
  await lessons.expectHint(/a bias for each channel out/);
  await lessons.fillIn(['32', '64', '2,112']);
  await lessons.expectDone(/2112 parameters/);

  await lessons.next('shapes');
  await lessons.tabTo(lessons.panel.getByRole('textbox').first());
  const [narrow, wide] = [['16', '16', '16', '32'], ['16', '16', '16', '64']];
  await lessons.fillIn([...narrow, ...narrow, ...wide, ...['16', '32', '32', '64'], ...wide]);
  await lessons.expectHint(/Stride 2 halves the height/);
  await lessons.fillIn([...narrow, ...narrow, ...wide, ...wide, ...wide]);
  await lessons.expectDone(/16×16×64/);

  await lessons.next('depth-formula');
  await lessons.tabTo(lessons.panel.getByRole('textbox').first());
  await lessons.fillIn(['3', '56', '12']);
  await lessons.expectHint(/2 blocks so far/);
  await lessons.press(lessons.button('Go there'), 'Shift+Tab');
  await expect(playground.field('Depth')).toBeFocused();
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('38');
  await keyboard.press('Tab');
  await lessons.expectDone(/9 × 4 \+ 2/);

  await lessons.next('convolutions');
  await lessons.tabTo(lessons.panel.getByRole('textbox').first());
  await lessons.fillIn(['6', '12']);
  await lessons.expectHint(/still has three/);
  await lessons.press(lessons.button('Go there'), 'Shift+Tab');
  await keyboard.press('Enter');
  await lessons.tabTo(playground.settingSearch);
  await keyboard.type('Convolutions per block');
  await lessons.tabTo(playground.settings.getByRole('textbox', { name: 'Convolutions per block' }));
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('2');
  await keyboard.press('Tab');
  await keyboard.press('Escape');
  await expect(playground.settings).toBeHidden();
  await lessons.expectDone(/6 × 3 \+ 2/);

  await lessons.next('head');
  await lessons.expectHint(/Point at the class scores/);
  await lessons.goThere();
  await keyboard.press('End');
  await lessons.fillIn(['128', '10', '5130']);
  await lessons.expectDone(/5,130 parameters/);

  await lessons.next('training');
  await lessons.expectHint(/There is no run yet/);
  await lessons.goThere();
  await expect(playground.playButton).toBeFocused();
  await keyboard.press('Enter');
  await playground.waitForStatus(/Finished/);
  await lessons.choose('Higher than guessing');
  await lessons.choose('Lower than guessing');
  await lessons.expectDone(/guessing gives 0\.69/);

  await lessons.next('gradient');
  await ask(lessons, playground, 'Where do gradients vanish?');
  await lessons.choose('In the shallowest');
  await lessons.expectHint(/The numbers say something else/);
  await lessons.choose('In the deepest');
  await lessons.expectDone(/10\^−/);

  await lessons.next('result');
  await ask(lessons, playground, 'Do skip connections help?');
  await lessons.choose('The one with skip connections');
  await lessons.expectDone(/loss/);

  expect(await lessons.done()).toEqual(Object.values(LESSONS));
  await lessons.press(lessons.button('Finish'));
  await expect(lessons.panel).toHaveCount(0);
  await expect(lessons.opener, 'the focus goes back').toBeFocused();
  await expect(playground.field('Depth'), 'what the reader had').toHaveValue('29');
  playground.expectNoComplaints();
});

test('the link of a step opens it, and progress survives a reload', async ({ page }) => {
  const [playground, lessons] = await opened(page, 'lesson=sum');
  await expect(lessons.step('sum')).toBeVisible();
  await expect(lessons.heading('sum'), 'a page that opens takes no focus').not.toBeFocused();
  await expect(page).toHaveTitle('x + F(x) by hand · ResNet Playground');
  await expect(playground.field('Depth')).toHaveValue('20');
  await lessons.tabTo(lessons.panel.getByRole('textbox').first());
  await lessons.fillIn(['2.5', '0.5', '0', '1', '0.5', '0']);
  await lessons.expectDone(/All six/);
  await playground.reload();
  await expect(lessons.step('sum')).toBeVisible();
  expect(await lessons.done()).toEqual([LESSONS.sum]);
  await lessons.button('Next').click();
  await expect(page).toHaveURL(/lesson=order/);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/lesson=/);
  await expect(page).toHaveTitle('ResNet Playground');
  await expect(playground.field('Depth'), 'what the page begins with').toHaveValue('20');
  await expect.poll(() => shownIn(playground.recipe)).toMatch(/^Quick/);
  await lessons.opener.click();
  await expect(lessons.heading('order'), 'where the reader left it').toBeFocused();
  await lessons.done();
  await lessons.button('Start again').click();
  await expect(lessons.heading('depth')).toBeFocused();
  await lessons.done().then((done) => expect(done).toEqual([]));
  playground.expectNoComplaints();
});

test('Escape leaves, and the visitor’s own experiment and tab are back', async ({ page }) => {
  const [playground, lessons] = await opened(page, `${OWN}&skips=off&view=costs`);
  const before = page.url();
  await lessons.opener.click();
  await expect(playground.field('Depth')).toHaveValue('11');
  await expect(playground.tab('Experiments', true)).toBeVisible();
  await lessons.button('Next').click();
  await expect(playground.field('Depth')).toHaveValue('20');
  await page.keyboard.press('Escape');
  await expect(lessons.panel).toHaveCount(0);
  await expect(lessons.opener).toBeFocused();
  await expect(page).toHaveURL(before);
  await expect(playground.field('Depth')).toHaveValue('29');
  await expect(playground.skipSwitch).not.toBeChecked();
  await expect(playground.tab('Costs', true)).toBeVisible();

  // Also when the page was closed within the course.
  await lessons.opener.click();
  await playground.type('Depth', '47');
  await playground.reload();
  await expect(playground.field('Depth'), 'the answer under way').toHaveValue('47');
  await lessons.button('Leave the lessons').click();
  await expect(playground.field('Depth')).toHaveValue('29');
  playground.expectNoComplaints();
});

test('Back of the browser goes to the step before, and out of the course', async ({ page }) => {
  const [playground, lessons] = await opened(page, OWN);
  await lessons.opener.click();
  await expect(lessons.step('depth')).toBeVisible();
  await lessons.button('Next').click();
  await lessons.button('Next').click();
  await expect(page).toHaveURL(/lesson=sum/);
  await page.goBack();
  await expect(lessons.heading('block')).toBeFocused();
  await expect(page).toHaveURL(/lesson=block/);
  await page.goBack();
  await expect(lessons.step('depth')).toBeVisible();
  await page.goBack();
  await expect(lessons.panel).toHaveCount(0);
  await expect(playground.field('Depth')).toHaveValue('29');
  await page.goForward();
  await expect(lessons.step('depth')).toBeVisible();
  playground.expectNoComplaints();
});

test('a run under way goes on, and its settings wait until the reader says so', async ({ page }) => {
  const [playground, lessons] = await opened(page, `${OWN.replace('epochs=2', 'epochs=500')}`);
  await playground.step();
  await lessons.opener.click();
  await expect(playground.field('Depth'), 'nothing changes under a run').toHaveValue('29');
  await expect(lessons.panel.getByText('A run is under way')).toBeVisible();
  await lessons.button('Set it up').click();
  await expect(playground.field('Depth')).toHaveValue('11');
  expect(await playground.stepsDone(), 'the run is there').toBe(1);
  await lessons.button('Leave the lessons').click();
  await expect(playground.field('Depth')).toHaveValue('29');
  await playground.step();
  playground.expectNoComplaints();
});

test('where storage is refused the course works while the page is open', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('no', 'SecurityError');
      },
    });
  });
  const [, lessons] = await opened(page, 'device=cpu&lesson=sum');
  await lessons.tabTo(lessons.panel.getByRole('textbox').first());
  await lessons.fillIn(['2.5', '0.5', '0', '1', '0.5', '0']);
  await lessons.expectDone(/All six/);
  await lessons.button('Next').click();
  expect(await lessons.done()).toEqual([LESSONS.sum]);
});

test('an unknown step opens the first, and says so', async ({ page }) => {
  const [, lessons] = await opened(page, 'lesson=backpropagation');
  await expect(lessons.step('depth')).toBeVisible();
  await expect(page.getByText('The course has no step “backpropagation”')).toBeVisible();
});

for (const [width, height] of [[1440, 900], [768, 1024], [360, 740]] as const) {
  test(`at ${width} px the tool is in sight beside each step, nothing scrolls sideways, and axe finds nothing`, { tag: '@long' }, async ({ page }) => {
    test.setTimeout(8 * 60_000);
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const [playground, lessons] = await opened(page, 'device=cpu&lesson=depth');
    const found: string[] = [];
    for (const lesson of Object.keys(LESSONS) as Lesson[]) {
      await expect(lessons.step(lesson)).toBeVisible();
      const size = await page.evaluate(() => [document.documentElement.scrollWidth, document.body.scrollWidth, window.innerWidth]);
      expect(Math.max(size[0], size[1]), `${lesson} scrolls sideways`).toBeLessThanOrEqual(size[2]);
      const panel = (await lessons.panel.boundingBox())!;
      if (width < 1200) expect(panel.height, `${lesson} covers the tool`).toBeLessThanOrEqual(height * 0.46);
      else expect(panel.x, 'the page is squeezed').toBeGreaterThanOrEqual((await playground.controls.boundingBox())!.width);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        // The page beside it is scanned in accessibility.spec.ts; in dark colours nothing but contrast differs.
        found.push(...(await foundByAxe(page, `${lesson}, ${colorScheme}`, { part: lessons.panel, colours: colorScheme === 'dark' })));
      }
      const controls = lessons.panel.getByRole('button').or(lessons.panel.getByRole('textbox'));
      for (const control of await controls.all()) {
        const box = await control.boundingBox();
        if (box) expect(Math.min(box.width, box.height), `${lesson}: ${await control.ariaSnapshot()}`).toBeGreaterThanOrEqual(24);
      }
      if (lesson !== 'result') await lessons.button('Next').click();
    }
    expect(found).toEqual([]);
    playground.expectNoComplaints();
  });
}
