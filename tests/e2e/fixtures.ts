// What every browser test watches beside what it is about: the page's policy refuses nothing that the page does, and nothing but
// the page's own server is asked for anything.
import { type BrowserContext, type ConsoleMessage, type Request, test as base, expect } from '@playwright/test';

export * from '@playwright/test';

/** The names of the test server (`serve.mjs`). */
const OWN_HOSTS = ['127.0.0.1', 'localhost', 'classroom.test'];

const REFUSED = /Content Security Policy|Content-Security-Policy|securitypolicyviolation|TrustedHTML|TrustedScript/;

interface Expected {
  /** Refusals by a policy that a test is about, as the console tells them. */
  refusals: RegExp | undefined;
  /** Addresses of other sites that a test asks for. */
  elsewhere: RegExp | undefined;
}

/** Every violation becomes a line in the console, also where the browser itself writes none. */
function tellViolations() {
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, disposition }) => {
    if (disposition === 'enforce') console.error(`securitypolicyviolation: ${effectiveDirective} refuses ${blockedURI}`);
  });
}

async function watch(context: BrowserContext, { refusals, elsewhere }: Expected): Promise<string[]> {
  const found: string[] = [];
  context.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error' && REFUSED.test(message.text()) && !refusals?.test(message.text())) found.push(message.text());
  });
  context.on('request', (request: Request) => {
    const { protocol, hostname, href } = new URL(request.url());
    if (/^(http|ws)s?:$/.test(protocol) && !OWN_HOSTS.includes(hostname) && !elsewhere?.test(href)) found.push(`asked for ${href}`);
  });
  await context.addInitScript(tellViolations);
  return found;
}

export const test = base.extend<Expected & { watched: void }>({
  refusals: [undefined, { option: true }],
  elsewhere: [undefined, { option: true }],
  watched: [
    async ({ context, refusals, elsewhere }, use) => {
      const found = await watch(context, { refusals, elsewhere });
      await use();
      expect(found, 'refused by the policy, or asked of another site').toEqual([]);
    },
    { auto: true },
  ],
});
