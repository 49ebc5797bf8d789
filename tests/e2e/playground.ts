import { readFile } from 'node:fs/promises';
import { type ConsoleMessage, type Locator, type Page, type Worker, expect } from '@playwright/test';
import { NetworkPart } from './pages/network';

export * from './pages/fields';
export * from './pages/reading';
export { type StepLoss } from './pages/run';
export { SETTINGS_TABS, type SettingsTab, TABS, type Tab } from './pages/settings';

/** A file that the page gave to its visitor. */
export interface Saved {
  name: string;
  bytes: Buffer;
  text: string;
}

/**
 * The page as a person meets it: by roles, labels and visible words. Where something stands is known here and in `pages/` alone,
 * so that a new layout changes one place.
 */
export class Playground extends NetworkPart {
  private readonly complaints: string[] = [];

  private constructor(page: Page) {
    super(page);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error') this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.complaints.push(`${response.status()} ${response.url()}`);
    });
  }

  /** Opens the page with this experiment in the link, and waits until it can be played; in `/isolated` it may share memory. */
  static async open(page: Page, query = '', folder = '.'): Promise<Playground> {
    const playground = await Playground.visit(page, query, folder);
    await playground.waitUntilReady();
    return playground;
  }

  /** Opens the page and waits for nothing: for experiments that cannot be played. */
  static async visit(page: Page, query = '', folder = '.'): Promise<Playground> {
    const playground = new Playground(page);
    // The committed images, whether or not the full set was built in this checkout.
    await page.route('**/data/data-sets.json', (route) => route.fulfill({ json: ['starter'] }));
    await page.goto(query ? `${folder}/?${query}` : folder);
    return playground;
  }

  async waitUntilReady() {
    await expect(this.playButton).toBeEnabled();
  }

  /** The same address again, as after closing the tab. */
  async reload() {
    await this.page.reload();
    await this.waitUntilReady();
  }

  /** Nothing went wrong unnoticed. */
  expectNoComplaints() {
    expect(this.complaints, 'errors in the console, failed requests').toEqual([]);
  }

  // ---- Files ----

  /** What a click lets the visitor save. */
  async saved(click: () => Promise<void>): Promise<Saved> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), click()]);
    const bytes = await readFile(await download.path());
    return { name: download.suggestedFilename(), bytes, text: bytes.toString('utf8') };
  }

  /** Files dragged from a file manager and let go over something. */
  async drop(over: Locator, name: string, bytes: Buffer, type = '') {
    const dataTransfer = await this.page.evaluateHandle(
      ([name, bytes, type]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name, { type }));
        return transfer;
      },
      [name, bytes.toString('base64'), type] as const,
    );
    await over.dispatchEvent('dragover', { dataTransfer });
    await over.dispatchEvent('drop', { dataTransfer });
  }

  // ---- Programs beside the page ----

  /** The worker that runs a program, by the start of its name. */
  worker(program: string): Worker {
    const found = this.page.workers().find((worker) => worker.url().includes(`/${program}`));
    expect(found, `${program} among ${this.page.workers().map((worker) => worker.url()).join(', ')}`).toBeDefined();
    return found!;
  }
}
