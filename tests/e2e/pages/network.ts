import { type Locator, expect } from '@playwright/test';
import { boxOf, escaped } from './reading';
import { RunPart } from './run';

/** The drawing of the network, which is its main control. */
export class NetworkPart extends RunPart {
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
}
