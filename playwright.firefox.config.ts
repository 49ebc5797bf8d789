import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import chromium from './playwright.config';

const { channel: _, launchOptions: __, ...use } = chromium.use!;

// A few tests once more in the system's Firefox, by WebDriver BiDi: Playwright's own build of Firefox is another program than the
// one that visitors have. `FIREFOX=/path/to/firefox npx playwright test --config playwright.firefox.config.ts`
export default defineConfig({
  ...chromium,
  testDir: 'tests/e2e/firefox',
  testIgnore: [],
  use: {
    ...use,
    browserName: 'firefox',
    channel: 'moz-firefox',
    trace: 'off', // it asks for more than WebDriver BiDi has
    launchOptions: { executablePath: fileURLToPath(new URL('tests/e2e/firefox/launcher.mjs', import.meta.url)) },
  },
});
