import { expect, test } from './fixtures';
import { Playground, TABS, type Tab, cells } from './playground';

/** How a link names each tab, and words that its empty panel teaches with. */
const LINKS: Record<Tab, { view: string; teaches: RegExp }> = {
  Experiments: { view: 'experiments', teaches: /Do skip connections help\?/ },
  'Gradients & activations': { view: 'gradients', teaches: /Press Play|Train/ },
  'Feature maps': { view: 'feature-maps', teaches: /Press Play|Train/ },
  Evaluate: { view: 'evaluate', teaches: /Press Play|Train/ },
  Data: { view: 'data', teaches: /CIFAR-10/ },
  'Code & weights': { view: 'code', teaches: /Keras/ },
  Costs: { view: 'costs', teaches: /parameters/i },
};

/** One tab is open, and no other; it may hold tabs of its own. */
async function expectOpen(playground: Playground, name: Tab) {
  for (const tab of TABS) await expect(playground.panel(tab)).toHaveCount(tab === name ? 1 : 0);
}

/** What the address says of the open tab. */
const view = (url: string) => new URL(url).searchParams.get('view');

for (const name of TABS) {
  test(`a link opens the tab ${name}, which teaches before there is a run`, async ({ page }) => {
    const { view: key, teaches } = LINKS[name];
    const playground = await Playground.open(page, `view=${key}`);
    await expect(playground.tab(name, true)).toBeVisible();
    await expectOpen(playground, name);
    await expect(playground.panel(name)).toContainText(teaches);
    await expect.poll(() => view(page.url())).toBe(key === 'experiments' ? null : key);
    await expect(playground.recipe.getByRole('option', { selected: true }), 'the experiment is that of a page without a link').toHaveText('Quick · 1 min');
    playground.expectNoComplaints();
  });
}

test('arrow keys move between the tabs, one is open at a time, and the link follows', async ({ page }) => {
  const playground = await Playground.open(page);
  await playground.tab('Experiments').focus();
  for (const name of [...TABS.slice(1), TABS[0]]) {
    await page.keyboard.press('ArrowRight');
    await expect(playground.tab(name)).toBeFocused();
    await expect(playground.panel(name)).toBeVisible();
    await expectOpen(playground, name);
    await expect.poll(() => view(page.url()) ?? 'experiments').toBe(LINKS[name].view);
  }
  await page.keyboard.press('ArrowLeft');
  await expect(playground.tab('Costs')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(playground.tab('Experiments')).toBeFocused();
  await page.keyboard.press('End');
  await expect(playground.tab('Costs')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(playground.tabs.getByRole('tab').and(page.locator(':focus')), 'one stop for all of them').toHaveCount(0);
  await playground.reload();
  await expect(playground.panel('Costs'), 'a reload opens what was open').toBeVisible();
  playground.expectNoComplaints();
});

test('what a tab shows of the run is there when it is opened later, and stays while another is looked at', async ({ page }) => {
  const playground = await Playground.open(page, 'device=cpu&filters=2&batch=10&images=40&held-out=20&epochs=1');
  await playground.train();
  const evaluate = await playground.openTab('Evaluate');
  await evaluate.getByRole('button', { name: 'Evaluate on all test images' }).click();
  const result = evaluate.getByRole('status', { name: 'Result' });
  await expect(result).toContainText(/of 20/);
  const said = await result.innerText();
  await playground.openTab('Costs');
  await playground.openTab('Evaluate');
  await expect(result).toHaveText(said.replace(/\s+/g, ' '));
});

test('the lead and the table of costs follow the network', async ({ page }) => {
  const playground = await Playground.open(page, 'depth=20');
  const lead = playground.network.getByText(/parameters · /).first();
  await expect(lead).toHaveText(/[\d,]+ parameters · [\d.,]+\s?[kMG]? multiply-adds per image · [\d.,]+\s?[KMG]iB to train/);
  const costs = await playground.openTab('Costs');
  const table = costs.getByRole('table').first();
  await expect(table).toContainText(/stem/i);
  const [said, rows] = [await lead.innerText(), (await cells(table)).map((row) => row.join(' '))];
  await playground.type('Depth', '29');
  await expect(lead).not.toHaveText(said);
  await expect.poll(async () => (await cells(table)).map((row) => row.join(' '))).not.toEqual(rows);
});
