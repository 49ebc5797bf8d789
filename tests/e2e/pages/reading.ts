import { type Locator, expect } from '@playwright/test';

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
export function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9.+]/g, '');
}

export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
