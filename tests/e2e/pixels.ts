import { inflateSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';

export type Colour = [red: number, green: number, blue: number];

/** A picture as one sees it. */
export class Picture {
  private constructor(
    readonly width: number,
    readonly height: number,
    private readonly data: Buffer,
    private readonly channels: number,
  ) {}

  /** Reads a PNG of eight bits a channel, such as browsers write. */
  static of(png: Buffer): Picture {
    const [width, height, depth, kind] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]];
    const channels = ({ 2: 3, 6: 4 } as Record<number, number>)[kind];
    if (depth !== 8 || !channels || png[28] !== 0) throw new Error(`a PNG of kind ${kind} with ${depth} bits a channel is not read here`);
    const parts: Buffer[] = [];
    for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
      if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
    const lines = inflateSync(Buffer.concat(parts));
    const [stride, data] = [width * channels, Buffer.alloc(width * height * channels)];
    for (let y = 0; y < height; y += 1) {
      const filter = lines[y * (stride + 1)];
      for (let x = 0; x < stride; x += 1) {
        const left = x >= channels ? data[y * stride + x - channels] : 0;
        const above = y > 0 ? data[(y - 1) * stride + x] : 0;
        const corner = x >= channels && y > 0 ? data[(y - 1) * stride + x - channels] : 0;
        const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter];
        data[y * stride + x] = (lines[y * (stride + 1) + 1 + x] + guess) & 255;
      }
    }
    return new Picture(width, height, data, channels);
  }

  at(x: number, y: number): Colour {
    const place = (Math.min(Math.max(Math.round(y), 0), this.height - 1) * this.width + Math.min(Math.max(Math.round(x), 0), this.width - 1)) * this.channels;
    return [this.data[place], this.data[place + 1], this.data[place + 2]];
  }

  /** Colours of every pixel, row by row; of a part of the picture where `inner` is less than 1. */
  colours(inner = 1): Colour[] {
    const [left, top] = [((1 - inner) / 2) * this.width, ((1 - inner) / 2) * this.height];
    const found: Colour[] = [];
    for (let y = Math.ceil(top); y < this.height - Math.ceil(top); y += 1) {
      for (let x = Math.ceil(left); x < this.width - Math.ceil(left); x += 1) found.push(this.at(x, y));
    }
    return found;
  }

  /** How many colours there are. */
  variety(): number {
    return new Set(this.colours().map((colour) => colour.join())).size;
  }

  /** Share of the pixels that are like this. */
  share(isLike: (colour: Colour) => boolean): number {
    const all = this.colours();
    return all.filter(isLike).length / all.length;
  }

  /** How far anything stands out from the colour that is there most. */
  contrast(): number {
    const all = this.colours();
    const counts = new Map<string, number>();
    for (const colour of all) counts.set(colour.join(), (counts.get(colour.join()) ?? 0) + 1);
    const ground = [...counts.entries()].reduce((one, other) => (other[1] > one[1] ? other : one))[0].split(',').map(Number) as Colour;
    return Math.max(...all.map((colour) => distance(colour, ground)));
  }
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(guess - value));
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

export function distance(one: Colour, other: Colour): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** What a piece of the page looks like, moving pictures at their end. */
export async function seen(element: Locator): Promise<Picture> {
  return Picture.of(await element.screenshot({ animations: 'disabled' }));
}

/** What the page looks like around a point. */
export async function seenAround(page: Page, { x, y }: { x: number; y: number }, reach: number): Promise<Picture> {
  const clip = { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
  return Picture.of(await page.screenshot({ clip, animations: 'disabled' }));
}
