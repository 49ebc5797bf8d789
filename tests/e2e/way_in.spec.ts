// The way in: whatever keeps the page's program from starting ends in one sentence with its cause and what helps.
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type FrameLocator, type Page, type Route, expect, test } from './fixtures';
import { Playground } from './playground';

const DIST = new URL('../../dist/', import.meta.url);
const PAGE_SCRIPT = /\/app-[^/]+\.js$/;
const PAGE_PROGRAM = /\/app-[^/]+\.wasm$/;
const PAGE = /\/playground\/(\?.*)?$/;

/** The sentence, with or without a button that loads the page anew. */
async function expectSentence(page: Page | FrameLocator, sentence: RegExp, way: 'Retry' | 'Open in a tab of its own' | 'nothing', timeout = 30_000) {
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(sentence, { timeout });
  await expect(alert.getByRole('button', { name: 'Retry' })).toHaveCount(way === 'Retry' ? 1 : 0);
  await expect(alert.getByRole('link')).toHaveCount(way === 'Open in a tab of its own' ? 1 : 0);
  await expect(page.getByText('Loading the playground…'), 'the wait is over').toHaveCount(0);
}

/** Answers with part of a file, or with something else in its place, until it is mended. */
async function change(page: Page, files: RegExp, change: (route: Route) => Promise<void>): Promise<{ mend(): void }> {
  let broken = true;
  await page.route(files, (route) => (broken ? change(route) : route.fallback()));
  return { mend: () => (broken = false) };
}

const answer = (body: string | Buffer, contentType: string, status = 200) => (route: Route) => route.fulfill({ status, contentType, body });

const cut = (part: number, contentType: string) => async (route: Route) => {
  const body = await (await route.fetch({ method: 'GET' })).body();
  await route.fulfill({ contentType, body: body.subarray(0, Math.floor(body.length * part)) });
};

/** The page with a header more. */
const withPolicy = (page: Page, policy: string) =>
  page.route(PAGE, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });

/** The same program that asks for something that the script does not give, as that of another build does. */
async function ofAnotherBuild(): Promise<Buffer> {
  const name = (await readFile(new URL('index.html', DIST), 'utf8')).match(/app-[^/'"]+_bg\.wasm/)?.[0] ?? '';
  const program = await readFile(new URL(name, DIST));
  // A name of its list of imports, one letter changed: its length stays.
  const place = program.indexOf('__wbg_');
  program.write('__wbh_', place);
  return program;
}

test.describe('a file of the program', () => {
  const cases: { name: string; files: RegExp; broken: (route: Route) => Promise<void>; sentence: RegExp; helps: boolean }[] = [];
  for (const [what, files] of [['script', PAGE_SCRIPT], ['wasm', PAGE_PROGRAM]] as const) {
    cases.push(
      { name: `${what} that is not there`, files, broken: answer('not found', 'text/plain', 404), sentence: /is not on its server \(app-.*: 404\)/, helps: true },
      { name: `${what} in whose place the host sends a web page`, files, broken: answer('<!doctype html><p>hello', 'text/html'), sentence: /is not on its server \(app-.*: a web page/, helps: true },
      { name: `${what} that does not arrive`, files, broken: (route) => route.abort(), sentence: /could not be fetched/, helps: true },
      { name: `${what} that is cut short`, files, broken: cut(0.6, what === 'wasm' ? 'application/wasm' : 'text/javascript'), sentence: /damaged or cut short/, helps: true },
    );
  }
  cases.push(
    { name: 'empty wasm', files: PAGE_PROGRAM, broken: answer('', 'application/wasm'), sentence: /damaged or cut short/, helps: true },
    { name: 'script of plain text', files: PAGE_SCRIPT, broken: cut(1, 'text/plain'), sentence: /sends app-.* as text\/plain.*text\/javascript/, helps: false },
    { name: 'script without a type', files: PAGE_SCRIPT, broken: cut(1, 'application/octet-stream'), sentence: /as application\/octet-stream/, helps: false },
    { name: 'script without its exports', files: PAGE_SCRIPT, broken: answer('export const another = 1;', 'text/javascript'), sentence: /two builds/, helps: true },
    {
      name: 'wasm of another program',
      files: PAGE_PROGRAM,
      // A module that imports `bar` of `foo`.
      broken: answer(Buffer.from('0061736d0100000001040160000002' + '0b0103666f6f036261720000', 'hex'), 'application/wasm'),
      sentence: /two builds/,
      helps: true,
    },
    { name: 'wasm of another build', files: PAGE_PROGRAM, broken: async (route) => answer(await ofAnotherBuild(), 'application/wasm')(route), sentence: /two builds/, helps: true },
  );
  for (const { name, files, broken, sentence, helps } of cases) {
    test(`${name} is told${helps ? ', and Retry brings it, with the link' : ''}`, async ({ page }) => {
      const file = await change(page, files, broken);
      const playground = await Playground.visit(page, 'depth=20');
      await expectSentence(page, sentence, helps ? 'Retry' : 'nothing');
      file.mend();
      if (!helps) return;
      await page.getByRole('alert').getByRole('button', { name: 'Retry' }).click();
      await expect(playground.field('Depth')).toHaveValue('20');
      await expect(page.getByRole('alert')).toHaveCount(0);
    });
  }
});

test('wasm that is sent as something else still starts', async ({ page }) => {
  for (const contentType of ['application/octet-stream', 'text/plain', '']) {
    await page.route(PAGE_PROGRAM, cut(1, contentType));
    await Playground.open(page);
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
});

test.describe('a browser', () => {
  test('without WebAssembly is told so', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'WebAssembly'));
    await Playground.visit(page);
    await expectSentence(page, /no WebAssembly/, 'nothing');
  });

  test('without modules is told so', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(HTMLScriptElement.prototype, 'noModule'));
    await page.route(PAGE_SCRIPT, (route) => route.abort());
    await Playground.visit(page);
    await expectSentence(page, /too old/, 'nothing');
  });

  test('that cannot compile the program is told so', async ({ page }) => {
    await page.addInitScript(() => {
      const refuse = () => Promise.reject(new WebAssembly.CompileError('invalid opcode 0xfc'));
      Object.assign(WebAssembly, { instantiateStreaming: refuse, instantiate: refuse });
    });
    await Playground.visit(page);
    await expectSentence(page, /invalid opcode.*newer browser/, 'Retry');
  });

  test('without memory for the program is told so', async ({ page }) => {
    await page.addInitScript(() => {
      const refuse = () => Promise.reject(new RangeError('WebAssembly.Memory(): could not allocate memory'));
      Object.assign(WebAssembly, { instantiateStreaming: refuse, instantiate: refuse });
    });
    await Playground.visit(page);
    await expectSentence(page, /no memory left.*Close other tabs/, 'Retry');
  });

  test('with JavaScript off is told so', async ({ browser }) => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto('.');
    await expect(page.getByText(/needs JavaScript/)).toBeVisible();
    await expect(page.getByText('Loading the playground…').filter({ visible: true })).toHaveCount(0);
    await page.close();
  });
});

test.describe('a policy', () => {
  test.use({ refusals: /./ });
  const INLINE = "'unsafe-inline'";
  test('without WebAssembly is named', async ({ page }) => {
    await withPolicy(page, `script-src 'self' ${INLINE}`);
    await Playground.visit(page);
    await expectSentence(page, /forbids WebAssembly \(Content-Security-Policy, script-src\).*'wasm-unsafe-eval'/, 'nothing');
  });

  test('that lets nothing be fetched is named', async ({ page }) => {
    await withPolicy(page, `script-src 'self' ${INLINE} 'wasm-unsafe-eval'; connect-src 'none'`);
    await Playground.visit(page);
    await expectSentence(page, /policy of this page's host.*connect-src/, 'nothing');
  });

  test('that lets no script of the host through is named', async ({ page }) => {
    await withPolicy(page, `script-src ${INLINE} 'wasm-unsafe-eval'`);
    await Playground.visit(page);
    await expectSentence(page, /policy of this page's host.*script-src/, 'nothing');
  });

  test('without inline scripts is named by the page alone', async ({ page }) => {
    await withPolicy(page, "script-src 'self'; style-src 'self' 'unsafe-inline'");
    await Playground.visit(page);
    await expect(page.getByText(/a policy of the page's host \(Content-Security-Policy\) forbids it/)).toBeVisible();
    await expect(page.getByText('Loading the playground…').filter({ visible: true })).toHaveCount(0);
  });

  test('that only reports keeps nobody out', async ({ page }) => {
    await page.route(PAGE, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy-report-only': "script-src 'none'" } });
    });
    const playground = await Playground.visit(page);
    await playground.waitUntilReady();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});

test.describe('a frame', () => {
  const framed = async (page: Page, attributes: string) => {
    await page.route('**/around.html', answer(`<!doctype html><iframe ${attributes} src="/playground/?embed=1" width="900" height="600"></iframe>`, 'text/html'));
    await page.goto('../around.html');
    return page.frameLocator('iframe');
  };

  for (const tokens of ['allow-scripts', 'allow-scripts allow-popups', 'allow-scripts allow-forms allow-downloads']) {
    test(`of sandbox="${tokens}" is told which token it lacks, and where the page works`, async ({ page }) => {
      const frame = await framed(page, `sandbox="${tokens}"`);
      await expectSentence(frame, /sandboxed without allow-same-origin/, 'Open in a tab of its own');
      await expect(frame.getByRole('alert').getByRole('link')).toHaveAttribute('href', /\/playground\/\?embed=1$/);
    });
  }

  test('without allow-scripts is told so', async ({ page }) => {
    const frame = await framed(page, 'sandbox="allow-same-origin"');
    await expect(frame.getByText(/a frame without allow-scripts/)).toBeVisible();
  });

  test('with both tokens shows the page', async ({ page }) => {
    const frame = await framed(page, 'sandbox="allow-scripts allow-same-origin"');
    await expect(frame.getByRole('button', { name: 'Play' })).toBeEnabled();
    await expect(frame.getByRole('alert')).toHaveCount(0);
  });
});

test('the page as a file names a web server', async ({ page }) => {
  await page.goto(pathToFileURL(fileURLToPath(new URL('index.html', DIST))).href);
  await expectSentence(page, /opened as a file.*web server/, 'nothing');
});

test('without the slash behind its folder the page adds it, and keeps the link', async ({ page, baseURL }) => {
  const folder = new URL(baseURL ?? '').pathname.slice(0, -1);
  const index = await readFile(new URL('index.html', DIST), 'utf8');
  await page.route((url) => url.pathname === folder, answer(index, 'text/html'));
  for (const query of ['', '?depth=20', '?depth=20&skips=off#network']) {
    await page.goto(`${folder}${query}`);
    await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled();
    const wanted = new URL(query, 'http://localhost').searchParams;
    await expect(page).toHaveURL((url) => url.pathname === `${folder}/` && [...wanted].every(([key, value]) => url.searchParams.get(key) === value));
  }
});

test('a host that sends the page under every address gets the slash too, or a sentence', async ({ page, baseURL }) => {
  const folder = new URL(baseURL ?? '').pathname.slice(0, -1);
  const index = await readFile(new URL('index.html', DIST), 'utf8');
  await page.route((url) => !url.pathname.startsWith(`${folder}/`), answer(index, 'text/html'));
  await page.goto(`${folder}?depth=20`);
  await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled();
  await page.goto('/elsewhere');
  await expectSentence(page, /is not on its server/, 'Retry');
});

test('slow is not dead: what is on its way is named, and the page starts once it is there', async ({ page }) => {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(PAGE_PROGRAM, async (route) => {
    if (route.request().method() === 'GET') await released;
    await route.fallback();
  });
  const playground = await Playground.visit(page);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/Still loading: app-\S+\.wasm, \d\.\d MB, is on its way/, { timeout: 40_000 });
  await expect(alert.getByRole('button'), 'nothing has failed').toHaveCount(0);
  release();
  await playground.waitUntilReady();
  await expect(alert).toHaveCount(0);
});

test('a server that does not answer is told after a while, with Retry', async ({ page }) => {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(PAGE_PROGRAM, async (route) => {
    await released;
    await route.fallback();
  });
  const playground = await Playground.visit(page);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/the server does not answer for app-\S+\.wasm/, { timeout: 60_000 });
  await expect(alert.getByRole('button', { name: 'Retry' })).toBeVisible();
  release();
  await playground.waitUntilReady();
  await expect(alert).toHaveCount(0);
});

test('a page that stops under way says so, once, and Reload brings it back with its settings', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=20');
  for (let fault = 0; fault < 2; fault += 1) {
    await page.evaluate(() => setTimeout(() => { throw new WebAssembly.RuntimeError('unreachable'); }));
  }
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('has stopped by a fault of its own');
  await expect(alert).toHaveCount(1);
  await alert.getByRole('button', { name: 'Reload' }).click();
  await playground.waitUntilReady();
  await expect(playground.field('Depth')).toHaveValue('20');
  await expect(alert).toHaveCount(0);
});

test('faults of other programs than the page’s say nothing once it is there', async ({ page }) => {
  await Playground.open(page);
  await page.evaluate(() => {
    setTimeout(() => { throw new TypeError('of an extension'); });
    void Promise.reject(new Error('of an extension'));
  });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  await expect(page.getByRole('alert')).toHaveCount(0);
});
