import AxeBuilder from '@axe-core/playwright';
import { type Page, expect, test } from './fixtures';
import { deviceLost } from './messages';
import { Playground } from './playground';

const SMALL = 'device=cpu&filters=2&batch=8&images=80&held-out=16&epochs=1';

/** All that the browser keeps for the page. */
async function kept(page: Page): Promise<Record<string, unknown>> {
  return page.evaluate(async () => {
    const files: string[] = [];
    const list = async (folder: FileSystemDirectoryHandle, path: string) => {
      for await (const [name, entry] of (folder as unknown as { entries(): AsyncIterable<[string, FileSystemHandle]> }).entries()) {
        if (entry.kind === 'directory') await list(entry as FileSystemDirectoryHandle, `${path}${name}/`);
        else files.push(`${path}${name} ${(await (entry as FileSystemFileHandle).getFile()).lastModified}`);
      }
    };
    await list(await navigator.storage.getDirectory(), '/');
    const stores: Record<string, string[]> = {};
    for (const name of (await caches.keys()).sort()) {
      const store = await caches.open(name);
      const entries = (await store.keys()).map(async (request) => {
        const bytes = new Uint8Array(await (await store.match(request))!.arrayBuffer());
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
        return `${request.url} ${digest.join()}`;
      });
      stores[name] = (await Promise.all(entries)).sort();
    }
    const databases = (await indexedDB.databases()).map(({ name }) => name ?? '').sort();
    return { local: { ...localStorage }, session: { ...sessionStorage }, stores, databases, files: files.sort() };
  });
}

/** Whether something can be scrolled to beyond what is seen. */
async function scrolls(page: Page): Promise<{ down: boolean; sideways: boolean }> {
  return page.evaluate(() => {
    const { scrollHeight, scrollWidth, clientHeight, clientWidth } = document.documentElement;
    return { down: scrollHeight > clientHeight, sideways: scrollWidth > clientWidth };
  });
}

test.describe('one screen', () => {
  for (const query of ['embed=1', 'embed=1&depth=56', 'embed=1&depth=20&view=experiments', 'embed=1&view=gradients&hide=settings,runs']) {
    test(`of 600×420 px shows player, curve and the way to the whole page: ${query}`, async ({ page }) => {
      await page.setViewportSize({ width: 600, height: 420 });
      const playground = await Playground.open(page, query);
      await expect(page.getByRole('heading', { level: 1, name: 'ResNet Playground' })).toBeInViewport();
      for (const name of ['Play', 'Step', 'Reset']) await expect(page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('link', { name: 'Open in the playground' })).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('region', { name: 'Accuracy' })).toBeInViewport({ ratio: 1 });
      expect(await scrolls(page)).toEqual({ down: false, sideways: false });
      playground.expectNoComplaints();
    });
  }

  test('shows the whole drawing at 600×420 px', async ({ page }) => {
    await page.setViewportSize({ width: 600, height: 420 });
    await Playground.open(page, 'embed=1&depth=29');
    await expect(page.getByRole('application', { name: 'Network drawing' })).toBeInViewport({ ratio: 1 });
  });

  test('is never wider than its frame, down to 320 px', async ({ page }) => {
    for (const width of [320, 360, 479, 480, 600, 759, 760, 1000]) {
      await page.setViewportSize({ width, height: 700 });
      await Playground.open(page, 'embed=1&depth=20');
      expect((await scrolls(page)).sideways, `${width} px`).toBe(false);
    }
  });

  test('shows more as it gets larger', async ({ page }) => {
    await page.setViewportSize({ width: 600, height: 420 });
    await Playground.open(page, 'embed=1&depth=20');
    const loss = page.getByRole('region', { name: 'Loss' });
    const runs = page.getByRole('region', { name: 'Runs' });
    await expect(loss).toHaveCount(0);
    await page.setViewportSize({ width: 900, height: 700 });
    await expect(loss).toBeVisible();
    await expect(page.getByRole('searchbox', { name: 'Find a layer' })).toBeVisible();
    await expect(runs).toHaveCount(0);
    await page.setViewportSize({ width: 1280, height: 960 });
    await expect(runs).toBeVisible();
    await page.setViewportSize({ width: 600, height: 420 });
    await expect(loss).toHaveCount(0);
  });

  test('holds nothing that it does not show', async ({ page }) => {
    await page.setViewportSize({ width: 600, height: 420 });
    const playground = await Playground.open(page, 'embed=1');
    for (const role of ['tablist', 'banner', 'contentinfo', 'table', 'dialog'] as const) await expect(page.getByRole(role)).toHaveCount(0);
    await expect(page.getByRole('complementary', { name: 'First steps' })).toHaveCount(0);
    expect(await page.evaluate(() => document.querySelectorAll('*').length), 'elements').toBeLessThan(900);
    playground.expectNoComplaints();
  });

  test('leaves away what its author hides', async ({ page }) => {
    await Playground.open(page, 'embed=1&hide=heading-settings-network-curve-device-link-fullscreen');
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 }), 'those who hear the page have a name for it').toHaveText('ResNet Playground');
    await expect(page.getByRole('heading', { level: 1 })).not.toBeInViewport({ ratio: 1 });
    for (const hidden of [
      page.getByRole('button', { name: /All settings/ }),
      page.getByRole('switch', { name: 'Skip connections' }),
      page.getByRole('application', { name: 'Network drawing' }),
      page.getByRole('region', { name: 'Accuracy' }),
      page.getByRole('link', { name: 'Open in the playground' }),
      page.getByText(/^(CPU|WebGPU|looking for a GPU)/),
      page.getByRole('button', { name: 'Full screen' }),
    ]) await expect(hidden).toHaveCount(0);
  });

  test('tells which words of hide are none, and uses the others', async ({ page }) => {
    await Playground.open(page, 'embed=1&hide=footer,settings');
    await expect(page.getByText(/hide is parts of an embed .*, not “footer”: the others are used\./)).toBeVisible();
    await expect(page.getByRole('button', { name: /All settings/ })).toHaveCount(0);
  });

  test('shows what its link names in the place of the drawing', async ({ page }) => {
    await Playground.open(page, 'embed=1&view=experiments');
    await expect(page.getByRole('button', { name: /Do skip connections help/ })).toBeVisible();
    await expect(page.getByRole('application', { name: 'Network drawing' })).toHaveCount(0);
    await expect(page).toHaveURL(/embed=1&view=experiments/);
  });

  test('leads to the whole page with the same experiment, as it is set by then', async ({ page, context }) => {
    const playground = await Playground.open(page, 'embed=1&depth=20&skips=off&hide=runs&theme=dark');
    await playground.set('Depth', '29');
    await playground.closeSettings();
    const link = page.getByRole('link', { name: 'Open in the playground' });
    await expect(link).toHaveAttribute('href', /\?v=1&depth=29&skips=off&theme=dark$/);
    const [whole] = await Promise.all([context.waitForEvent('page'), link.click()]);
    await expect(whole.getByRole('textbox', { name: 'Depth' })).toHaveValue('29');
    await expect(whole.getByRole('tablist', { name: 'Tools' })).toBeVisible();
    expect(await whole.evaluate(() => window.opener), 'no way back').toBeNull();
  });

  test('is clean for axe in both themes', async ({ page }) => {
    await page.setViewportSize({ width: 600, height: 420 });
    for (const query of ['embed=1&theme=light', 'embed=1&theme=dark', 'embed=1&view=experiments&theme=dark']) {
      await Playground.open(page, query);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`), query).toEqual([]);
    }
  });
});

test('a lost trainer, as of a GPU that went away, leaves the poster with Continue', async ({ page }) => {
  // The trainer's own words, as when a driver is reset.
  await page.addInitScript(() => {
    const Original = Worker;
    (window as any).Worker = class extends Original {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        (window as any).workers = [...((window as any).workers ?? []), this];
      }
    };
  });
  const playground = await Playground.open(page, `embed=1&${SMALL.replace('epochs=1', 'epochs=60')}&depth=20`);
  await playground.play();
  await playground.waitForStatus(/Training|Measuring/);
  await page.evaluate((bytes) => (window as any).workers.at(-1).onmessage({ data: new Uint8Array(bytes).buffer }), deviceLost('the driver was reset'));
  await expect(page.getByText(/The trainer was lost/)).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();
  await playground.waitForStatus(/Training|Measuring/);
});

test('an embed writes nothing to the storage of its browser, and offers nothing of it', async ({ page }) => {
  let playground = await Playground.open(page, `${SMALL.replace('epochs=1', 'epochs=40')}&depth=20`);
  await playground.step();
  await expect(playground.thisRun).toContainText(/saved up to step 1(?!\d)/);
  await playground.reload();
  await expect(page.getByText(/Your last run is saved/)).toBeVisible();
  const before = await kept(page);

  playground = await Playground.open(page, `embed=1&${SMALL}`);
  await expect(page.getByText(/Your last run is saved/)).toHaveCount(0);
  await playground.train();
  await playground.set('Learning rate', '0.001');
  await playground.reset();
  await playground.reload();
  await expect(page.getByText(/Your last run is saved/)).toHaveCount(0);
  await expect(page.getByText('Runs are not kept here.')).toBeVisible();
  expect(await kept(page), 'what the page itself kept').toEqual(before);

  await Playground.open(page, SMALL);
  await expect(page.getByText(/Your last run is saved \(depth 20, step 1 of/), 'the run of the page').toBeVisible();
  playground.expectNoComplaints();
});
