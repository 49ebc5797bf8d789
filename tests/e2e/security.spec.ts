// What the page's policy keeps out, and that it stands in the way of nothing else.
import { readFile } from 'node:fs/promises';
import { type Page, expect, test } from './fixtures';
import { Playground } from './playground';

const RUN = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1';
const HEADERS = new URL('../../dist/_headers', import.meta.url);

/** Tries something in the page and gives what it threw, or what it gave. */
const tried = (page: Page, code: string) =>
  page.evaluate((code) => {
    const attempts: Record<string, () => unknown> = {
      'a handler in markup': () => (document.createElement('p').innerHTML = '<img src=x onerror=alert(1)>'),
      'a script in markup': () => document.body.insertAdjacentHTML('beforeend', '<script>alert(1)</script>'),
      'a frame in markup': () => (document.createElement('p').innerHTML = '<iframe srcdoc="x"></iframe>'),
      'a javascript link in markup': () => (document.createElement('p').innerHTML = '<a href="javascript:alert(1)">x</a>'),
      'a hidden javascript link in markup': () => (document.createElement('p').innerHTML = '<a href="java&#115;cript:alert(1)">x</a>'),
      'broken markup': () => (document.createElement('p').innerHTML = '<img src="x" <b onerror=alert(1)>'),
      'eval': () => eval('1'),
      'a worker of another site': () => new Worker('https://elsewhere.test/x.js'),
      'a worker outside of the folder': () => new Worker('/host/x.js'),
      'a worker of a text': () => new Worker('data:text/javascript,1'),
      'a script of another site': () => Object.assign(document.createElement('script'), { src: 'https://elsewhere.test/x.js' }),
      'another policy': () => (window as any).trustedTypes.createPolicy('another', {}),
    };
    // Apart from the call itself, to which a policy does not apply.
    return new Promise((resolve) => {
      setTimeout(() => {
        try {
          attempts[code]();
          resolve('allowed');
        } catch (error) {
          resolve((error as Error).name);
        }
      });
    });
  }, code);

test.describe('what would run a stranger’s script is refused', () => {
  test.use({ refusals: /./ });

  test('as markup, as text, as a worker', async ({ page }) => {
    await Playground.open(page, RUN);
    const attempts = [
      'a handler in markup', 'a script in markup', 'a frame in markup', 'a javascript link in markup', 'a hidden javascript link in markup',
      'broken markup', 'eval', 'a worker of another site', 'a worker outside of the folder', 'a worker of a text', 'a script of another site',
      'another policy',
    ];
    for (const attempt of attempts) expect(await tried(page, attempt), attempt).toMatch(/^(TypeError|EvalError)$/);
  });

  test('and nothing is sent to another site or looks like it', async ({ page }) => {
    await Playground.open(page, RUN);
    expect(await page.evaluate(() => fetch('https://elsewhere.test/').catch((error) => error.name))).toBe('TypeError');
    const refused = page.evaluate(() => new Promise((resolve) => document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true })));
    await page.evaluate(() => document.body.setAttribute('style', 'display: none'));
    expect(await refused).toBe('style-src-attr');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });
});

test('a page that has trained has asked no other site for anything, and says so', async ({ page }) => {
  const playground = await Playground.open(page, RUN);
  await playground.train();
  await expect(page.getByText('Requests of this page to other sites since start: 0.')).toBeVisible();
});

test.describe('a request to another site', () => {
  test.use({ elsewhere: /elsewhere\.test/ });

  test('is counted where one is made', async ({ page }) => {
    // The policy taken out, as an extension or a changed host would.
    await page.route(/\/playground\/(\?.*)?$/, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
      await route.fulfill({ response, body });
    });
    await page.route('https://elsewhere.test/**', (route) => route.fulfill({ body: '', headers: { 'access-control-allow-origin': '*' } }));
    await Playground.open(page, RUN);
    await page.evaluate(() => Promise.all([fetch('https://elsewhere.test/a'), fetch('https://elsewhere.test/b')]));
    await expect(page.getByText('Requests of this page to other sites since start: 2.')).toBeVisible();
  });
});

test('the page trains where its host sends the policy with every file, workers included', async ({ page }) => {
  const policy = (await readFile(HEADERS, 'utf8')).match(/Content-Security-Policy: (.*)/)![1];
  await page.route(/\.(js|wasm)$|\/playground\/(\?.*)?$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
  const playground = await Playground.open(page, RUN);
  await playground.train();
  playground.expectNoComplaints();
});

test('numbers with thousands of digits are told, and the experiment can be played', async ({ page }) => {
  const nines = '9'.repeat(4000);
  const playground = await Playground.open(page, `device=cpu&filters=2&batch=8&images=80&seed=${nines}&held-out=${nines}&rate=${nines}`);
  await expect(page.getByText(/rate is at most 1, not “9+…”: 1 is used\./).first()).toBeVisible();
  await expect(page.getByText('The link asks for 10000 held-out images, and the chosen classes have 500: 500 are used.').first()).toBeVisible();
  await playground.step();
  playground.expectNoComplaints();
});

test('the pages beside it are read under a policy of their own', async ({ page }) => {
  for (const folder of ['guide/', 'glossary/', 'teach/', 'p/quick/']) {
    await page.goto(folder);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute('content', /^default-src 'none'; script-src 'sha256-/);
  }
});
