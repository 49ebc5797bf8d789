import { type Locator, type Page, expect } from '@playwright/test';
import type { Playground } from '../playground';

/** The titles of the course, in their order, by their words in a link. */
export const LESSONS = {
  depth: 'Why depth stops helping',
  block: 'The residual block',
  sum: 'x + F(x) by hand',
  order: 'Convolution first, or pre-activation',
  projection: 'The projection shortcut, and why',
  shapes: 'Strides and shapes, on paper',
  'depth-formula': 'The depth formula: 9n + 2',
  convolutions: 'Why three? It can be two or four',
  head: 'The head',
  training: 'Training it',
  gradient: 'What the gradient does',
  result: 'Reading the result',
} as const;
export type Lesson = keyof typeof LESSONS;

/** The course beside the tool, as a reader meets it. */
export class LessonsPanel {
  private readonly page: Page;

  constructor(playground: Playground) {
    this.page = playground.page;
  }

  /** The link in the header. */
  get opener() {
    return this.page.getByRole('banner').getByRole('link', { name: 'Lessons' });
  }

  /** The panel, whichever step is open. */
  get panel(): Locator {
    return this.page.getByRole('region').filter({ has: this.page.getByText(/^Lesson \d+ of \d+/) });
  }

  /** The panel with that step. */
  step(lesson: Lesson): Locator {
    return this.page.getByRole('region', { name: LESSONS[lesson], exact: true });
  }

  heading(lesson: Lesson) {
    return this.step(lesson).getByRole('heading', { level: 2, name: LESSONS[lesson], exact: true });
  }

  button(name: string) {
    return this.panel.getByRole('button', { name, exact: true });
  }

  get answer() {
    return this.panel.getByRole('status', { name: 'Answer' });
  }

  /** What is told while the answer is not right, whether or not it was before. */
  async expectHint(hint: RegExp) {
    await expect(this.answer).toHaveText(/^(Not yet|Answered before)\. /);
    await expect(this.answer).toHaveText(hint);
  }

  async expectDone(seen: RegExp, timeout = 30_000) {
    await expect(this.answer).toHaveText(/^Right\. /, { timeout });
    await expect(this.answer).toHaveText(seen);
  }

  /** Names of the steps with a tick. */
  async done(): Promise<string[]> {
    const contents = this.panel.getByRole('group').filter({ hasText: 'All lessons' });
    if (!(await contents.getByRole('list').isVisible())) await contents.getByText('All lessons').click();
    // It is built once it is opened.
    await expect(contents.getByRole('list')).toBeVisible();
    const entries = contents.getByRole('listitem').filter({ hasText: 'done' });
    return entries.getByRole('link').allInnerTexts();
  }

  // ---- With the keyboard alone ----

  /** Presses Tab until something has the focus. */
  async tabTo(goal: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
    for (let press = 0; press < 120; press += 1) {
      if (await goal.evaluateAll((elements) => elements.some((element) => element === document.activeElement))) return;
      await this.page.keyboard.press(key);
    }
    await expect(goal.first(), `reached with ${key}`).toBeFocused();
  }

  async press(goal: Locator, direction: 'Tab' | 'Shift+Tab' = 'Tab') {
    await this.tabTo(goal, direction);
    await this.page.keyboard.press('Enter');
  }

  /** From the step's heading to what it highlights. */
  async goThere() {
    await this.press(this.button('Go there'));
  }

  /** Chooses an answer: Space takes the one that Tab leads to, arrow keys the others. */
  async choose(words: string) {
    const answers = this.panel.getByRole('radio');
    await this.tabTo(answers, 'Shift+Tab');
    await this.page.keyboard.press('Space');
    const wanted = this.panel.getByRole('radio', { name: words });
    for (let press = 0; press < (await answers.count()) && !(await wanted.isChecked()); press += 1) await this.page.keyboard.press('ArrowDown');
    await expect(wanted).toBeChecked();
  }

  /** Types numbers into the fields of a step, from the first on. */
  async fillIn(numbers: readonly string[]) {
    const fields = this.panel.getByRole('textbox');
    await expect(fields).toHaveCount(numbers.length);
    await this.tabTo(fields.first(), 'Shift+Tab');
    for (const number of numbers) {
      await this.page.keyboard.press('ControlOrMeta+a');
      await this.page.keyboard.type(number);
      await this.page.keyboard.press('Tab');
    }
  }

  /** Goes on from anywhere in the panel, or from the tool, which follows it. */
  async next(lesson: Lesson) {
    const next = this.panel.getByRole('button', { name: 'Next', exact: true });
    const isInside = await this.panel.evaluate((panel) => panel.contains(document.activeElement));
    await this.press(next, isInside ? 'Tab' : 'Shift+Tab');
    await expect(this.heading(lesson)).toBeFocused();
  }
}
