// Starting and resetting again and again leaves no worker and no memory. `cargo xtask soak` trains for hours.
import { readFile } from 'node:fs/promises';
import { type Browser, expect, test } from './fixtures';
import { Playground } from './playground';

const MEBIBYTE = 2 ** 20;
const DEVICES = [
  { device: 'cpu', starts: 12, tag: [] },
  // An adapter by software compiles the kernels at each start.
  { device: 'webgpu', starts: 30, tag: '@long' },
];

/** Memory in RAM of the browser's renderers and of its process for the GPU. */
async function bytesOf(browser: Browser): Promise<number> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  let bytes = 0;
  for (const { id } of processInfo.filter(({ type }) => ['renderer', 'GPU'].includes(type))) {
    const status = await readFile(`/proc/${id}/status`, 'utf8');
    bytes += 1024 * Number(/VmRSS:\s*(\d+)/.exec(status)![1]);
  }
  return bytes;
}

for (const { device, starts, tag } of DEVICES) {
  test(`${starts} starts and resets on ${device} leave no worker and no memory of theirs`, { tag }, async ({ page, browser }) => {
    test.setTimeout(20 * 60_000);
    const playground = await Playground.open(page, `device=${device}&filters=2&batch=8&images=80&held-out=8&epochs=60&depth=11`);
    let half = 0;
    for (let start = 1; start <= starts; start += 1) {
      await playground.play();
      await playground.waitForMoreStepsThan(0, 120_000);
      expect(page.workers().filter((worker) => worker.url().includes('/trainer_')), 'one at a time').toHaveLength(1);
      await playground.reset();
      await expect.poll(() => page.workers().length).toBe(0);
      if (start === starts / 2) half = await bytesOf(browser);
    }
    const grown = ((await bytesOf(browser)) - half) / MEBIBYTE;
    console.log(`${device}: ${grown.toFixed(1)} MiB more after the last ${starts / 2} of ${starts} starts`);
    // Each trainer has 15 MiB of its own at least: six that stay are about as much as this.
    expect(grown, 'MiB').toBeLessThan(80);
    playground.expectNoComplaints();
  });
}
