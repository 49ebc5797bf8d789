import { type ConsoleMessage, type Page, expect } from '@playwright/test';

/** The page as a user meets it. */
export class Playground {
  private readonly complaints: string[] = [];

  private constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message: ConsoleMessage) => {
      // A missing full data set is looked for first and answered by 404, which browsers log by themselves.
      if (message.type() === 'error' && !message.location().url.includes('/data/full/')) this.complaints.push(message.text());
    });
  }

  /** Opens the page with this experiment in the link, and waits until it can be played; in `/isolated` it may share memory. */
  static async open(page: Page, query = '', folder = '.'): Promise<Playground> {
    const playground = new Playground(page);
    // The committed images, whether or not the full set was built in this checkout.
    await page.route('**/data/full/**', (route) => route.fulfill({ status: 404 }));
    await page.goto(query ? `${folder}/?${query}` : folder);
    await expect(playground.button('Play')).toBeEnabled();
    return playground;
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  measured(name: string) {
    return this.page.getByTestId(name);
  }

  async waitForPhase(phase: string | RegExp, timeout = 240_000) {
    await expect(this.measured('phase')).toHaveText(phase, { timeout });
  }

  async stepsDone(): Promise<number> {
    return Number((await this.measured('step').innerText()).replace(/\D/g, ''));
  }

  /** Losses of the first steps, in full precision. */
  async losses(): Promise<number[]> {
    const rows = this.measured('losses').locator('[data-loss]');
    return (await rows.evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-loss')))).map(Number);
  }

  async heldOutAccuracy(): Promise<number> {
    return Number(await this.measured('held-out-accuracy').getAttribute('data-accuracy'));
  }

  /** Nothing went wrong unnoticed. */
  expectNoComplaints() {
    expect(this.complaints, 'errors in the console').toEqual([]);
  }
}
