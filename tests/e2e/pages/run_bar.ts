import { expect } from '@playwright/test';
import { control } from './fields';
import { whole } from './reading';
import { SettingsPart } from './settings';

/** The bar: what plays, and the six things a beginner changes. */
export class RunBarPart extends SettingsPart {
  /** One button with two words. */
  get playButton() {
    return this.controls.getByRole('button', { name: /^(Play|Pause)$/ });
  }

  /** A button of the bar. */
  button(name: string) {
    return this.controls.getByRole('button', { name, exact: true });
  }

  async play() {
    await this.press('Play');
  }

  async pause() {
    await this.press('Pause');
  }

  /** Trains one step, and waits until it is done. */
  async step() {
    const before = await this.stepsDone();
    await this.press('Step');
    await this.waitForSteps(before + 1);
  }

  async reset() {
    await this.press('Reset');
  }

  /** A button of the bar; the sheet of settings would lie over it. */
  async press(name: string) {
    await this.closeSettings();
    await this.button(name).click();
  }

  /** Plays to the end. */
  async train(timeout = 240_000) {
    await this.play();
    await this.waitForStatus(/Finished/, timeout);
  }

  get skipSwitch() {
    return this.controls.getByRole('switch', { name: 'Skip connections' });
  }

  get recipe() {
    return this.controls.getByRole('combobox', { name: 'Recipe' });
  }

  /** A number of the bar, such as Depth. */
  field(label: string) {
    return control(this.controls, label);
  }

  /** Types a number into the bar. */
  async type(label: string, value: string) {
    await this.field(label).fill(value);
    await this.field(label).press('Enter');
  }

  /** What trains, as the header says it. */
  get device() {
    return this.page.getByRole('banner').getByText(/^(CPU|WebGPU)/);
  }

  get status() {
    return this.page.getByRole('status', { name: 'Status' });
  }

  async waitForStatus(status: RegExp, timeout = 240_000) {
    await expect(this.status).toHaveText(status, { timeout });
  }

  /** `[12, 2500]` of “step 12 of 2,500”; zeros before a run. */
  async progress(): Promise<[done: number, total: number]> {
    const words = await this.controls.innerText();
    const found = /\bstep\s+([\d,]+)\s+of\s+([\d,]+)/i.exec(words);
    return found ? [whole(found[1]), whole(found[2])] : [0, 0];
  }

  /** How long the run has trained, as the bar says it: `9 s`, `2:05 min`. */
  async secondsTrained(): Promise<number> {
    const found = /\bstep\s+[\d,]+\s+of\s+[\d,]+\D*?([\d:]+)\s*(?:s|min|h)\b/i.exec(await this.controls.innerText());
    return (found?.[1] ?? '0').split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
  }

  async stepsDone(): Promise<number> {
    return (await this.progress())[0];
  }

  async waitForSteps(steps: number, timeout = 60_000) {
    await expect.poll(() => this.stepsDone(), { message: 'steps done', timeout }).toBe(steps);
  }

  async waitForMoreStepsThan(steps: number, timeout = 60_000) {
    await expect.poll(() => this.stepsDone(), { message: 'steps done', timeout }).toBeGreaterThan(steps);
  }
}
