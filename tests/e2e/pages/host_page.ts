import { type FrameLocator, type Locator, type Page, expect } from '@playwright/test';

/** What a frame tells the page around it. */
export interface Told {
  event: string;
  data: Record<string, unknown>;
}

/** Another one's page with the playground in a frame, as its author would write it by hand: from another origin, without our script. */
export class HostPage {
  readonly frame: FrameLocator;
  readonly element: Locator;

  private constructor(readonly page: Page) {
    this.element = page.locator('iframe');
    this.frame = page.frameLocator('iframe');
  }

  /**
   * Opens a page of `localhost` whose frame shows the playground at `base`, which has 127.0.0.1 for a name. There is text before and after the frame, so that
   * the page scrolls.
   */
  static async open(page: Page, base: string, query: string, { attributes = '', width = 600, height = 420 } = {}): Promise<HostPage> {
    const playground = new URL(`?${query}`, base);
    await page.route('**/data/data-sets.json', (route) => route.fulfill({ json: ['starter'], headers: { 'access-control-allow-origin': '*' } }));
    const text = Array.from({ length: 40 }, (_, line) => `<p>Line ${line} of a book.</p>`).join('');
    const html = `<!doctype html><html lang="en"><title>A book</title><main><h1>A book</h1>
      <button id="first">Before</button>
      <iframe title="ResNet Playground" ${attributes} src="${playground.href.replaceAll('&', '&amp;')}" style="width:${width}px;height:${height}px;border:0"></iframe>
      <button id="last">After</button>${text}</main><script>${HOST}</script></html>`;
    await page.goto(`http://localhost:${playground.port}/host/`);
    await page.setContent(html, { waitUntil: 'commit' });
    return new HostPage(page);
  }

  /** Waits until the frame takes commands. */
  async connect() {
    await this.page.evaluate(() => (window as unknown as Host).connect());
  }

  /** What a command comes to: its result, or its error as a sentence. */
  async ask(command: string, params?: Record<string, unknown>): Promise<Record<string, any>> {
    const answer = await this.page.evaluate(([command, params]) => (window as unknown as Host).ask(command, params), [command, params] as const);
    return answer as Record<string, any>;
  }

  /** Everything that the frame has told so far. */
  async told(event?: string): Promise<Told[]> {
    const all = await this.page.evaluate(() => (window as unknown as Host).told);
    return all.filter((told) => !event || told.event === event);
  }

  /** Waits until the frame has told this, and gives the last that it told. */
  async waitFor(event: string, count = 1): Promise<Record<string, any>> {
    await expect.poll(async () => (await this.told(event)).length, { message: event, timeout: 120_000 }).toBeGreaterThanOrEqual(count);
    return (await this.told(event)).at(-1)!.data;
  }

  /** The hellos that were answered with a port. */
  async portsGiven(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as Host).portsGiven);
  }

  /** Messages of other protocols, by their subject. */
  async posted(subject: string): Promise<Record<string, any>[]> {
    return this.page.evaluate((subject) => (window as unknown as Host).posted.filter((message) => message.subject === subject), subject);
  }
}

interface Host {
  connect(): Promise<void>;
  ask(command: string, params?: Record<string, unknown>): Promise<unknown>;
  told: Told[];
  posted: Record<string, any>[];
  portsGiven: string[];
}

/** The page's own script. */
const HOST = `
  const frame = document.querySelector('iframe')
  const origin = frame.sandbox.length && !frame.sandbox.contains('allow-same-origin') ? 'null' : new URL(frame.src).origin
  window.told = []
  window.posted = []
  window.portsGiven = []
  window.kept = null
  let port, waiting = new Map(), count = 0
  addEventListener('message', ({ data, source }) => {
    if (source === frame.contentWindow && data?.resnetPlayground === 'port') portsGiven.push(data.id)
    if (source !== frame.contentWindow || !data?.subject) return
    posted.push(data)
    if (data.subject === 'SPLICE.getState')
      source.postMessage({ subject: 'SPLICE.getState.response', message_id: data.message_id, state: window.kept }, '*')
  })
  window.connect = () => new Promise((resolve, reject) => {
    let tries = 0
    const id = 'host-' + Math.random()
    const hello = setInterval(() => {
      if (++tries > 120) return clearInterval(hello), reject(new Error('no answer'))
      frame.contentWindow.postMessage({ resnetPlayground: 'hello', version: 1, id }, origin === 'null' ? '*' : origin)
    }, 500)
    addEventListener('message', function heard(event) {
      if (event.source !== frame.contentWindow || event.origin !== origin) return
      if (event.data?.resnetPlayground !== 'port' || event.data.id !== id) return
      removeEventListener('message', heard)
      clearInterval(hello)
      port = event.ports[0]
      port.onmessage = ({ data }) => {
        if (data.event) {
          told.push(data)
          if (data.event === 'ready') resolve()
        } else waiting.get(data.id)?.(data)
      }
    })
  })
  window.ask = (command, params) => new Promise((resolve) => {
    const id = ++count
    waiting.set(id, ({ result, error }) => resolve(error === undefined ? result : { error }))
    port.postMessage(params === undefined ? { id, command } : { id, command, params })
  })
`;
