import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import base from '../../playwright.config';

const server = base.webServer as { command: string; url: string };

// `cargo xtask soak`: for hours, so apart from the tests that run every time.
export default defineConfig({
  ...base,
  testDir: '.',
  outputDir: '../../test-results/soak',
  fullyParallel: true, // both devices at the same time, each in a browser of its own
  timeout: 0,
  use: { ...base.use, trace: 'off', screenshot: 'off' }, // a trace of two hours would be what grows
  webServer: { ...server, cwd: fileURLToPath(new URL('../..', import.meta.url)) },
});
