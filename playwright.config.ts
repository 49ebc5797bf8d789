import { defineConfig } from '@playwright/test';

// The tests see dist/ as a visitor of some static host does: under a sub-path, with no special headers.
const port = Number(process.env.E2E_PORT ?? 8199);
const page = `http://127.0.0.1:${port}/playground/`;
/** The same server by a name that is no secure context: plain http, and not localhost. */
export const CLASSROOM = `http://classroom.test:${port}`;

// Tests tagged `@long` take a minute or more, and what they guard changes seldom: `cargo xtask test` has a step for them.
export default defineConfig({
  testDir: 'tests/e2e',
  testIgnore: 'firefox/**', // playwright.firefox.config.ts
  outputDir: 'test-results',
  workers: 2, // most of a test is waiting; more would take the processor from each other's training
  retries: 0, // a test that passes at the second try has found something
  forbidOnly: Boolean(process.env.CI),
  timeout: 5 * 60_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    baseURL: page,
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    serviceWorkers: 'block', // a kept page would hide what a test takes from the host; offline.spec.ts allows it
    screenshot: 'only-on-failure',
    // What a trace records of every test takes a fifth of the processor: only when it is asked for.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    // The full browser in its headless mode, not the separate headless shell: it alone has WebGPU.
    channel: process.env.CHROME ? undefined : 'chromium',
    launchOptions: {
      executablePath: process.env.CHROME,
      args: [
        '--no-sandbox',
        '--enable-unsafe-webgpu', // WebGPU by software where there is no graphics card
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--host-resolver-rules=MAP classroom.test 127.0.0.1',
      ],
    },
  },
  webServer: {
    command: `node tests/e2e/serve.mjs ${port}`,
    url: page,
    reuseExistingServer: false,
  },
});
