import { expect, test } from '@playwright/test';
import { Playground } from './playground';

/** Settings of each test: docs/experiments.md says what other seeds give. */

/** Asks one of the questions and gives the answer. */
async function answer(playground: Playground, question: string): Promise<string> {
  await playground.button(question).click();
  await expect(playground.button(question), 'one at a time').toBeDisabled();
  const finding = playground.measured('experiment-finding');
  // The settings end every answer.
  await expect(finding).toContainText('All with', { timeout: 240_000 });
  await expect(playground.button(question)).toBeEnabled();
  return finding.innerText();
}

/** Every number that `pattern` finds, in order. */
function numbers(sentence: string, pattern: RegExp): number[] {
  return [...sentence.matchAll(pattern)].flatMap((found) => found.slice(1).map(Number));
}

/** `[[1.2e-3, 4e-9], …]` from every `(from 1.2e-3 to 4e-9)`. */
function changes(sentence: string): number[][] {
  return [...sentence.matchAll(/from (\S+) to (\S+)\)/g)].map((found) => [Number(found[1]), Number(found[2])]);
}

/** What the legend of a chart says of a curve. */
async function legend(playground: Playground, chart: string, curve: string): Promise<number> {
  const entry = playground.page.getByRole('region', { name: chart }).locator('.chart-entry', { hasText: curve });
  return Number((await entry.locator('strong').innerText()).replace(' %', ''));
}
