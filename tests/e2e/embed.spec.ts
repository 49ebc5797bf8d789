import { type Page, expect, test } from '@playwright/test';
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

test('embedded, the page has no chrome but all of the playground', async ({ page }) => {
  const playground = await Playground.open(page, 'embed=1&depth=20');
  await expect(page.getByRole('banner')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 }), 'a name for those who hear the page').toHaveText(/ResNet Playground/);
  await expect(playground.button('Play')).toBeVisible();
  await expect(playground.tab('Evaluate')).toBeVisible();
  await expect(page).toHaveURL(/embed=1/);
  playground.expectNoComplaints();
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
  await expect(playground.runs.getByRole('row').filter({ hasText: /\d steps?/ }), 'the list of runs is the visitor’s own').toHaveCount(0);
  await playground.train();
  await playground.set('Learning rate', '0.001');
  await playground.openTab('Evaluate');
  await playground.reset();
  await playground.reload();
  await expect(playground.runs.getByRole('row').filter({ hasText: /\d steps?/ }), 'no run of an embed is kept').toHaveCount(0);
  expect(await kept(page), 'what the page itself kept').toEqual(before);

  await Playground.open(page, SMALL);
  await expect(page.getByText(/Your last run is saved \(depth 20, step 1 of/), 'the run of the page').toBeVisible();
  playground.expectNoComplaints();
});
