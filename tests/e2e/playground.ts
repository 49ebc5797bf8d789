import { readFile } from 'node:fs/promises';
import { type ConsoleMessage, type Locator, type Page, type Worker, expect } from '@playwright/test';

export const TABS = ['Experiments', 'Gradients & activations', 'Feature maps', 'Evaluate', 'Data', 'Code & weights', 'Costs'] as const;
export type Tab = (typeof TABS)[number];

export const SETTINGS_TABS = ['Network', 'Training', 'Augmentation', 'Data', 'Start from', 'Device'] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

/** A file that the page gave to its visitor. */
export interface Saved {
  name: string;
  bytes: Buffer;
  text: string;
}

/** A row of a table of losses. */
export interface StepLoss {
  step: number;
  loss: number;
}

/**
 * The page as a person meets it: by roles, labels and visible words. Where something stands is known here alone, so that a
 * new layout changes one place.
 */
export class Playground {
  private readonly complaints: string[] = [];

  private constructor(readonly page: Page) {
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

  // ---- The bar ----

  get controls() {
    return this.page.getByRole('region', { name: 'Controls', exact: true });
  }

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

  // ---- This run ----

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

  // ---- Tabs ----

  get tabs() {
    return this.page.getByRole('tablist', { name: 'Tools' });
  }

  tab(name: Tab, isOpen?: boolean) {
    return this.tabs.getByRole('tab', { name, exact: true, selected: isOpen });
  }

  panel(name: Tab) {
    return this.page.getByRole('tabpanel', { name, exact: true });
  }

  /** Opens a tab and gives its panel. */
  async openTab(name: Tab): Promise<Locator> {
    await this.closeSettings();
    await this.tab(name).click();
    await expect(this.panel(name)).toBeVisible();
    return this.panel(name);
  }

  // ---- All settings ----

  get settings() {
    return this.page.getByRole('dialog', { name: 'All settings' });
  }

  get settingsButton() {
    return this.controls.getByRole('button', { name: /^All settings/ });
  }

  get settingSearch() {
    return this.settings.getByRole('searchbox', { name: 'Find a setting' });
  }

  /** Opens the sheet, and one of its tabs. */
  async openSettings(tab?: SettingsTab): Promise<Locator> {
    if (!(await this.settings.isVisible())) await this.settingsButton.click();
    await expect(this.settings).toBeVisible();
    if (tab) {
      await this.settingSearch.clear();
      await this.settings.getByRole('tab', { name: tab, exact: true }).click();
    }
    return this.settings;
  }

  async closeSettings() {
    if (!(await this.settings.isVisible())) return;
    await this.settings.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(this.settings).toBeHidden();
  }

  /** A setting, looked for by its name as one who does not know its tab. */
  async setting(label: string): Promise<Locator> {
    const sheet = await this.openSettings();
    const found = control(sheet, label);
    if (!(await found.isVisible())) await this.settingSearch.fill(label);
    await expect(found, `the setting “${label}”`).toBeVisible();
    return found;
  }

  /** Changes a setting: a number, a word of a list, or `on` and `off`. */
  async set(label: string, value: string) {
    await enter(await this.setting(label), value);
  }

  /** What a setting shows. */
  async expectSetting(label: string, value: string) {
    const found = await this.setting(label);
    await expect.poll(async () => plain(await shownIn(found)), { message: label }).toBe(plain(value));
  }

  // ---- The network ----

  get network() {
    return this.page.getByRole('region', { name: 'Network', exact: true });
  }

  get drawing() {
    const name = 'Network drawing';
    return this.network.getByRole('group', { name }).or(this.network.getByRole('application', { name }));
  }

  /** Everything in the drawing that can be selected: ends, blocks, bundles, layers of opened blocks. */
  get parts() {
    return this.drawing.getByRole('button', { name: /^(?!Skip connection)/ });
  }

  /** A block, counted from 1 as on the page. */
  block(stage: number, block: number) {
    return this.drawing.getByRole('button', { name: new RegExp(`^Stage ${stage}, block ${block}\\b`) });
  }

  /** Equal blocks that are drawn as one. */
  bundle(stage: number, from: number, to: number) {
    return this.drawing.getByRole('button', { name: new RegExp(`^Stage ${stage}, blocks ${from} to ${to}\\b`) });
  }

  /** Layers of opened blocks by a part of their names, such as `stages.0.blocks.1.`. */
  layers(name: string | RegExp) {
    return this.drawing.getByRole('button', { name: typeof name === 'string' ? new RegExp(escaped(name)) : name });
  }

  /** All skip connections that can be switched; `on` only those that are. */
  skips(on?: boolean) {
    return this.drawing.getByRole('button', { name: /^Skip connections? of stage/, pressed: on });
  }

  skip(stage: number, block: number, on?: boolean) {
    return this.drawing.getByRole('button', { name: `Skip connection of stage ${stage}, block ${block}`, exact: true, pressed: on });
  }

  /** Where the pointer meets an arc at its highest, on the screen: between its feet it is hollow. */
  async top(stage: number, block: number): Promise<{ x: number; y: number }> {
    await boxOf(this.skip(stage, block));
    const found = await this.skip(stage, block).evaluate((arc) => {
      const box = arc.getBoundingClientRect();
      const x = box.x + box.width / 2;
      const rows = Array.from({ length: Math.ceil(box.height) }, (_, row) => box.y + row);
      const meets = (y: number) => arc.contains(document.elementFromPoint(x, y));
      const first = rows.find(meets);
      const after = rows.find((y) => first !== undefined && y > first && !meets(y)) ?? box.y + box.height;
      return first === undefined ? null : { x, y: (first + after) / 2 };
    });
    expect(found, `the arc over stage ${stage}, block ${block} can be pointed at`).not.toBeNull();
    return found!;
  }

  toolbar(stage: number, block: number) {
    return this.page.getByRole('toolbar', { name: `Stage ${stage}, block ${block}`, exact: true });
  }

  /** The button of a toolbar that switches its block's skip connection; its words say how it is. */
  skipOf(toolbar: Locator, on?: boolean) {
    const name = on === undefined ? /^Skip (on|off)$/ : on ? 'Skip on' : 'Skip off';
    return toolbar.getByRole('button', { name, exact: true, pressed: on });
  }

  /** Words under the drawing. */
  caption(words: string | RegExp) {
    return this.network.getByText(words).filter({ visible: true }).first();
  }

  /** The network as a text, unfolded. */
  async inWords(): Promise<Locator> {
    return this.unfold('The network in words', this.network);
  }

  get layerSearch() {
    return this.network.getByRole('searchbox', { name: 'Find a layer' });
  }

  /** Chooses an entry of a menu of the drawing. */
  async choose(menu: string, entry: string) {
    await this.menuEntry(menu, entry).then((found) => found.click());
  }

  /** Opens a menu, and gives one of its entries. */
  async menuEntry(menu: string, entry: string): Promise<Locator> {
    await this.network.getByRole('button', { name: new RegExp(`^${menu}`) }).click();
    const name = { name: entry, exact: true };
    return this.network.getByRole('menuitem', name).or(this.network.getByRole('menuitemradio', name));
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

/** What takes a value and has this name, whatever it looks like. */
export function control(within: Locator, name: string): Locator {
  const roles = ['textbox', 'spinbutton', 'combobox', 'switch', 'checkbox'] as const;
  return roles.map((role) => within.getByRole(role, { name, exact: true })).reduce((one, other) => one.or(other));
}

/** A field that cannot be used as it stands says so, and why. */
export async function expectRefused(found: Locator, why: RegExp) {
  await expect(found).toHaveAttribute('aria-invalid', 'true');
  await expect(found).toHaveAccessibleDescription(why);
}

/** Nothing is wrong with what stands in a field. */
export async function expectAccepted(found: Locator) {
  await expect(found).not.toHaveAttribute('aria-invalid', 'true');
}

type Control = 'list' | 'switch' | 'text';

async function kindOf(found: Locator): Promise<Control> {
  const isList = await found.evaluate((element) => element instanceof HTMLSelectElement);
  if (isList) return 'list';
  const role = await found.evaluate((element) => element.getAttribute('role') ?? (element as HTMLInputElement).type);
  return role === 'switch' || role === 'checkbox' ? 'switch' : 'text';
}

/** Gives a value to what takes one, and leaves it. */
export async function enter(found: Locator, value: string) {
  switch (await kindOf(found)) {
    case 'list':
      return chooseOption(found, value);
    case 'switch':
      return found.setChecked(value === 'on');
    case 'text':
      await found.fill(value);
      return found.press('Tab');
  }
}

/** Chooses an entry of a list by its words, or the first ones of them; hyphens and capitals do not matter. */
export async function chooseOption(list: Locator, words: string) {
  const entries = async () => (await list.getByRole('option').allInnerTexts()).map((entry) => entry.trim());
  const isMeant = async () => {
    const all = await entries();
    return all.find((entry) => plain(entry) === plain(words)) ?? all.find((entry) => plain(entry).startsWith(plain(words)));
  };
  await expect.poll(isMeant, { message: `“${words}” is among ${(await entries()).join(', ')}` }).toBeDefined();
  await list.selectOption({ label: await isMeant() });
}

/** The words that a list, a switch or a field shows. */
export async function shownIn(found: Locator): Promise<string> {
  switch (await kindOf(found)) {
    case 'list':
      return found.evaluate((list) => (list as HTMLSelectElement).selectedOptions[0]?.text ?? '');
    case 'switch':
      return (await found.isChecked()) ? 'on' : 'off';
    case 'text':
      return found.inputValue();
  }
}

/** Rows of a table, cell by cell, without its head. */
export async function cells(table: Locator): Promise<string[][]> {
  return table
    .getByRole('row')
    .evaluateAll((rows) =>
      rows
        .map((row) => [...row.children].map((cell) => ({ text: (cell.textContent ?? '').trim(), isValue: cell.tagName === 'TD' })))
        .filter((row) => row.some((cell) => cell.isValue && cell.text !== ''))
        .map((row) => row.map((cell) => cell.text)),
    );
}

/** The name that a screen reader reads. */
export async function nameOf(element: Locator): Promise<string> {
  const line = (await element.ariaSnapshot()).split('\n')[0];
  const found = /"((?:[^"\\]|\\.)*)"/.exec(line);
  expect(found, `a name in: ${line}`).not.toBeNull();
  return found![1].replaceAll("''", "'").replace(/\\(.)/g, '$1');
}

/** Where something is on the screen, once it has come to rest there. */
export async function boxOf(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  let before = '';
  let box = await element.boundingBox();
  await expect(async () => {
    box = await element.boundingBox();
    const now = JSON.stringify(box);
    const rests = box !== null && now === before;
    before = now;
    expect(rests, 'it rests').toBe(true);
  }).toPass({ intervals: [50, 50, 100, 100, 200] });
  return box!;
}

/** What something looks like, for comparing. */
export async function looksOf(element: Locator): Promise<string> {
  return (await element.screenshot({ animations: 'disabled' })).toString('base64');
}

/** A whole number with its thousands apart or not. */
export function whole(text: string): number {
  return Number(text.replace(/[,\s]/g, ''));
}

/** Letters and digits alone: “One cycle” and “one-cycle” are the same choice. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9.+]/g, '');
}

export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
