import { type Locator, expect } from '@playwright/test';
import { cells, nameOf, whole } from './reading';
import { RunBarPart } from './run_bar';

/** A row of a table of losses. */
export interface StepLoss {
  step: number;
  loss: number;
}

/** What came of the run and of those before it: numbers, tables, charts. */
export class RunPart extends RunBarPart {
  get thisRun() {
    return this.page.getByRole('region', { name: 'This run', exact: true });
  }

  /** One of the large numbers of the run, by the words under it. */
  async figure(label: string): Promise<string> {
    const terms = await this.thisRun.getByRole('term').allInnerTexts();
    const place = terms.findIndex((term) => term.trim().replace(/\s+/g, ' ').startsWith(label));
    expect(place, `“${label}” among ${terms.join(', ')}`).toBeGreaterThanOrEqual(0);
    return this.thisRun.getByRole('definition').nth(place).innerText();
  }

  /** Share of the held-out images that were right at the last epoch's end; 0 before. */
  async heldOutAccuracy(): Promise<number> {
    return (Number.parseFloat(await this.figure('held-out accuracy')) || 0) / 100;
  }

  /** Every step that “Loss of every step” lists, in full precision. */
  async stepLosses(): Promise<StepLoss[]> {
    const table = (await this.unfold('Loss of every step', this.thisRun)).getByRole('table');
    let listed: StepLoss[] = [];
    await expect(async () => {
      listed = (await cells(table)).map(([step, loss]) => ({ step: whole(step), loss: Number(loss) }));
      expect(listed.at(-1)?.step ?? 0, 'the table goes as far as the run').toBe(await this.stepsDone());
    }).toPass({ timeout: 20_000 });
    return listed;
  }

  /** Their losses alone. */
  async losses(): Promise<number[]> {
    return (await this.stepLosses()).map(({ loss }) => loss);
  }

  /** Opens what is folded under these words, and gives it. */
  async unfold(words: string, inside: Locator): Promise<Locator> {
    const heading = inside.getByText(words).first();
    const details = inside.getByRole('group').filter({ has: this.page.getByText(words) }).last();
    if (!(await details.evaluate((element) => (element as HTMLDetailsElement).open))) await heading.click();
    // What is folded away is not built before it is opened.
    await expect(details.locator(':scope > :not(summary)').first()).toBeAttached();
    return details;
  }

  // ---- Charts ----

  chart(title: string) {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** The picture of a chart. Its name is a sentence that says what it shows. */
  picture(title: string) {
    return this.chart(title).getByRole('img', { name: new RegExp(`^${title}: `) });
  }

  /** What a chart says of each of its curves: `training 2.14 after 127 steps`. */
  async curves(title: string): Promise<string[]> {
    const sentence = (await nameOf(this.picture(title))).slice(title.length + 2);
    return sentence.replace(/\.$/, '').split('; ');
  }

  /** The last value of a curve. */
  async lastValue(title: string, curve: string): Promise<number> {
    const curves = await this.curves(title);
    const said = curves.find((words) => words.includes(curve)) ?? '';
    const value = Number(/(\S+)\s*%? after /.exec(said)?.[1]);
    expect(value, `the value of “${curve}” in: ${curves.join('; ')}`).not.toBeNaN();
    return value;
  }

  // ---- Runs ----

  get runs() {
    return this.page.getByRole('region', { name: 'Runs', exact: true });
  }

  /** The row of a run that is kept. */
  run(number: number) {
    return this.runs.getByRole('row').filter({ has: this.page.getByLabel(`Name of run ${number}`, { exact: true }) });
  }

  /** The row of the run there is. */
  get currentRun() {
    return this.runs.getByRole('row').filter({ hasText: /, now/ });
  }

  ofRuns(button: string) {
    return this.runs.getByRole('button', { name: button, exact: true });
  }
}
