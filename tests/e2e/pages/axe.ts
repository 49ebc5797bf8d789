import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCANNED = 'data-scanned';

/** What axe finds on the page or in a part of it, one line each; of colours alone where nothing else can differ from a scan before. */
export async function foundByAxe(page: Page, where: string, { part, colours = false }: { part?: Locator; colours?: boolean } = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (colours) axe.withRules(['color-contrast']);
  else axe.withTags(RULES);
  await part?.evaluate((element, name) => element.setAttribute(name, ''), SCANNED);
  if (part) axe.include(`[${SCANNED}]`);
  const { violations } = await axe.analyze();
  await part?.evaluate((element, name) => element.removeAttribute(name), SCANNED);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${where}: ${id} (${help}) at ${target}: ${failureSummary}`));
}
