import { type Locator, expect } from '@playwright/test';
import { plain } from './reading';

/** What takes a value and has this name, whatever it looks like. */
export function control(within: Locator, name: string): Locator {
  const roles = ['textbox', 'spinbutton', 'combobox', 'switch', 'checkbox'] as const;
  return roles.map((role) => within.getByRole(role, { name, exact: true })).reduce((one, other) => one.or(other));
}

/** A field that cannot be used as it stands says so, and why. */
export async function expectRefused(found: Locator, why: RegExp) {
  await expect(found).toHaveAttribute('aria-invalid', 'true');
  await expect(found).toHaveAccessibleDescription(why);
}

/** Nothing is wrong with what stands in a field. */
export async function expectAccepted(found: Locator) {
  await expect(found).not.toHaveAttribute('aria-invalid', 'true');
}

type Control = 'list' | 'switch' | 'text';

async function kindOf(found: Locator): Promise<Control> {
  const isList = await found.evaluate((element) => element instanceof HTMLSelectElement);
  if (isList) return 'list';
  const role = await found.evaluate((element) => element.getAttribute('role') ?? (element as HTMLInputElement).type);
  return role === 'switch' || role === 'checkbox' ? 'switch' : 'text';
}

/** Gives a value to what takes one, and leaves it. */
export async function enter(found: Locator, value: string) {
  switch (await kindOf(found)) {
    case 'list':
      return chooseOption(found, value);
    case 'switch':
      return found.setChecked(value === 'on');
    case 'text':
      await found.fill(value);
      return found.press('Tab');
  }
}

/** Chooses an entry of a list by its words, or the first ones of them; hyphens and capitals do not matter. */
export async function chooseOption(list: Locator, words: string) {
  const entries = async () => (await list.getByRole('option').allInnerTexts()).map((entry) => entry.trim());
  const isMeant = async () => {
    const all = await entries();
    return all.find((entry) => plain(entry) === plain(words)) ?? all.find((entry) => plain(entry).startsWith(plain(words)));
  };
  await expect.poll(isMeant, { message: `“${words}” is among ${(await entries()).join(', ')}` }).toBeDefined();
  await list.selectOption({ label: await isMeant() });
}

/** The words that a list, a switch or a field shows. */
export async function shownIn(found: Locator): Promise<string> {
  switch (await kindOf(found)) {
    case 'list':
      return found.evaluate((list) => (list as HTMLSelectElement).selectedOptions[0]?.text ?? '');
    case 'switch':
      return (await found.isChecked()) ? 'on' : 'off';
    case 'text':
      return found.inputValue();
  }
}
