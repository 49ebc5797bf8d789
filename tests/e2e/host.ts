// A page of somebody else's, at another origin than the playground's, that embeds it.
import { readFile } from 'node:fs/promises';
import type { Frame, Page } from '@playwright/test';

const docs = new URL('../../docs/embedding/', import.meta.url);

/** What the example hosts put in the place of the playground's address. */
const PLACEHOLDER = 'https://playground.example/';

/** The playground's address, as a host names it. */
export function playgroundOf(baseURL: string): string {
  return new URL('.', baseURL).href;
}

/** Opens a host with this body, and the playground's script in its head. */
export async function openHost(page: Page, baseURL: string, body: string, head = '', script = true) {
  const tag = script ? `<script async src="${playgroundOf(baseURL)}resnet-playground.js"></script>` : '';
  await openPage(page, baseURL, `<!doctype html><html lang="en"><head>${head}<title>A host</title>${tag}</head><body>${body}</body></html>`);
}

/** Opens one of the example hosts as its reader does: with the playground's address in it, and what else `edit` changes. */
export async function openExample(page: Page, baseURL: string, file: string, edit = (text: string) => text) {
  const text = await readFile(new URL(file, docs), 'utf8');
  await openPage(page, baseURL, edit(text).replaceAll(PLACEHOLDER, playgroundOf(baseURL)));
}

/** At the same server by its other name: another origin and another site, and still a secure context. */
async function openPage(page: Page, baseURL: string, html: string) {
  await page.goto(`http://localhost:${new URL(baseURL).port}/host/`);
  await page.setContent(html);
}

/** The embedded playgrounds that are loaded. */
export function embedded(page: Page): Frame[] {
  return page.frames().filter((frame) => frame !== page.mainFrame() && frame.url().includes('embed=1'));
}

/** An event of an element, and which of the page's elements it was. */
export interface Heard {
  element: number;
  event: string;
  detail: Record<string, unknown>;
}

const NAMES = ['ready', 'state', 'step', 'epoch', 'paused', 'done', 'diverged', 'unsupported', 'resize', 'error'];

/** Keeps all events of all elements from now on; `heard` reads them. */
export async function listen(page: Page) {
  await page.evaluate((names) => {
    const heard: Heard[] = ((window as unknown as { heard: Heard[] }).heard = []);
    document.querySelectorAll('resnet-playground').forEach((one, element) => {
      for (const event of names) one.addEventListener(event, (told) => heard.push({ element, event, detail: (told as CustomEvent).detail }));
    });
  }, NAMES);
}

export function heard(page: Page): Promise<Heard[]> {
  return page.evaluate(() => (window as unknown as { heard: Heard[] }).heard);
}

/** Calls a method of one of the page's elements and gives what it gives, or the sentence of its failure. */
export function call(page: Page, element: number, method: string, argument?: string): Promise<unknown> {
  return page.evaluate(
    async ([element, method, argument]) => {
      const one = document.querySelectorAll('resnet-playground')[element] as unknown as Record<string, (argument?: string) => Promise<unknown>>;
      return one[method](argument).catch((error: Error) => error.message);
    },
    [element, method, argument] as const,
  );
}
